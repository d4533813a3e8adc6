"""The last FTPS connections, live ones first: "wrong password two minutes ago" helps where no file ever arrived."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Literal

from ingest.connections.probes import is_probe
from ingest.connections.record import NO_LOGIN, NOTHING_SENT, ConnectionRecord, Transfer, lost, parse_connection_record
from ingest.connections.store import has_ended, live_logs, read_live
from ingest.profiles.connection_tests import is_known_test

SHOWN_MAX = 15
READ_MAX = 120
LIVE_MAX = 50
_TAIL_BYTES = 256 * 1024

ConnectionState = Literal["good", "attention", "bad"]
"""Files came through; nothing was sent; something failed."""

_WORDS = {"good": "came through", "attention": "nothing sent", "bad": "failed"}


@dataclass(frozen=True)
class RecentConnection:
    """One connection, its state for the eye, and whether it still lasts.

    `names` are files that came, `tests` those of them that a Test button sends, `cuts` sentences about those that broke
    off. `more` counts the connections before it that went just as well, from the same address: told in one line.
    """

    record: ConnectionRecord
    state: ConnectionState
    is_live: bool
    names: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()
    more: int = 0

    @property
    def words(self) -> str:
        """The state in words; what came together with a refusal that matters has come, but not quite through."""
        return "came, with trouble" if self.state == "attention" and self.names else _WORDS[self.state]


IsTest = Callable[[str], bool]


def recent_connections(root: Path, most: int = SHOWN_MAX, is_test: IsTest = is_known_test) -> list[RecentConnection]:
    """Return the last connections, newest first; what this machine does to see whether the port answers is left out.

    `is_test` says whether a path is that of a test upload.
    """
    return told(recent_records(root), is_test)[:most]


def recent_records(root: Path) -> list[tuple[ConnectionRecord, bool]]:
    """Return the records of the last connections, newest first, and whether each still lasts."""
    live = {
        record.id: (so_far(record), True) if not has_ended(log) else (record, False)
        for log in reversed(live_logs(root)[-LIVE_MAX:])
        if (record := read_live(root, log.stem))
    }
    folded = {record.id: (record, False) for record in _folded(root, READ_MAX)}
    found = sorted({**folded, **live}.items(), reverse=True)
    return [(record, is_live) for _, (record, is_live) in found if is_live or not is_probe(record)]


def so_far(record: ConnectionRecord) -> ConnectionRecord:
    """Return the record of a connection that lasts: what has not happened in it may happen yet."""
    said = record.what_happened.replace(NO_LOGIN, "It is connected and has not logged in yet.")
    return replace(record, what_happened=said.replace(NOTHING_SENT, "It has logged in and sent nothing yet."))


def told(found: list[tuple[ConnectionRecord, bool]], is_test: IsTest = is_known_test) -> list[RecentConnection]:
    """Return connections, newest first, as they are told: what went well time after time becomes one."""
    whole = _whole_sizes(record for record, _ in found)
    connections = [_recent(record, is_live, whole, is_test) for record, is_live in found]

    def alike(one: RecentConnection) -> tuple[object, ...]:
        is_one_of_many = one.state == "good" and not one.is_live
        return (is_one_of_many, one.record.client if is_one_of_many else one.record.id)

    return [_merged(list(group)) for _, group in groupby(connections, alike)]


def _recent(
    record: ConnectionRecord, is_live: bool, whole: dict[tuple[str | None, str], int], is_test: IsTest
) -> RecentConnection:
    names = tuple(one.name.lstrip("/") for one in record.transfers if one.outcome == "complete")
    cuts = [_cut(one, whole.get((record.client, one.name))) for one in record.transfers if one.outcome == "failed"]
    tests = tuple(name for name in names if is_test(name))
    return RecentConnection(record, connection_state(record, is_live), is_live, names, tests, tuple(filter(None, cuts)))


def _merged(connections: list[RecentConnection]) -> RecentConnection:
    newest = connections[0]
    names = tuple(name for one in connections for name in one.names)
    tests = tuple(name for one in connections for name in one.tests)
    return replace(newest, names=names, tests=tests, more=len(connections) - 1)


def _whole_sizes(records: Iterable[ConnectionRecord]) -> dict[tuple[str | None, str], int]:
    """Return the size of each file that came whole, by the address and name it came from and as."""
    return {
        (record.client, one.name): one.size_bytes
        for record in records
        for one in record.transfers
        if one.outcome == "complete" and one.size_bytes
    }


def _cut(transfer: Transfer, whole_bytes: int | None) -> str:
    """Say where a file broke off: as a share, when it came whole another time."""
    if not transfer.size_bytes or not whole_bytes or transfer.size_bytes >= whole_bytes:
        return ""
    share = 100 * transfer.size_bytes // whole_bytes
    return f"{transfer.name.lstrip('/')} was cut off at about {share} %; a file of this name came whole another time."


def connection_state(record: ConnectionRecord, is_live: bool = False) -> ConnectionState:
    """Return how a connection went. A refusal is no failure yet while the connection lasts, and none if files came."""
    has_come = any(transfer.outcome == "complete" for transfer in record.transfers)
    if record.logins_refused or any(transfer.outcome == "failed" for transfer in lost(record.transfers)):
        return "bad"
    if record.failures and not (has_come or is_live):
        return "bad"
    return "good" if has_come and not record.failures else "attention"


def _folded(root: Path, most: int) -> list[ConnectionRecord]:
    found: dict[str, ConnectionRecord] = {}
    for file in sorted((root / "connections").glob("*.jsonl"), reverse=True):
        for line in _last_lines(file):
            try:
                record = parse_connection_record(line)
            except ValueError:
                continue
            found[record.id] = record
        if len(found) >= most:
            break
    return list(found.values())


def _last_lines(file: Path) -> list[str]:
    try:
        with file.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, size - _TAIL_BYTES))
            lines = stream.read(_TAIL_BYTES).decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    return lines if size <= _TAIL_BYTES else lines[1:]
