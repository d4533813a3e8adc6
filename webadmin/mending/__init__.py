"""Mending what is wrong: what a person says of files, and of a camera's clock, and how that is undone."""

__all__ = ["choices", "page", "proposed_spans", "views", "views_clock", "words"]
