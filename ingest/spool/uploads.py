"""Finds what has arrived: walks folders that strangers write to, follows no link, and knows a finished upload."""

import errno
import fcntl
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, time

from ingest.spool.names import LOCAL, one_line
from ingest.spool.stamp import is_id

EMPTY_PATIENCE_S = 5.0
"""How long an empty file counts as arriving: vsftpd creates a file a moment before it locks it."""

QUIET_S = 2.0
"""How long a file that was put down by hand must have been unchanged where a lease is not to be had."""


OUT_OF_REACH = frozenset({errno.EACCES, errno.EPERM, errno.ENAMETOOLONG})
"""Error numbers of a file or folder that only a person can give back: it stays, is named, and stops nothing else."""


@dataclass(frozen=True)
class Upload:
    """A regular file below a folder; `path` is its path below that folder, as the bytes on disk."""

    file: Path
    path: bytes


@dataclass
class Patience:
    """Remembers since when each empty file has been seen, by our monotonic clock: file times can be set by anyone.

    `arriving` counts the files that the present scan found unfinished. `seen` has those among them that need nothing
    but a few seconds: the empty ones, and those that must be unchanged for a while. `out_of_reach` has a sentence on
    each file or folder that we may not read or move, or whose path is too long.
    """

    seen: dict[Path, float] = field(default_factory=dict)
    arriving: int = 0
    out_of_reach: set[str] = field(default_factory=set)
    _before: dict[Path, float] = field(default_factory=dict)

    def begin_scan(self) -> None:
        """Start anew: what this scan does not meet, or finds finished, nobody waits for any more."""
        self._before, self.seen, self.arriving, self.out_of_reach = self.seen, {}, 0, set()

    def give_up(self, path: Path, error: OSError) -> None:
        """Note what is out of reach, so that a person hears of it."""
        what_to_do = "shorten its path" if error.errno == errno.ENAMETOOLONG else "give it to the owner of incoming/"
        self.out_of_reach.add(f"{one_line(str(path))} cannot be taken, {what_to_do}: {error.strerror}")

    def is_over(self, file: Path, now: float | None = None) -> bool:
        """Say whether an empty file has been there long enough to count as finished."""
        now = monotonic() if now is None else now
        since = self._before.get(file, now)
        if now - since >= EMPTY_PATIENCE_S:
            return True
        self.seen[file] = since
        return False


def connection_folders(root: Path) -> list[Path]:
    """Return the folders of uploads/ in order of their connections' start; other entries are not connections."""
    with os.scandir(root / "uploads") as entries:
        names = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    return [root / "uploads" / name for name in names]


def connection_of(folder: Path) -> tuple[str, bytes]:
    """Return the connection that a folder of uploads/ belongs to, and what its name adds to upload paths.

    A folder that somebody made by hand belongs to no connection; its name is then part of the path.
    """
    return (folder.name, b"") if is_id(folder.name) else (LOCAL, os.fsencode(folder.name) + b"/")


def walk(
    folder: Path, on_folder: Callable[[Path], None], prefix: bytes = b"", patience: Patience | None = None
) -> Iterator[Upload]:
    """Yield every regular file below a folder, its path after `prefix`. `on_folder` hears of each folder first.

    Folders that vanish meanwhile are normal: the camera or the watcher removed them. `patience` notes those that are
    out of reach.
    """
    pending = [(folder, prefix)]
    while pending:
        current, above = pending.pop()
        on_folder(current)
        for entry in entries(current, patience):
            path = above + os.fsencode(entry.name)
            if entry.is_dir(follow_symlinks=False):
                pending.append((Path(entry.path), path + b"/"))
            elif entry.is_file(follow_symlinks=False):
                yield Upload(Path(entry.path), path)


def entries(folder: Path, patience: Patience | None = None) -> list[os.DirEntry[str]]:
    """Return a folder's entries by name; none when the folder has vanished or is out of reach."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        if error.errno not in OUT_OF_REACH:
            raise
        if patience is not None:
            patience.give_up(folder, error)
        return []


def is_finished(file: Path, patience: Patience) -> bool:
    """Say whether the writer has closed the file: vsftpd holds a POSIX write lock while it writes.

    Only a regular file with one name counts. Measured for vsftpd 3.0.3 and 3.0.5: see DESIGN, section 9.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in OUT_OF_REACH:
            patience.give_up(file, error)
        elif error.errno not in (errno.ENOENT, errno.ELOOP, errno.ENXIO):
            raise
        return False
    try:
        return _is_closed(descriptor, file, patience)
    finally:
        os.close(descriptor)


def _is_closed(descriptor: int, file: Path, patience: Patience) -> bool:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
        return False
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return status.st_size > 0 or patience.is_over(file)


def is_left_alone(file: Path, patience: Patience, now: float | None = None) -> bool:
    """Say whether nobody writes to a file that a person put down, where no lock tells.

    A read lease is refused while anybody has the file open for writing (fcntl(2), F_SETLEASE). Where the lease is not
    allowed (another user's file, without CAP_LEASE), a file that has not changed for two seconds counts as left alone.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in OUT_OF_REACH:
            patience.give_up(file, error)
        return False
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return False
    except OSError:
        # In either direction: a file that was moved keeps its date, and a camera's clock may be ahead.
        if abs((time() if now is None else now) - os.fstat(descriptor).st_mtime) > QUIET_S:
            return True
        patience.seen.setdefault(file, monotonic())
        return False
    finally:
        os.close(descriptor)
    return True


def remove_empty_folders(folder: Path) -> bool:
    """Remove a folder that holds nothing but folders; say whether it is gone."""
    for current, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):
            Path(current).rmdir()
    return not folder.exists()
