"""What became of one item at each target: delivered, waiting, refused, or never sent. The decision is pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.settings.targets import Target
from ingest.spool.deliveries import Delivery, last_done, read_failed
from ingest.spool.outbox import has_mark, targets_on_disk, wanted_by
from ingest.spool.sidecar import Sidecar


@dataclass(frozen=True)
class Known:
    """What is known of one item and one target. `kind` is None where the settings do not name the target any more."""

    target: str
    kind: str | None
    is_wanted: bool
    is_waiting: bool
    last: Delivery | None
    failed: Delivery | None


@dataclass(frozen=True)
class Line:
    """What the page says: a state with its word, and the answer it rests on. `button` is empty where none is of use."""

    target: str
    kind: str | None
    state: str
    word: str
    answer: Delivery | None
    button: str
    note: str = ""


_WORDS = {"delivered": ("good", "delivered"), "failed": ("bad", "refused"), "gone": ("", "gone")}
_NOT_SENT = "It was here before items went there, and does not go by itself."


def deliveries_of(root: Path, item_id: str, sidecar: Sidecar | None, targets: Iterable[Target]) -> list[Line]:
    """Return what became of an item at each target that wants it or has answered, in the settings' order."""
    kinds: dict[str, str | None] = {target.name: target.kind for target in targets}
    wanted = wanted_by(sidecar, targets) if sidecar else ()
    names = [*kinds, *(name for name in targets_on_disk(root) if name not in kinds)]
    known = (
        Known(
            name,
            kinds.get(name),
            name in wanted,
            has_mark(root, name, item_id),
            last_done(root, name, item_id),
            read_failed(root, name, item_id),
        )
        for name in names
    )
    return [line for one in known if (line := line_of(one))]


def line_of(known: Known) -> Line | None:
    """Return what to say of an item and a target; None where they have nothing to do with each other."""
    again = "Send again" if known.kind else ""
    if known.is_waiting:
        note = "" if known.kind else "The settings do not name this target any more."
        return Line(known.target, known.kind, "wait", "waits", known.last, "", note)
    if answer := known.failed or known.last:
        state, word = _WORDS.get(answer.outcome, ("", answer.outcome))
        return Line(known.target, known.kind, state, word, answer, again)
    if known.is_wanted:
        return Line(known.target, known.kind, "", "not sent", None, "Send", _NOT_SENT)
    return None
