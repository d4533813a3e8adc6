"""The record of who connected over FTPS: live logs, and the day files that ended connections are folded into.

The only module that reads, writes or deletes in connections/.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby
from math import inf
from pathlib import Path

from ingest.connections.log import parse_connection_log, parse_login
from ingest.connections.record import ConnectionRecord, connection_record_line, parse_connection_record
from ingest.spool.durable import flush_folder
from ingest.spool.patience import SetAside, apart
from ingest.spool.stamp import id_time, is_id

LAUNCH_PATIENCE_S = 60.0
"""How long an empty log counts as a connection that is just being started: it is made before it is locked."""

LOG_MAX_CHARACTERS = 16 * 1024 * 1024
"""How much of a log is read: about 10,000 uploads in one connection. A stranger can talk for hours without any."""

_TOO_LONG = "It said so much that only the beginning was read."

_LOGIN_BYTES = 64 * 1024
"""The log-in stands at the start of a log; a connection that sent thousands of files has a long one."""


def log_path(root: Path, connection_id: str) -> Path:
    """Return where a connection's log is while it lasts, and until it is folded."""
    return root / "connections" / f"{connection_id}.log"


def day_path(root: Path, day: date) -> Path:
    """Return the file with the records of the connections that started on a day (UTC)."""
    return root / "connections" / f"{day.isoformat()}.jsonl"


def account_and_client(root: Path, connection_id: str) -> tuple[str | None, str | None]:
    """Return the account that logged in and the client's address; None for what is not known."""
    try:
        with log_path(root, connection_id).open("rb") as log:
            text = log.read(_LOGIN_BYTES).decode("utf-8", "replace")
    except OSError:
        record = find_connection_record(root, connection_id)
        return (record.account, record.client) if record else (None, None)
    return parse_login(text)


