"""Answers of targets, for the tests of this folder."""

from pathlib import Path
from typing import Any

from ingest.spool.deliveries import Delivery, note_done, note_failed

AT = "2026-11-27T01:00:00.000000Z"


def delivery(item_id: str, outcome: str = "delivered", said: str = "It is there.", **changes: Any) -> Delivery:
    """Return an answer about an item."""
    return Delivery(
        **{"id": item_id, "key": item_id, "sha256": None, "at": AT, "outcome": outcome, "said": said, **changes}
    )


def refuse(root: Path, target: str, item_id: str, said: str = "No room.") -> None:
    """Let a target refuse an item for good."""
    answer = delivery(item_id, "failed", said)
    note_done(root, target, [answer])
    note_failed(root, target, answer)
