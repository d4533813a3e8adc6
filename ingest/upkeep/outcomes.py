"""Where everything is that came over FTPS: on its way, decided, or deleted. The audit joins it with the transfers."""

import os
from collections.abc import Container, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from ingest.spool.intake import is_only_a_name, list_intake
from ingest.spool.json_text import parse_json
from ingest.spool.names import LOCAL, masked, origin_name, parse_incoming_name
from ingest.spool.origin import parse_origin
from ingest.spool.partials import list_partials, origin_beside
from ingest.spool.sidecar import Beginning
from ingest.spool.uploads import connection_folders, walk_all
from ingest.upkeep.decided import Key, Outcome, Settled, committed_items, decided_items, key_of, merged_of

_LOGGED_FOLDER_MAX_BYTES = 4095


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


def outcomes_in(root: Path) -> Iterator[Outcome]:
    """Yield connection, path and size of everything that came over FTPS and is somewhere, or was deleted by hand or
    age: then its size is not known any more.

    A beginning is in partial/, or an item of its own, or it went into a whole file, which then stands for it. A crash
    can leave it in two of these places, and two items can have taken it in: it is one outcome all the same, by its id.
    What was deleted and is here again was restored.
    """
    committed = {item.id: item for item in committed_items(root)}
    yield from _arrived(root)
    few = [*_partials(root), *_waiting(root), *committed.values()]
    deleted = {item.id: item for item in _deleted(root)}
    own = {*deleted, *(item.id for item in few)}
    merged: dict[str, Outcome] = {}
    for item in chain(few, decided_items(root, known=committed)):
        deleted.pop(item.id, None)
        if item.outcome:
            yield item.outcome
        merged |= item.merged
    for item in deleted.values():
        if item.outcome:
            yield item.outcome
        merged |= item.merged
    yield from (outcome for item_id, outcome in merged.items() if item_id not in own)


def _arrived(root: Path) -> Iterator[Outcome]:
    for folder in connection_folders(root):
        for upload, _ in list_intake(folder)[0]:
            with suppress(FileNotFoundError):
                yield (folder.name, masked(upload.path)), Path(upload.name).lstat().st_size
        for upload in walk_all(folder):
            with suppress(FileNotFoundError):
                status = os.stat(upload.name, dir_fd=upload.folder, follow_symlinks=False)
                if not is_only_a_name(status):
                    yield (folder.name, masked(upload.path)), status.st_size


def _partials(root: Path) -> Iterator[Settled]:
    for partial in list_partials(root):
        origin = origin_beside(root, partial)
        yield Settled(partial.id, ((origin.connection or LOCAL, masked(origin.upload_path)), partial.size_bytes))


def _waiting(root: Path) -> Iterator[Settled]:
    """Yield what waits for a verdict, with what an earlier verdict had taken in; a report that came in the file of
    another item is no outcome."""
    with os.scandir(root / "incoming") as found:
        entries = {entry.name: entry for entry in found}
    for name, entry in entries.items():
        if parsed := parse_incoming_name(name):
            origin = None
            if origin_name(parsed.id) in entries:
                with suppress(OSError, ValueError):
                    origin = parse_origin((root / "incoming" / origin_name(parsed.id)).read_bytes())
            if origin and origin.part_of:
                continue
            path = parsed.upload_path or (origin.upload_path if origin else b"")
            with suppress(FileNotFoundError):
                outcome = (parsed.connection, masked(path)), entry.stat().st_size
                yield Settled(parsed.id, outcome, merged_of(origin.beginnings if origin else ()))


def _deleted(root: Path) -> Iterator[Settled]:
    for file in (root / "requests" / "done").glob("*.json"):
        with suppress(OSError, ValueError, KeyError, TypeError):
            for result in parse_json(file.read_bytes())["results"]:
                if result["outcome"] == "deleted":
                    yield _settled(result)


def _settled(result: dict[str, Any]) -> Settled:
    connection, path = result.get("connection"), result.get("upload_path")
    merged = merged_of(Beginning(**one) for one in result.get("beginnings", ()))
    outcome = (key_of(connection, path or ""), None) if connection else None
    return Settled(result["id"], outcome, {item_id: (key, None) for item_id, (key, _) in merged.items()})
