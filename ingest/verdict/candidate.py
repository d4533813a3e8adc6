"""What a dry run looks at: items as their sidecars tell of them, what it asks of the spool, and what it finds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from ingest.profiles.profile import PartName
from ingest.reading.facts import Facts
from ingest.reading.location import Position
from ingest.verdict.belonging import NO_RECORDS, Records

Fate = Literal["accepted", "refused", "taken", "contested", "lost", "unsure", "missed"]
"""What becomes of an item: see `DryRun`."""


@dataclass(frozen=True)
class Candidate:
    """An item that is here: one that was rejected, or one of the newest that were accepted.

    `facts` are what is kept of it, or, where it `is_whole`, what its file says; None where nothing is kept, as of a
    report.
    """

    id: str
    is_accepted: bool
    kind: PartName
    path: str
    account: str | None
    facts: Facts | None
    profile: str | None = None
    camera_id: str | None = None
    sha256: str | None = None
    is_whole: bool = False


@dataclass(frozen=True)
class Said:
    """What a profile reads of a file that it would accept: its camera, when that one's clock says, and where."""

    camera_id: str
    captured_at: str | None = None
    position: Position | None = None


@dataclass(frozen=True)
class Outcome:
    """What would become of an item: what would be read of it, or the reason to reject it."""

    item: Candidate
    fate: Fate
    said: Said | None = None
    reason: str = ""


@dataclass(frozen=True)
class Here:
    """What is asked of the spool: the records for a candidate, what its file says (None: not now), how a camera is
    spelled that is here, and which accepted item of a camera has the same content.

    `claims` are the profiles of the present catalogue that claim an item, kept from one dry run to the next.
    """

    records: Callable[[Candidate], Records] = lambda _: NO_RECORDS
    read: Callable[[Candidate], Facts | None] = lambda _: None
    spelling: Callable[[str], str] = lambda camera_id: camera_id
    original: Callable[[str, str], str | None] = lambda *_: None
    claims: dict[tuple[str, bool], frozenset[str]] = field(default_factory=dict)
