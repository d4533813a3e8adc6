"""Draws the sample files in profiles/*/samples: `python -m tests.samples` makes them all again."""
