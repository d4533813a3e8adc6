"""How far each package is that somebody takes home: one small file each in the admin's cache, which all workers read.

Whoever sends one holds a lock on its file. A file that says *under way* and has no lock was broken off.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Literal

from ingest.errors import CamspoolError
from ingest.exports.package import Progress
from ingest.spool.json_text import parse_json
from ingest.spool.stamp import is_id, new_id

FOLDER = "exports"
KEPT = 20
AT_ONCE = 2
"""So many go at the same time: each keeps one of the admin's eight threads until its browser has it all."""
TOLD_S = 0.5

How = Literal["under way", "whole", "broken off"]


@dataclass(frozen=True)
class Journey:
    """One package: who takes what, when it began (an id), how many photos of how many were gone through, how it is."""

    id: str
    person: str
    words: str
    with_photos: bool
    done: int = 0
    total: int = 0
    taken: int = 0
    how: How = "under way"

    @property
    def percent(self) -> int:
        """How much of it is done."""
        return 100 if self.how == "whole" else min(99, 100 * self.done // self.total) if self.total else 0


class Teller:
    """Keeps the file of one journey up to date, twice a second at most."""

    def __init__(self, file: Path, journey: Journey) -> None:
        self._journey, self._told_at = journey, 0.0
        self._descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o640)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        self._write()
        self._told_at = 0.0  # how many there are is told at once

    def tell(self, progress: Progress) -> None:
        """Note how far it is."""
        self._journey = replace(self._journey, done=progress.done, total=progress.total, taken=progress.taken)
        if monotonic() - self._told_at >= TOLD_S:
            self._write()

    def end(self, how: How) -> None:
        """Note how it ended, and let others know that nobody sends it any more."""
        self._journey = replace(self._journey, how=how)
        self._write()
        os.close(self._descriptor)

    def _write(self) -> None:
        self._told_at = monotonic()
        content = json.dumps(asdict(self._journey)).encode()
        # A disk that is full stops no package: what goes to the browser needs none.
        with suppress(OSError):
            os.ftruncate(self._descriptor, len(content))
            os.pwrite(self._descriptor, content, 0)


def begin(cache: Path, person: str, words: str, with_photos: bool) -> Teller:
    """Note that a package is under way. Raise CamspoolError where too many are."""
    folder = cache / FOLDER
    folder.mkdir(exist_ok=True)
    if sum(one.how == "under way" for one in journeys(cache)) >= AT_ONCE:
        raise CamspoolError(f"{AT_ONCE} packages are under way already: wait until one of them has arrived.")
    for old in sorted(_files(folder))[: -KEPT + 1]:
        old.unlink(missing_ok=True)
    journey = Journey(new_id(), person, words, with_photos)
    return Teller(folder / f"{journey.id}.json", journey)


def journeys(cache: Path) -> list[Journey]:
    """Return the last packages, the newest first."""
    found = (_read(file) for file in sorted(_files(cache / FOLDER), reverse=True))
    return [one for one in found if one]


def _files(folder: Path) -> Iterator[Path]:
    with suppress(FileNotFoundError):
        yield from (one for one in folder.iterdir() if one.suffix == ".json" and is_id(one.stem))


def _read(file: Path) -> Journey | None:
    with suppress(OSError, ValueError, TypeError), file.open("rb") as stream:
        is_going = _is_locked(stream.fileno())
        journey = Journey(**parse_json(stream.read()))
        if journey.how == "under way" and not is_going:
            return replace(journey, how="broken off")
        return journey
    return None


def _is_locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False
