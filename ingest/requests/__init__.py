"""What people ask for: written, carried out, answered."""

__all__ = ["answers", "asking", "carrying_out", "following", "new_cameras", "save_checks", "unusable", "writing"]
