"""Which log-ins were refused lately, from the records of connections: read without those in which all went well."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ingest.connections.record import ConnectionRecord
from ingest.connections.store import records_since
from ingest.spool.stamp import parse_utc

_NONE = '"logins_refused": []'


def refused_since(root: Path, since: datetime, now: datetime) -> Iterator[ConnectionRecord]:
    """Yield the connections since a moment in which a log-in was refused."""
    found = records_since(root, since.date(), now.date(), lambda line: _NONE not in line)
    yield from (record for record in found if parse_utc(record.started_at) >= since)
