"""What people ask for: written, carried out, answered."""

__all__ = [
    "answers",
    "asking",
    "carrying_out",
    "clock_spans",
    "following",
    "new_cameras",
    "save_checks",
    "undoing",
    "unusable",
    "wanted",
    "writing",
]
