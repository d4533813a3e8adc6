"""Which log-ins were refused lately, from the records of connections: read without those in which all went well."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from ingest.connections.record import ConnectionRecord, parse_connection_record
from ingest.connections.store import day_path
from ingest.spool.stamp import parse_utc

_NONE = '"logins_refused": []'


def refused_since(root: Path, since: datetime, now: datetime) -> Iterator[ConnectionRecord]:
    """Yield the connections since a moment in which a log-in was refused."""
    day = since.date()
    while day <= now.date():
        for line in _lines(day_path(root, day)):
            record = _record(line)
            if record and parse_utc(record.started_at) >= since:
                yield record
        day += timedelta(days=1)


def _lines(file: Path) -> Iterator[str]:
    try:
        with file.open("r", encoding="utf-8", errors="replace") as lines:
            yield from (line for line in lines if _NONE not in line)
    except FileNotFoundError:
        return


def _record(line: str) -> ConnectionRecord | None:
    """Half a line is what a crash leaves."""
    try:
        return parse_connection_record(line)
    except ValueError:
        return None
