"""How each camera is doing: from the index, its last report, and the record that admins keep of it."""

__all__ = [
    "attention",
    "camera_records",
    "cameras",
    "causes",
    "clock",
    "clock_faults",
    "codes",
    "health",
    "other_names",
    "positions",
    "refusals",
    "signals",
    "texts",
    "trend",
    "visits",
]
