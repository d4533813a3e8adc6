"""Files as cameras send them, made here: for the demo, the canary, the samples and the tests."""

__all__ = ["photos"]
