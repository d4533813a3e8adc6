"""The proof that nothing acknowledged is lost: joins what connections report with what the spool holds."""

import json
import os
import posixpath
import re
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.connections.record import ConnectionRecord
from ingest.connections.store import live_connections, read_records
from ingest.index.store import open_index
from ingest.names import parse_incoming_name
from ingest.origin import parse_origin
from ingest.uploads import connection_folders, walk

_SHOWN_BYTE = re.compile(r"\\x[0-9a-f]{2}")

LOOKS_AGAIN = 2
LOOK_AGAIN_S = 1.0

Key = tuple[str, str]
"""A connection and an upload path as vsftpd's log shows it."""

Sizes = Mapping[Key, list[int | None]]
"""The sizes in bytes of all transfers, or outcomes, of a name; None for one that nobody knows."""


@dataclass(frozen=True)
class Finding:
    """Transfers of one name in one connection whose outcomes do not add up."""

    connection: str
    path: str
    acknowledged: int
    outcomes: int
    wrong_bytes: int | None = None
    """The size of what was found, where it is the size of none of the transfers."""

    @property
    def sentence(self) -> str:
        """Say what is wrong, for the person who must look."""
        told = f"{self.acknowledged} acknowledged, {self.outcomes} found."
        if self.outcomes < self.acknowledged:
            what = "has no outcome"
        elif self.outcomes > self.acknowledged:
            what = "has more outcomes than transfers"
        else:
            what, told = "is not whole", f"what is here has {self.wrong_bytes} bytes, which were not acknowledged so."
        return f"{self.path} of connection {self.connection} {what}: {told}"


@dataclass(frozen=True)
class Audit:
    """The result: how many transfers were looked at, and which do not add up."""

    transfers: int
    findings: tuple[Finding, ...]


def audit(root: Path) -> Audit:
    """Join every connection record that is kept with the spool. Raise sqlite3.Error when the index cannot be read.

    A file that moves on while we look may be seen twice or not at all. So what does not add up is looked at again,
    and only what never adds up is a finding.
    """
    result = _look(root)
    for _ in range(LOOKS_AGAIN):
        if not result.findings:
            break
        time.sleep(LOOK_AGAIN_S)
        before = {(finding.connection, finding.path) for finding in result.findings}
        again = _look(root)
        findings = (finding for finding in again.findings if (finding.connection, finding.path) in before)
        result = Audit(again.transfers, tuple(findings))
    return result


def _look(root: Path) -> Audit:
    records = {record.id: record for record in (*read_records(root), *live_connections(root))}
    acknowledged = transfers_in(records.values())
    return Audit(sum(map(len, acknowledged.values())), compare(acknowledged, _gathered(outcomes_in(root))))


def compare(acknowledged: Sizes, outcomes: Sizes) -> tuple[Finding, ...]:
    """Return the names whose counts or sizes differ; outcomes of connections without a record are not looked at.

    >>> compare({("c", "a.jpg"): [9, 9]}, {("c", "a.jpg"): [9]})
    (Finding(connection='c', path='a.jpg', acknowledged=2, outcomes=1, wrong_bytes=None),)
    >>> compare({("c", "a.jpg"): [9, 5]}, {("c", "a.jpg"): [9, 0]})[0].wrong_bytes
    0
    >>> compare({("c", "a.jpg"): [9, 5]}, {("c", "a.jpg"): [None, 9]})
    ()
    """
    return tuple(found for key, sizes in sorted(acknowledged.items()) if (found := _compared(key, sizes, outcomes)))


def _compared(key: Key, sent: list[int | None], outcomes: Sizes) -> Finding | None:
    there = outcomes.get(key, [])
    wrong = _known(there) - _known(sent)
    if len(there) != len(sent):
        return Finding(*key, len(sent), len(there))
    return Finding(*key, len(sent), len(there), min(wrong)) if wrong and None not in sent else None


def _known(sizes: Iterable[int | None]) -> Counter[int]:
    return Counter(size for size in sizes if size is not None)


def transfers_in(records: Iterable[ConnectionRecord]) -> Sizes:
    """Return the sizes of the transfers that were acknowledged."""
    return _gathered(
        ((record.id, logged_path(transfer.name)), transfer.size_bytes)
        for record in records
        for transfer in record.transfers
        if transfer.outcome == "complete"
    )


def _gathered(found: Iterable[tuple[Key, int | None]]) -> Sizes:
    sizes: defaultdict[Key, list[int | None]] = defaultdict(list)
    for key, size_bytes in found:
        sizes[key].append(size_bytes)
    return sizes


def logged_path(name: str) -> str:
    r"""Return the comparable form of a path: below the connection's folder, `?` for what vsftpd does not print.

    >>> logged_path("/INSTAR/./a\x1b.jpg"), logged_path("grün.jpg"), logged_path("gr\\xfcn.jpg")
    ('INSTAR/a?.jpg', 'gr??n.jpg', 'gr?n.jpg')
    """
    return masked(name.encode("utf-8", "surrogateescape"))


def masked(path: bytes) -> str:
    """Write every byte that is not printable ASCII as `?`, as vsftpd's log does, and so our own form of such bytes."""
    shown = "".join(chr(byte) if 0x20 <= byte < 0x7F else "?" for byte in path)
    return posixpath.normpath("/" + _SHOWN_BYTE.sub("?", shown)).lstrip("/")


def outcomes_in(root: Path) -> Iterator[tuple[Key, int | None]]:
    """Yield connection, path and size of everything that came over FTPS and is somewhere, or was deleted by hand or
    age: then its size is not known any more."""
    yield from _arrived(root)
    yield from _waiting(root)
    yield from _decided(root)
    yield from _deleted(root)


def _arrived(root: Path) -> Iterator[tuple[Key, int | None]]:
    for folder in connection_folders(root):
        for upload in walk(folder, lambda _: None):
            with suppress(FileNotFoundError):
                yield (folder.name, masked(upload.path)), upload.file.stat().st_size


def _waiting(root: Path) -> Iterator[tuple[Key, int | None]]:
    for entry in (root / "incoming").iterdir():
        if parsed := parse_incoming_name(entry.name):
            path = parsed.upload_path
            if path is None:
                with suppress(OSError, ValueError):
                    path = parse_origin((root / "incoming" / f"{parsed.id}~origin").read_bytes()).upload_path
            with suppress(FileNotFoundError):
                yield (parsed.connection, masked(path or b"")), entry.stat().st_size


def _decided(root: Path) -> Iterator[tuple[Key, int | None]]:
    """Trust the index for what an item is, and only the folders for whether it is there, and how large."""
    with closing(open_index(root)) as index:
        rows: sqlite3.Cursor = index.execute(
            "SELECT connection, upload_path, location FROM items WHERE source = 'ftps' AND connection IS NOT NULL"
        )
        for connection, path, location in rows:
            if os.path.lexists(root / f"{location}.json"):
                with suppress(FileNotFoundError):
                    yield (connection, logged_path(path)), (root / location).lstat().st_size


def _deleted(root: Path) -> Iterator[tuple[Key, int | None]]:
    for file in (root / "requests" / "done").glob("*.json"):
        with suppress(OSError, ValueError, KeyError, TypeError):
            for result in json.loads(file.read_bytes())["results"]:
                if result["outcome"] == "deleted" and result.get("connection"):
                    yield (result["connection"], logged_path(result["upload_path"])), None
