"""Links to the check page of one camera, each for somebody: `check_links/<id>.json`, for as long as it says.

A card that stands at a camera carries a link without a record; `card_links` of the camera's record counts how often
those were revoked, and only links of the present number open anything.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.spool.durable import remove_file, replace_file
from ingest.spool.json_text import parse_json
from ingest.spool.names import is_camera_id
from ingest.spool.sites import Record

FOLDER = "check_links"
LABEL_MAX = 60
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class CheckLink:
    """One link: to which camera, whom it is for, what its page shows beside what arrived, and when it ends.

    Times are UTC texts; `ends_at` is empty where only somebody's word ends it.
    """

    id: str
    camera_id: str
    label: str
    position: bool
    health: bool
    ends_at: str
    made_at: str
    made_by: str


def is_link_id(text: object) -> bool:
    """Say whether this can be the id of a link: 128 random bits in hex."""
    return isinstance(text, str) and bool(_ID.fullmatch(text))


def has_ended(link: CheckLink, now: str) -> bool:
    """Say whether the time of a link is over."""
    return bool(link.ends_at) and link.ends_at <= now


def card_links_revoked(record: Record | None) -> int:
    """Return how often the links on cards of this camera were revoked."""
    number = (record or {}).get("card_links")
    return number if isinstance(number, int) and not isinstance(number, bool) and number > 0 else 0


def write_link(root: Path, link: CheckLink) -> None:
    """Let a link open its page from now on. Raise OSError."""
    replace_file(root / FOLDER / f"{link.id}.json", json.dumps(asdict(link), ensure_ascii=False, indent=1).encode())


def forget_link(root: Path, link_id: str) -> bool:
    """Let a link open nothing any more; say whether it did. Raise OSError."""
    return is_link_id(link_id) and remove_file(root / FOLDER / f"{link_id}.json")


def find_link(root: Path, link_id: str) -> CheckLink | None:
    """Return a link; None when it was revoked, or cannot be read."""
    return _read(root / FOLDER / f"{link_id}.json") if is_link_id(link_id) else None


def links_in(root: Path) -> Iterator[CheckLink]:
    """Yield all links, the newest first, those that have ended too."""
    found = (_read(file) for file in (root / FOLDER).glob("*.json") if is_link_id(file.stem))
    yield from sorted((one for one in found if one), key=lambda one: (one.made_at, one.id), reverse=True)


def _read(file: Path) -> CheckLink | None:
    with suppress(OSError, ValueError, TypeError):
        link = CheckLink(**parse_json(file.read_bytes()))
        texts = (link.label, link.ends_at, link.made_at, link.made_by)
        is_whole = link.id == file.stem and is_camera_id(link.camera_id) and all(isinstance(one, str) for one in texts)
        return link if is_whole else None
    return None
