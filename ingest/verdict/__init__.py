"""The verdict, accepted or rejected and why, from the facts of a file and the profile that claims it; pure."""

__all__ = [
    "belonging",
    "candidate",
    "connection_test",
    "decision",
    "dry_run",
    "earlier",
    "mixed",
    "right_time",
    "senders",
    "sightings",
]
