"""Filters with names, on somebody's word: one is saved, or forgotten."""

import sqlite3
from pathlib import Path
from typing import Any

from ingest.requests.result import Alive, Result
from ingest.spool.filters import NAME_MAX, QUERY_MAX, SavedFilter, filter_id, forget_filter, write_filter
from ingest.spool.names import one_line


def save_filter(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Keep a filter under a name; an earlier one of that name is this one now."""
    name, query = one_line(str(request["name"]), NAME_MAX).strip(), str(request["query"])
    if not name or not query or len(query) > QUERY_MAX or not query.isprintable():
        return [Result(request_id, "refused", "A filter has a name and says what it shows.")]
    write_filter(root, SavedFilter(filter_id(name), name, query, one_line(str(request.get("by")), 64)))
    return [Result(filter_id(name), "saved", f"The filter {name} is saved.")]


def drop_filter(
    root: Path, _index: sqlite3.Connection, _id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Forget a filter. One that is gone already is as it should be."""
    was_there = forget_filter(root, str(request["filter"]))
    shown = one_line(str(request["filter"]), 16)
    return [Result(shown, "forgotten", "The filter is gone." if was_there else "There is no such filter.")]
