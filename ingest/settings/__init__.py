"""What an operator can set, each with its default and meaning, and the file it is read from."""

__all__ = ["file", "keys", "targets", "time_zones", "values"]
