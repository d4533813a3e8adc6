"""Finds what has arrived: walks folders that strangers write to, follows no link, and knows a finished upload."""

import errno
import fcntl
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, time

from ingest.spool.names import LOCAL, kept_path
from ingest.spool.origin import Origin
from ingest.spool.patience import OUT_OF_REACH, Patience
from ingest.spool.stamp import is_id
from ingest.spool.trees import ENTRIES_MAX, FOLDERS_MAX, Names, folders

QUIET_S = 2.0
"""How long a file that was put down by hand must have been unchanged where a lease is not to be had."""

ANNOUNCED_MAX, ANNOUNCED_DEPTH_MAX = 100, 32
"""How many folders of one tree, and how deep ones, are announced to be watched: the kernel's watches are for all."""

_PATH_MAX = 4096
"""A path of this many bytes is too long for a system call."""


@dataclass(frozen=True)
class Upload:
    """A regular file that was found: `name` in the open folder `folder`, while its turn lasts; its whole path if None.

    `path` is where it was sent to, as the bytes on disk. `top` and `below` say where it lies, for people.
    """

    folder: int | None
    name: str
    path: bytes
    top: Path
    below: bytes

    @property
    def place(self) -> str:
        """Where it lies, for sentences: it may be longer than a system call takes."""
        return f"{self.top}/{os.fsdecode(self.below)}"


Found = tuple[Upload, Origin, bool]
"""A file, where it came from, and whether its time has come to be taken."""


def connection_folders(root: Path, first: str = "") -> list[Path]:
    """Return the folders of uploads/ in order of their connections' start; other entries are not connections.

    Where the last look stopped at `first`, those before it come after the others.
    """
    with os.scandir(root / "uploads") as entries:
        names = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    return [root / "uploads" / name for name in sorted(names, key=lambda name: name < first)]


def connection_of(folder: Path) -> tuple[str, bytes]:
    """Return the connection that a folder of uploads/ belongs to, and what its name adds to upload paths.

    A folder that somebody made by hand belongs to no connection; its name is then part of the path.
    """
    return (folder.name, b"") if is_id(folder.name) else (LOCAL, os.fsencode(folder.name) + b"/")


def entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what lies in a folder of ours, by name; links are not followed."""
    with os.scandir(folder) as found:
        return sorted(found, key=lambda entry: entry.name)


def walk_all(top: Path, prefix: bytes = b"") -> Iterator[Upload]:
    """Yield every regular file below a folder, its path after `prefix`."""
    for folder in folders(top):
        yield from _uploads(folder.descriptor, folder.names, folder.files, top, prefix)


def walk(top: Path, on_folder: Callable[[Path], None], prefix: bytes, patience: Patience) -> Iterator[Upload]:
    """Yield the regular files below a folder, as many as one scan may look for, their paths after `prefix`.

    `on_folder` hears of the upper folders before they are read. `patience` notes what is out of reach.
    """
    entered = 0

    def enter(names: Names) -> bool:
        nonlocal entered
        entered += 1
        path = "/".join((str(top), *names)) if len(names) <= ANNOUNCED_DEPTH_MAX else ""
        if entered <= ANNOUNCED_MAX and path and len(os.fsencode(path)) < _PATH_MAX:
            on_folder(Path(path))
        else:
            patience.unwatched = True
        if entered > FOLDERS_MAX:
            patience.say_too_many(top, FOLDERS_MAX)
        return entered <= FOLDERS_MAX

    def closed(names: Names, error: OSError) -> None:
        patience.give_up("/".join((str(top), *names)), error)

    for folder in folders(top, enter, closed=closed, entries_max=ENTRIES_MAX):
        yield from _uploads(folder.descriptor, folder.names, folder.files, top, prefix)


def _uploads(descriptor: int, names: Names, files: list[str], top: Path, prefix: bytes) -> Iterator[Upload]:
    above = b"".join(os.fsencode(name) + b"/" for name in names) if files else b""
    for name in files:
        below = above + os.fsencode(name)
        yield Upload(descriptor, name, kept_path(prefix + below), top, below)


def found_file(path: str, upload_path: bytes, top: Path) -> Upload:
    """Return a file that lies in a folder of ours, and needs no open one."""
    return Upload(None, path, upload_path, top, upload_path)


def is_finished(upload: Upload, patience: Patience) -> bool:
    """Say whether the writer has closed the file: vsftpd holds a POSIX write lock while it writes.

    Only a regular file with one name counts. Measured for vsftpd 3.0.3 and 3.0.5: see DESIGN, section 9.
    """
    if (descriptor := _opened(upload, patience)) is None:
        return False
    try:
        return _is_closed(descriptor, upload, patience)
    finally:
        os.close(descriptor)


def _opened(upload: Upload, patience: Patience) -> int | None:
    """Open a file to look at it; None where it has vanished, is no regular file, or is out of reach."""
    try:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        return os.open(upload.name, flags, dir_fd=upload.folder)
    except OSError as error:
        if error.errno in OUT_OF_REACH:
            patience.give_up(upload.place, error)
        elif error.errno not in (errno.ENOENT, errno.ELOOP, errno.ENXIO):
            raise
        return None


def _is_closed(descriptor: int, upload: Upload, patience: Patience) -> bool:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
        return False
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return status.st_size > 0 or patience.is_over(upload.place)


def is_left_alone(upload: Upload, patience: Patience, now: float | None = None) -> bool:
    """Say whether nobody writes to a file that a person put down, where no lock tells.

    A read lease is refused while anybody has the file open for writing (fcntl(2), F_SETLEASE). Where the lease is not
    allowed (another user's file, without CAP_LEASE), a file that has not changed for two seconds counts as left alone.
    """
    if (descriptor := _opened(upload, patience)) is None:
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
        patience.seen.setdefault(upload.place, monotonic())
        return False
    finally:
        os.close(descriptor)
    return True
