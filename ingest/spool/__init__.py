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
    "recovery",
    "root",
    "sidecar",
    "stamp",
    "uploads",
    "write_through",
]
