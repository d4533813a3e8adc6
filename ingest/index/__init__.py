"""The SQLite index in cache/, made from the sidecars: what it holds, how it is rebuilt, and where items lie."""

__all__ = [
    "beginnings",
    "contacts",
    "feeds",
    "places",
    "recount",
    "reindex",
    "rows",
    "same_report",
    "schema",
    "spellings",
    "store",
    "strangers",
    "totals",
    "wholes",
]
