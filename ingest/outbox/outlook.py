"""How a target is doing, as its courier writes it down for `camspool status` and the admin."""

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path

from ingest.spool.json_text import parse_json
from ingest.spool.outbox import target_folder
from ingest.spool.stamp import utc_text

FILE = ".outlook.json"


@dataclass(frozen=True)
class Outlook:
    """What a courier knows. Times are UTC text. `trouble` is why the target rests until `next_try_at`, or None.

    `item_trouble` is the last sentence about an item that could not go, `tries` how often in a row it was tried.
    """

    at: str
    delivered_at: str | None = None
    trouble: str | None = None
    trouble_since: str | None = None
    next_try_at: str | None = None
    tries: int = 0
    item_trouble: str | None = None


_KEYS = frozenset(entry.name for entry in fields(Outlook))


def resting(outlook: Outlook, sentence: str, now: datetime, pause_s: float) -> Outlook:
    """Return the outlook of a target that rests once more, and why."""
    return replace(
        outlook,
        trouble=sentence,
        trouble_since=outlook.trouble_since or utc_text(now),
        next_try_at=utc_text(now + timedelta(seconds=pause_s)),
        tries=outlook.tries + 1,
    )


def working(outlook: Outlook, *, some_wait: bool) -> Outlook:
    """Return the outlook of a target that takes items. `some_wait`: some of those that could not go wait still."""
    item_trouble = outlook.item_trouble if some_wait else None
    return replace(outlook, trouble=None, trouble_since=None, next_try_at=None, tries=0, item_trouble=item_trouble)


def write_outlook(root: Path, target: str, outlook: Outlook) -> None:
    """Write how a target is doing. Raise OSError."""
    file = target_folder(root, target) / FILE
    aside = file.with_name(f"{FILE}.new")
    aside.write_text(json.dumps(asdict(outlook), ensure_ascii=False), "utf-8")
    aside.replace(file)


def read_outlook(root: Path, target: str) -> Outlook | None:
    """Return how a target is doing; None when no courier has said so yet, or it cannot be read."""
    try:
        content = parse_json((target_folder(root, target) / FILE).read_bytes())
        return Outlook(**{key: content[key] for key in content if key in _KEYS})
    except (OSError, ValueError, TypeError):
        return None
