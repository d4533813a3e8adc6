"""What is waiting for each target, what it has refused, and what its courier last said: for pages and commands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingest.outbox.outlook import Outlook, read_outlook
from ingest.settings.targets import Target
from ingest.spool.deliveries import failed_ids
from ingest.spool.outbox import FILLED, began_at, is_paused, marked_ids, target_folder, targets_on_disk


@dataclass(frozen=True)
class Standing:
    """How one target stands. `kind` is None where the settings do not name it any more, though something waits for it.

    `oldest_id` is the item that waits longest. `began_at`: since when items go there; None before its first item.
    `is_filled`: somebody has decided about the items that were here before that.
    """

    name: str
    kind: str | None
    waiting: int
    oldest_id: str | None
    failed: int
    is_paused: bool
    outlook: Outlook | None
    began_at: datetime | None
    is_filled: bool


def standing_of(root: Path, name: str, kind: str | None) -> Standing:
    """Return how one target stands."""
    waiting = marked_ids(root, name)
    return Standing(
        name,
        kind,
        len(waiting),
        waiting[0] if waiting else None,
        len(failed_ids(root, name)),
        is_paused(root, name),
        read_outlook(root, name),
        began_at(root, name),
        (target_folder(root, name) / FILLED).exists(),
    )


def standings(root: Path, targets: Iterable[Target]) -> list[Standing]:
    """Return how every target stands, in the settings' order, and behind them those that only the outbox knows and for
    which something still waits."""
    found = [standing_of(root, target.name, target.kind) for target in targets]
    named = {one.name for one in found}
    former = (standing_of(root, name, None) for name in targets_on_disk(root) if name not in named)
    return found + [one for one in former if one.waiting or one.failed]
