"""The folders on disk: names, what lies where, every move, and what a crash left."""

__all__ = [
    "camera_records",
    "durable",
    "intake",
    "item",
    "json_text",
    "lock",
    "log_lines",
    "moves",
    "names",
    "origin",
    "partials",
    "patience",
    "recovery",
    "root",
    "sidecar",
    "sites",
    "stamp",
    "trees",
    "uploads",
    "write_through",
]
