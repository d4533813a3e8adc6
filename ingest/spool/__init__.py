"""The folders on disk: names, what lies where, every move, and what a crash left."""

__all__ = [
    "camera_records",
    "durable",
    "item",
    "json_text",
    "lock",
    "log_lines",
    "moves",
    "names",
    "origin",
    "patience",
    "recovery",
    "root",
    "sidecar",
    "stamp",
    "taking",
    "trees",
    "uploads",
    "write_through",
]
