"""What the files of items say that their sidecars do not keep: a bounded number is read for one answer, and kept.

They are small parts of files that have had a verdict: what made a worker fail is no candidate.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from time import thread_time

from ingest.profiles.matching import asks_for_makernotes
from ingest.profiles.profile import Profile
from ingest.reading.exiftool import Exiftool
from ingest.reading.facts import Facts, read_facts, with_makernotes
from ingest.settings.values import Limits
from ingest.verdict.candidate import Candidate
from webadmin.files.originals import open_original

MOST_FILES, MOST_NOTES = 500, 40
"""How many files, and how many MakerNotes of them, are read for one answer."""

PATIENCE_S = 0.5
_MOST_KEPT, _MOST_KEPT_BYTES = 2000, 16_000_000
_HEAD_BYTES = 128 * 1024
"""How much of a photo is read: what a profile may use stands at its beginning."""


@dataclass
class FileFacts:
    """What files have said, by item and by whether MakerNotes were asked for. State of a process."""

    _known: dict[tuple[str, bool], tuple[int, Facts]] = field(default_factory=dict)
    _bytes: int = 0
    _turn: Lock = field(default_factory=Lock)

    def get(self, key: tuple[str, bool]) -> Facts | None:
        """Return what a file has said."""
        return found[1] if (found := self._known.get(key)) else None

    def keep(self, key: tuple[str, bool], facts: Facts) -> None:
        """Keep what a file says, for the next answers; what was kept first goes first."""
        size = _size(facts)
        with self._turn:
            self._bytes -= self._known.pop(key, (0, facts))[0]
            while self._known and (len(self._known) >= _MOST_KEPT or self._bytes + size > _MOST_KEPT_BYTES):
                self._bytes -= self._known.pop(next(iter(self._known)))[0]
            self._known[key] = (size, facts)
            self._bytes += size


class FileReading:
    """The reading of files for one answer. State; ends what it has started."""

    def __init__(self, root: Path, limits: Limits, profiles: Iterable[Profile], kept: FileFacts) -> None:
        self._root, self._limits, self._kept = root, limits, kept
        self._profiles = tuple(profiles)
        self._asks = any(one.image and one.image.reads_makernotes for one in self._profiles)
        self._files, self._notes, self._until_s = MOST_FILES, MOST_NOTES, thread_time() + PATIENCE_S
        self._exiftool = Exiftool()

    def __enter__(self) -> "FileReading":
        return self

    def __exit__(self, *_: object) -> None:
        self._exiftool.close()

    def read(self, item: Candidate, place: str, size_bytes: int) -> Facts | None:
        """Return what an item's file says; None when it is gone, too large, or enough was read for now."""
        key = (item.id, self._asks)
        if known := self._kept.get(key):
            return known
        if self._files <= 0 or thread_time() > self._until_s or (item.kind == "report" and size_bytes > _HEAD_BYTES):
            return None
        self._files -= 1
        try:
            with open_original(self._root, place) as file:
                head = file.read(_HEAD_BYTES)
        except OSError:
            return None
        facts = self._with_notes(item, read_facts(head, size_bytes, item.path, self._limits))
        if facts and facts.kind == item.kind:
            self._kept.keep(key, facts)
            return facts
        return None

    def _with_notes(self, item: Candidate, facts: Facts) -> Facts | None:
        if not asks_for_makernotes(facts, item.path, item.account, self._profiles):
            return replace(facts, unread=None)
        self._notes -= 1
        return with_makernotes(facts, self._exiftool.read(facts.unread or b"")) if self._notes >= 0 else None


def _size(facts: Facts) -> int:
    """Return about how many bytes facts take."""
    texts = (facts.exif, facts.report, facts.xmp, facts.makernotes.values)
    return len(facts.comment) + sum(len(str(key)) + len(str(value)) for one in texts for key, value in one.items())
