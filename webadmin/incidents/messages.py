"""What became of a message at each target that it went to."""

from dataclasses import dataclass
from pathlib import Path

from ingest.spool.deliveries import Delivery, last_done, read_failed
from ingest.spool.incidents import Message
from ingest.spool.outbox import has_mark


@dataclass(frozen=True)
class Sent:
    """A message at one target: a state with its word, and what the target said."""

    target: str
    state: str
    word: str
    answer: Delivery | None


def sent_of(root: Path, message: Message) -> list[Sent]:
    """Return what became of a message, target by target."""
    return [_sent(root, target, message.id) for target in message.to]


def _sent(root: Path, target: str, letter_id: str) -> Sent:
    if has_mark(root, target, letter_id):
        return Sent(target, "wait", "waits", None)
    if failed := read_failed(root, target, letter_id):
        return Sent(target, "bad", "refused", failed)
    if answer := last_done(root, target, letter_id):
        return Sent(target, "good" if answer.outcome == "delivered" else "", answer.outcome, answer)
    return Sent(target, "wait", "on its way", None)
