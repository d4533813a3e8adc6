"""Walks trees that strangers made: by descriptors, so that no path is too long, and without recursion, so that none is
too deep.
"""

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from math import inf
from pathlib import Path
from time import monotonic

FOLDERS_MAX = 20_000
"""How many folders of one tree are entered in one go: a third of a second's work. vsftpd takes hours to make more."""

ENTRIES_MAX = 20_000
"""How many entries of one folder are read in one go; the rest is met when those have been taken."""

OPEN_MAX = 8
"""How many folders are open at a time: the upper ones. To those below one goes back by `..`, which costs more."""

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_VANISHED = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP})
_CLOSED = frozenset({errno.EACCES, errno.EPERM})

Names = Sequence[str]
"""The names of the folders that lead from the top of a tree to one of its folders; none for the top itself."""


@dataclass(frozen=True)
class Folder:
    """A folder of a tree while its turn lasts: `descriptor` and `names` change when the next one is asked for."""

    descriptor: int
    names: Names
    files: list[str]


@dataclass
class _Level:
    """A folder on the way from the top to the present one: it is kept open, or is recognised on the way back."""

    descriptor: int | None
    identity: tuple[int, int]
    to_enter: list[str]


def folders(
    top: Path,
    enter: Callable[[Names], bool] = lambda _: True,
    leave: Callable[[int, str], bool] = lambda _parent, _name: True,
    closed: Callable[[Names, OSError], None] = lambda _names, _error: None,
    entries_max: int | None = None,
) -> Iterator[Folder]:
    """Yield every folder of a tree, each before those in it, with its regular files in order of their names.

    `enter` hears of each folder before it is read, and `leave` after all that is in it: with the descriptor of the
    folder above and its name there. Either ends the walk by returning False. `closed` hears of those that we may not
    enter. Folders that vanish meanwhile are normal. One that is moved meanwhile ends the walk: the next sees it.
    """
    names: list[str] = []
    levels: list[_Level] = []
    current = _opened(str(top), None, names, closed)
    if current is None:
        return
    try:
        while enter(names):
            files, below = _listed(current, entries_max)
            yield Folder(current, names, files)
            levels.append(_Level(None, (0, 0), below[::-1]))
            while (child := _next_below(current, levels[-1].to_enter, names, closed)) is None:
                levels.pop()
                if not levels:
                    return
                current, is_the_same = _gone_back(current, levels[-1])
                if not is_the_same or not leave(current, names.pop()):
                    return
            current = _gone_on(current, child, levels)
    finally:
        os.close(current)
        for level in levels:
            if level.descriptor is not None:
                os.close(level.descriptor)


def _gone_on(current: int, child: int, levels: list[_Level]) -> int:
    """Keep the folder that is left for a while open, or close it and remember what it is."""
    if len(levels) < OPEN_MAX:
        levels[-1].descriptor = current
    else:
        levels[-1].identity = _identity(current)
        os.close(current)
    return child


def _gone_back(current: int, level: _Level) -> tuple[int, bool]:
    """Return the folder above, and whether it is the one we came from."""
    above, level.descriptor = level.descriptor, None
    if above is not None:
        os.close(current)
        return above, True
    above = os.open("..", _FOLDER, dir_fd=current)
    os.close(current)
    return above, _identity(above) == level.identity


def remove_empty_folders(
    top: Path, deadline: float = inf, is_nothing: Callable[[os.stat_result], bool] | None = None
) -> bool:
    """Remove a folder that holds nothing but folders, as far as it gets by the deadline (monotonic); say whether it is
    gone. Files that are nothing go, too.

    At least as much time goes into removing as into getting to the deepest folder, so that a few calls do what one has
    no time for.
    """
    began, until, entered = monotonic(), 0.0, 0

    def enter(_names: Names) -> bool:
        nonlocal entered
        entered += 1
        return entered <= FOLDERS_MAX

    def leave(parent: int, name: str) -> bool:
        nonlocal until
        now = monotonic()
        until = until or max(deadline, now + (now - began))
        with suppress(OSError):
            os.rmdir(name, dir_fd=parent)
        return now < until

    for folder in folders(top, enter, leave):
        if is_nothing:
            _remove_files(folder, is_nothing)
    with suppress(OSError):
        top.rmdir()
    return not top.exists()


def _remove_files(folder: Folder, is_nothing: Callable[[os.stat_result], bool]) -> None:
    for name in folder.files:
        with suppress(FileNotFoundError):
            if is_nothing(os.stat(name, dir_fd=folder.descriptor, follow_symlinks=False)):
                os.unlink(name, dir_fd=folder.descriptor)


def _listed(descriptor: int, entries_max: int | None) -> tuple[list[str], list[str]]:
    """Return the names of the regular files and of the folders in an open folder."""
    files, below = [], []
    with os.scandir(descriptor) as found:
        for entry in islice(found, entries_max):
            if entry.is_dir(follow_symlinks=False):
                below.append(entry.name)
            elif entry.is_file(follow_symlinks=False):
                files.append(entry.name)
    return sorted(files), sorted(below)


def _next_below(
    current: int, to_enter: list[str], names: list[str], closed: Callable[[Names, OSError], None]
) -> int | None:
    """Open the next folder that can be entered, and add its name; None when there is none left."""
    while to_enter:
        names.append(to_enter.pop())
        if (child := _opened(names[-1], current, names, closed)) is not None:
            return child
        names.pop()
    return None


def _opened(name: str, above: int | None, names: Names, closed: Callable[[Names, OSError], None]) -> int | None:
    try:
        return os.open(name, _FOLDER, dir_fd=above)
    except OSError as error:
        if error.errno in _CLOSED:
            closed(names, error)
        elif error.errno not in _VANISHED:
            raise
        return None


def _identity(descriptor: int) -> tuple[int, int]:
    status = os.fstat(descriptor)
    return status.st_dev, status.st_ino
