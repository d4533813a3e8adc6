"""The intake: the folder below a connection's own in which vsftpd leaves what has ended (ingest/ftps/intake.c).

A camera sees, renames and deletes its own names beside it; the gateway takes from here, by one rename each.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args
from urllib.parse import unquote_to_bytes

from ingest.spool.uploads import Upload, entries, found_file
from ingest.vocabulary import Transfer

INTAKE = ".camspool"
TREE_MARK = "tree~"
"""Tells that a path was too long for a name here: its file is to be taken where the camera put it."""

TAKEN_MODE = 0o440
"""The permissions of a file that has its name in the intake: what the camera still sees of it is only a name."""


@dataclass(frozen=True)
class Ended:
    """One entry of the intake: how the transfer ended, and the upload path."""

    transfer: Transfer
    path: bytes


def has_intake(folder: Path) -> bool:
    """Say whether vsftpd serves the connection of this folder of uploads/ with the intake."""
    return (folder / INTAKE).is_dir()


def list_intake(folder: Path) -> tuple[list[tuple[Upload, Transfer]], bool]:
    """Return what has ended in a connection, in order of time, and whether its tree has to be looked at as well."""
    found: list[tuple[Upload, Transfer]] = []
    tree = False
    for entry in _entries(folder / INTAKE):
        if entry.name == TREE_MARK:
            tree = True
        elif ended := parse_intake_name(entry.name):
            found.append((found_file(entry.path, ended.path, folder), ended.transfer))
    if len(found) > 1:
        found.sort(key=lambda one: _written_at(one[0].name))
    return found, tree


def _entries(intake: Path) -> list[os.DirEntry[str]]:
    """There is none without the library, and an ended connection's may go while we look."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return entries(intake)
    return []


def _written_at(file: str) -> int:
    """vsftpd answers MDTM and sets no times here, so the time of a file is when it was written."""
    try:
        return os.lstat(file).st_mtime_ns
    except FileNotFoundError:
        return 0


def parse_intake_name(name: str) -> Ended | None:
    """Read an entry's name; None when it is not one of ours.

    >>> parse_intake_name("cut~131~INSTAR%2Fa%20b.jpg")
    Ended(transfer='cut', path=b'INSTAR/a b.jpg')
    >>> parse_intake_name("tree~")
    """
    state, _, rest = name.partition("~")
    inode, _, quoted = rest.partition("~")
    if state not in get_args(Transfer) or not inode.isdecimal() or not quoted:
        return None
    return Ended(cast(Transfer, state), unquote_to_bytes(quoted))


def is_only_a_name(status: os.stat_result) -> bool:
    """Say whether a file that a camera sees has its other name in the intake, or had it and was taken."""
    return status.st_mode & 0o777 == TAKEN_MODE or status.st_nlink > 1
