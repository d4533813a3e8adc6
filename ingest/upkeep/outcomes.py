"""Where everything is that came over FTPS: on its way, decided, or deleted. The audit joins it with the transfers."""

import os
import sqlite3
from collections.abc import Container, Iterator
from contextlib import closing, suppress
from pathlib import Path

from ingest.index.places import day_folders, items_in, read_sidecar, waiting_ids
from ingest.index.reindex import is_complete
from ingest.index.store import FILE, open_index
from ingest.spool.intake import is_only_a_name, list_intake
from ingest.spool.json_text import parse_json
from ingest.spool.moves import place_of
from ingest.spool.names import logged_path, masked, parse_companion, parse_incoming_name
from ingest.spool.origin import parse_origin
from ingest.spool.sidecar import parse_sidecar
from ingest.spool.uploads import connection_folders, walk_all

_LOGGED_FOLDER_MAX_BYTES = 4095

Key = tuple[str, str]
"""A connection and an upload path as vsftpd's log shows it."""


def as_logged(key: Key, logged: Container[Key]) -> Key:
    """Return the key under which the log has a transfer whose path is longer than vsftpd can tell.

    In a folder whose path has more than 4,095 bytes, vsftpd does not know where it is: it logs what the camera named.

    >>> as_logged(("c", "d/" * 3000 + "a.jpg"), {("c", "a.jpg")}), as_logged(("c", "d/a.jpg"), {("c", "a.jpg")})
    (('c', 'a.jpg'), ('c', 'd/a.jpg'))
    """
    connection, path = key
    rest = path if len(path) > _LOGGED_FOLDER_MAX_BYTES else ""
    while rest:
        if (connection, rest) in logged:
            return connection, rest
        rest = rest.partition("/")[2]
    return key


def outcomes_in(root: Path) -> Iterator[tuple[Key, int | None]]:
    """Yield connection, path and size of everything that came over FTPS and is somewhere, or was deleted by hand or
    age: then its size is not known any more."""
    committed = dict(_committed(root))
    yield from _arrived(root)
    yield from _waiting(root)
    yield from (outcome for outcome in committed.values() if outcome)
    yield from _decided(root, known=committed)
    yield from _deleted(root)


def _arrived(root: Path) -> Iterator[tuple[Key, int | None]]:
    for folder in connection_folders(root):
        for upload, _ in list_intake(folder)[0]:
            with suppress(FileNotFoundError):
                yield (folder.name, masked(upload.path)), Path(upload.name).lstat().st_size
        for upload in walk_all(folder):
            with suppress(FileNotFoundError):
                status = os.stat(upload.name, dir_fd=upload.folder, follow_symlinks=False)
                if not is_only_a_name(status):
                    yield (folder.name, masked(upload.path)), status.st_size


def _waiting(root: Path) -> Iterator[tuple[Key, int | None]]:
    for entry in (root / "incoming").iterdir():
        if parsed := parse_incoming_name(entry.name):
            path = parsed.upload_path
            if path is None:
                with suppress(OSError, ValueError):
                    path = parse_origin((root / "incoming" / f"{parsed.id}~origin").read_bytes()).upload_path
            with suppress(FileNotFoundError):
                yield (parsed.connection, masked(path or b"")), entry.stat().st_size


def _committed(root: Path) -> Iterator[tuple[str, tuple[Key, int] | None]]:
    """Yield the id and the outcome of what has its place already, though the index may not know it yet.

    While a slow disk flushes, or after the watcher died, its sidecar in incoming/ is all that tells of it.
    """
    waiting = frozenset(waiting_ids(root))
    for entry in (root / "incoming").iterdir():
        item_id, kind = parse_companion(entry.name) or ("", "")
        if kind == "sidecar" and item_id not in waiting:
            with suppress(OSError, ValueError):
                sidecar = parse_sidecar(entry.read_bytes())
                size_bytes = (root / place_of(sidecar)).lstat().st_size
                key = (sidecar.connection, logged_path(sidecar.upload_path)) if sidecar.connection else None
                yield item_id, (key, size_bytes) if key and sidecar.source == "ftps" else None


def _decided(root: Path, known: Container[str]) -> Iterator[tuple[Key, int | None]]:
    """Trust the index for what an item is, and only the folders for whether it is there, and how large."""
    for item_id, connection, path, place in _rows(root):
        if item_id not in known and os.path.lexists(root / f"{place}.json"):
            with suppress(FileNotFoundError):
                yield (connection, logged_path(path)), (root / place).lstat().st_size


def _rows(root: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield id, connection, upload path and place of every item that came over FTPS.

    An index that is missing or being made, because cache/ was deleted, knows less than there is: then the sidecars are
    read, which is slower by far and always true.
    """
    if (root / FILE).exists():
        with closing(open_index(root)) as index:
            if _knows_all(index):
                yield from index.execute(
                    "SELECT id, connection, upload_path, place FROM items "
                    "WHERE source = 'ftps' AND connection IS NOT NULL"
                )
                return
    for folder in day_folders(root):
        for place in items_in(root, folder):
            sidecar = read_sidecar(root, place)
            if sidecar and sidecar.source == "ftps" and sidecar.connection:
                yield sidecar.id, sidecar.connection, sidecar.upload_path, place


def _knows_all(index: sqlite3.Connection) -> bool:
    try:
        return is_complete(index)
    except sqlite3.OperationalError:  # files of it are gone
        return False


def _deleted(root: Path) -> Iterator[tuple[Key, int | None]]:
    for file in (root / "requests" / "done").glob("*.json"):
        with suppress(OSError, ValueError, KeyError, TypeError):
            for result in parse_json(file.read_bytes())["results"]:
                if result["outcome"] == "deleted" and result.get("connection"):
                    yield (result["connection"], logged_path(result["upload_path"])), None
