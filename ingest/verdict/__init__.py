"""The verdict, accepted or rejected and why, from the facts of a file and the profile that claims it; pure."""

__all__ = ["belonging", "connection_test", "decision", "earlier", "mixed", "senders", "sightings"]
