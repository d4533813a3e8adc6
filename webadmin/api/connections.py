"""FTPS connections: who came, what was sent, what went wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from ingest.connections.probes import is_probe
from ingest.connections.record import ConnectionRecord
from ingest.connections.store import has_ended, live_logs, newest_records, read_live
from webadmin.api.operation import After, Limit
from webadmin.context import context
from webadmin.setup.recent_connections import ConnectionState, connection_state, so_far

LOOKED_AT_MAX = 20_000
"""So many connections are looked at for a page; then it ends where it has got to, and `next` leads on."""

Account = Annotated[str, Meta(min_length=1, max_length=64, description="The FTPS account that logged in.")]
Client = Annotated[str, Meta(min_length=1, max_length=64, description="The address that it came from.")]


@dataclass(frozen=True)
class ConnectionsQuestion:
    """Which connections, the newest first."""

    state: ConnectionState | UnsetType = UNSET
    account: Account | UnsetType = UNSET
    client: Client | UnsetType = UNSET
    after: After | UnsetType = UNSET
    limit: Limit = 100


@dataclass(frozen=True)
class Connection:
    """One FTPS connection. `state`: files came through, nothing was sent, something failed. `is_live`: it lasts."""

    state: ConnectionState
    is_live: bool
    record: ConnectionRecord


@dataclass(frozen=True)
class Connections:
    """A page of connections; the gateway's own looks at its ports are left out. `next` is what to ask `after` for the
    next one, which may come after a page that is not full; null: there is none."""

    connections: tuple[Connection, ...]
    next: str | None


def read_connections(asked: ConnectionsQuestion) -> Connections:
    """Return a page of connections."""
    found: list[Connection] = []
    last = ""
    after = "" if asked.after is UNSET else asked.after
    for looked, one in enumerate(_newest(context().root, after), 1):
        if len(found) == asked.limit or looked > LOOKED_AT_MAX:
            return Connections(tuple(found), last)
        last = one.record.id
        if _is_wanted(one, asked):
            found.append(one)
    return Connections(tuple(found), None)


def _is_wanted(one: Connection, asked: ConnectionsQuestion) -> bool:
    return (
        asked.state in (UNSET, one.state)
        and asked.account in (UNSET, one.record.account)
        and asked.client in (UNSET, one.record.client)
    )


def _newest(root: Path, before: str) -> Iterator[Connection]:
    """Yield all connections before an id ('': all), the newest first: those without a record yet, then the others."""
    logs = [log for log in reversed(live_logs(root)) if not before or log.stem < before]
    live = {log.stem: (record, not has_ended(log)) for log in logs if (record := read_live(root, log.stem))}
    for record, lasts in live.values():
        if lasts or not is_probe(record):
            yield _told(so_far(record) if lasts else record, lasts)
    ended = (one for one in newest_records(root, before) if one.id not in live and not is_probe(one))
    yield from (_told(one, False) for one in ended)


def _told(record: ConnectionRecord, is_live: bool) -> Connection:
    return Connection(connection_state(record, is_live), is_live, record)
