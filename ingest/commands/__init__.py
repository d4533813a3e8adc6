"""The command line: one module for each command, with `add_arguments(parser)` and `run(arguments, settings)`."""

__all__ = ["main"]
