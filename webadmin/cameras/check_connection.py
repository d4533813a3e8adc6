"""What the check page says of a camera's newest connection beside the photo that came by it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ingest.connections.record import ConnectionRecord
from ingest.spool.stamp import id_time
from webadmin.display import duration
from webadmin.setup.recent_connections import connection_state

SAME_ADDRESS_S = 3600.0
"""How long another connection from the address of a camera's last file counts as the camera's: addresses are shared."""


@dataclass(frozen=True)
class LastSent:
    """By which connection, account and address a camera sent its last file; None for what is not known."""

    connection: str | None
    account: str | None
    client: str | None


def connection_trouble(
    records: Iterable[tuple[ConnectionRecord, bool]], camera_id: str, last: LastSent | None, now: datetime
) -> tuple[str, str] | None:
    """Return state and words of the camera's newest connection when something in it needs a hand; None otherwise.

    `records` come newest first. A connection is the camera's when it brought its last file, when its account is the
    camera's ID, or when it brought nothing from the address of the last file. Whoever reads this has not logged in: no
    account that was tried is named.
    """
    for record, is_live in records:
        state = connection_state(record, is_live)
        if last and record.id == last.connection:
            return (state, " ".join(record.failures)) if record.failures else None
        if last and last.connection and record.id < last.connection:
            return None
        if camera_id in (record.account, *record.logins_refused):
            return None if state == "good" else (state, f"{_age(record, now)} ago: {_said(record)}")
        if state != "good" and _is_near(record, last, now):
            return state, f"{_age(record, now)} ago, from the address of its last file: {_said(record)}"
    return None


def _is_near(record: ConnectionRecord, last: LastSent | None, now: datetime) -> bool:
    if last is None or last.client is None or record.client != last.client:
        return False
    return record.account in (None, last.account) and (now - id_time(record.id)).total_seconds() < SAME_ADDRESS_S


def _age(record: ConnectionRecord, now: datetime) -> str:
    return duration((now - id_time(record.id)).total_seconds())


def _said(record: ConnectionRecord) -> str:
    if record.logins_refused:
        return "The log-in was refused: wrong account or password."
    return record.what_happened