def has_ended(log: Path, now: float | None = None) -> bool:
    """Say whether the connection that writes this log is over: connection.sh holds a lock on it as long as it lasts.

    False for an empty log made less than LAUNCH_PATIENCE_S ago, which is not locked yet; True for a log that is gone.
    """
    try:
        descriptor = os.open(log, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return True
    try:
        status = os.fstat(descriptor)
        age_s = (time.time() if now is None else now) - status.st_mtime
        if status.st_size == 0 and age_s < LAUNCH_PATIENCE_S:
            return False
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def live_logs(root: Path) -> list[Path]:
    """Return the logs that are not folded yet, in order of their connections' start."""
    return sorted(log for log in (root / "connections").glob("*.log") if is_id(log.stem))


def fold(
    root: Path,
    connection_ids: Iterable[str],
    deadline: float = inf,
    set_aside: SetAside = lambda _log, _error: None,
) -> list[ConnectionRecord]:
    """Turn the logs of ended connections into records in their day files, for good, and remove the logs.

    Connections without a log are passed over, and so are those that follow when the deadline (monotonic) is over:
    a log of many megabytes takes half a second. A log that cannot be read stays, and `set_aside` hears of it. All
    records of a day share one flush. A crash in between writes a record twice; readers take the last one of an id.
    """
    records = []
    for connection_id in connection_ids:
        with apart(log_path(root, connection_id), set_aside):
            if record := read_live(root, connection_id):
                records.append(record)
        if records and time.monotonic() > deadline:
            break
    for day, of_day in groupby(records, key=lambda record: id_time(record.id).date()):
        _append(day_path(root, day), "".join(map(connection_record_line, of_day)))
    for record in records:
        log_path(root, record.id).unlink(missing_ok=True)
    return records


def read_live(root: Path, connection_id: str) -> ConnectionRecord | None:
    """Return the record of a connection whose log is not folded yet; None when there is no log."""
    try:
        with log_path(root, connection_id).open("r", encoding="utf-8", errors="replace", newline="\n") as log:
            text = log.read(LOG_MAX_CHARACTERS + 1)
    except FileNotFoundError:
        return None
    record = parse_connection_log(connection_id, text[:LOG_MAX_CHARACTERS])
    if len(text) <= LOG_MAX_CHARACTERS:
        return record
    return replace(record, failures=(*record.failures, _TOO_LONG), what_happened=f"{record.what_happened} {_TOO_LONG}")


def live_connections(root: Path) -> list[ConnectionRecord]:
    """Return what the logs say that are not folded yet, in order of start."""
    records = (read_live(root, log.stem) for log in live_logs(root))
    return [record for record in records if record]


def read_connection_records(root: Path, since_day: date | None = None) -> list[ConnectionRecord]:
    """Return the folded records, in order of start, of connections that started on `since_day` or later."""
    found: dict[str, ConnectionRecord] = {}
    for file in _day_files(root, since_day):
        found.update((record.id, record) for record in _read_day(file))
    return [found[connection_id] for connection_id in sorted(found)]


def records_since(root: Path, first: date, last: date, is_wanted: Callable[[str], bool]) -> Iterator[ConnectionRecord]:
    """Yield the folded records of some days whose lines are wanted, in the order in which they ended on each day."""
    for number in range((last - first).days + 1):
        yield from _read_day(day_path(root, first + timedelta(days=number)), is_wanted)


def record_lines(root: Path, day: date) -> Iterator[str]:
    """Yield the folded records of a day as the lines that they are, for who looks at tens of thousands."""
    return _lines(day_path(root, day))


def newest_records(root: Path, before: str = "") -> Iterator[ConnectionRecord]:
    """Yield the folded records, the newest first, of those before an id where one is given. A day at a time is read."""
    for file in reversed(_day_files(root, None)):
        if not before or file.stem <= f"{before[:4]}-{before[4:6]}-{before[6:8]}":
            of_day = {record.id: record for record in _read_day(file)}
            yield from (of_day[one] for one in sorted(of_day, reverse=True) if not before or one < before)


def find_connection_record(root: Path, connection_id: str) -> ConnectionRecord | None:
    """Return the folded record of one connection; None when there is none."""
    if not is_id(connection_id):
        return None
    found = None
    for record in _read_day(day_path(root, id_time(connection_id).date()), lambda line: connection_id in line):
        found = record if record.id == connection_id else found
    return found


def delete_old_connection_records(root: Path, days: int, now: datetime) -> int:
    """Delete the connection records of days longer ago than `days`; return how many day files went."""
    if days <= 0:
        return 0
    limit, deleted = (now - timedelta(days=days)).date(), 0
    for file in (root / "connections").glob("*.jsonl"):
        with suppress(ValueError):
            if date.fromisoformat(file.stem) < limit:
                file.unlink()
                deleted += 1
    return deleted


def _append(file: Path, lines: str) -> None:
    is_new = not file.exists()
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, 0o640)
    try:
        size = os.fstat(descriptor).st_size
        # A crash may have left half a line: it must not swallow the next.
        torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        content = (("\n" if torn else "") + lines).encode()
        while content:
            content = content[os.write(descriptor, content) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        flush_folder(file.parent)


def _day_files(root: Path, since_day: date | None) -> list[Path]:
    first = since_day.isoformat() if since_day else ""
    return sorted(file for file in (root / "connections").glob("????-??-??.jsonl") if file.stem >= first)


def _read_day(file: Path, is_wanted: Callable[[str], bool] = lambda _line: True) -> Iterator[ConnectionRecord]:
    """Yield the records of a day, in the order in which they ended; only lines that are wanted are parsed."""
    for line in _lines(file):
        if is_wanted(line) and (record := _record_or_none(line)):
            yield record


def _lines(file: Path) -> Iterator[str]:
    try:
        with file.open("r", encoding="utf-8", errors="replace") as lines:
            yield from lines
    except FileNotFoundError:
        return


def _record_or_none(line: str) -> ConnectionRecord | None:
    """Half a line is what a crash leaves; its log is still there and is folded again."""
    try:
        return parse_connection_record(line)
    except ValueError:
        return None
