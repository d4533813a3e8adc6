"""What a scan for uploads remembers: since when a file has been awaited, and what could not be taken, and why."""

import errno
import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from ingest.errors import in_words
from ingest.spool.durable import DISK_TROUBLE
from ingest.spool.names import one_line

EMPTY_PATIENCE_S = 5.0
"""How long an empty file counts as arriving: vsftpd creates a file a moment before it locks it."""

OUT_OF_REACH = frozenset({errno.EACCES, errno.EPERM, errno.ENAMETOOLONG})
"""Error numbers of a file or folder that only a person can give back: it stays, is named, and stops nothing else."""

_OF_ONE_FILE = frozenset({errno.EIO, errno.EREMOTEIO, errno.EUCLEAN, errno.EBADMSG})
_SHOWN_MAX = 300

SetAside = Callable[[Path, Exception], None]
"""Hears of a folder or file with which something went wrong that nobody foresaw."""


@dataclass
class Patience:
    """Remembers since when each empty file has been seen, by our monotonic clock: file times can be set by anyone.

    `arriving` counts the files that the present scan found unfinished. `seen` has those among them that need nothing
    but a few seconds: the empty ones, and those that must be unchanged for a while. `out_of_reach` has a sentence on
    each file or folder that cannot be taken, with more for the journal where nobody foresaw it. `stopped_at` names the
    folder of uploads/ at which the last scan ran out of time: the next begins there, so that each has its turn.
    `unwatched` says that there are folders in which nothing wakes us: we have to look.
    """

    seen: dict[str, float] = field(default_factory=dict)
    arriving: int = 0
    out_of_reach: dict[str, str] = field(default_factory=dict)
    stopped_at: str = ""
    unwatched: bool = False
    _before: dict[str, float] = field(default_factory=dict)

    def begin_scan(self) -> None:
        """Start anew: what this scan does not meet, or finds finished, nobody waits for any more."""
        self._before, self.seen, self.arriving, self.out_of_reach = self.seen, {}, 0, {}
        self.unwatched = False

    def give_up(self, path: str | os.PathLike[str], error: OSError) -> None:
        """Note what is out of reach, so that a person hears of it."""
        what_to_do = "shorten its path" if error.errno == errno.ENAMETOOLONG else "give it to the owner of incoming/"
        self._note(f"{_shown(path)} cannot be taken, {what_to_do}: {error.strerror}")

    def say_too_many(self, path: str | os.PathLike[str], most: int) -> None:
        """Note a tree of which one scan does not see everything."""
        self._note(f"{_shown(path)} has more than {most} folders; the rest is looked into when some have gone")

    def set_aside(self, path: Path, error: Exception) -> None:
        """Note a folder with which something went wrong that nobody foresaw: it has to wait for the next scan."""
        what = in_words(error) if isinstance(error, OSError) else f"{type(error).__name__}: {in_words(error)}"
        told = "".join(traceback.format_exception(error, limit=20))
        self._note(f"{_shown(path)} is set aside, what is in it waits: {one_line(what)}", told)
        self.arriving += 1

    def is_over(self, path: str, now: float | None = None, patience_s: float = EMPTY_PATIENCE_S) -> bool:
        """Say whether a file has been there long enough: by itself, an empty one to count as finished."""
        now = monotonic() if now is None else now
        since = self._before.get(path, now)
        if now - since >= patience_s:
            return True
        self.seen[path] = since
        return False

    def _note(self, sentence: str, more: str = "") -> None:
        self.out_of_reach[sentence] = more


@contextmanager
def apart(path: Path, set_aside: SetAside) -> Iterator[None]:
    """Do something about one folder or file; whatever goes wrong with it concerns nothing else.

    Only what would be met everywhere else as well is raised: a full disk, no descriptors left.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, OSError) and error.errno in DISK_TROUBLE - _OF_ONE_FILE:
            raise
        set_aside(path, error)


def _shown(path: str | os.PathLike[str]) -> str:
    text = os.fspath(path)
    return one_line(text if len(text) <= _SHOWN_MAX else f"{text[: _SHOWN_MAX // 2]}…{text[-_SHOWN_MAX // 2 :]}", 310)
