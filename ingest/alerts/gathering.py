"""Reads what rules look at: status, the index, the admins' records, the records of connections."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import Any

from ingest.alerts.judging import away_now
from ingest.alerts.memory import ASLEEP, Memory
from ingest.alerts.rhythm import LEARNED_DAYS, Span, awake_h
from ingest.alerts.trouble import Counters, Facts, RefusedLogIns
from ingest.connections.refused import refused_since
from ingest.errors import CamspoolError
from ingest.fleet.camera_records import CameraRecords
from ingest.fleet.cameras import read_fleet
from ingest.fleet.causes import read_causes
from ingest.fleet.health import Camera
from ingest.fleet.refusals import read_refusals
from ingest.fleet.trend import Trend, read_trend
from ingest.index.contacts import Contacts, contacts_since
from ingest.index.feeds import Sighting, sightings_of
from ingest.index.reindex import is_complete
from ingest.index.store import read_index
from ingest.settings.values import Settings
from ingest.spool.camera_accounts import camera_accounts
from ingest.spool.incidents import Incident
from ingest.spool.stamp import parse_utc, utc_text

DAY = timedelta(days=1)
PAUSE_DAYS = 14
PAUSE_FLEET_MIN = 3
"""Of fewer cameras, the pause between any two says nothing that each alone does not."""
COUNTED_DAYS, COUNTED_REPORTS = 8, 4
_REPORTS = """
SELECT camera_id, substr(received_at, 1, 10), images_total, images_sent FROM reports INDEXED BY reports_said
WHERE received_at >= ? AND images_total IS NOT NULL AND images_sent IS NOT NULL ORDER BY camera_id, received_at DESC
"""
_OLD = "SELECT last_received_at FROM cameras WHERE camera_id = ?"
_HOURS = "SELECT DISTINCT hour FROM hours WHERE hour >= ? ORDER BY hour"


def gather(
    settings: Settings,
    parts: Sequence[Mapping[str, Any]],
    open_: Sequence[Incident],
    memory: Memory,
    now: datetime,
    asleep: timedelta = ASLEEP,
) -> Facts:
    """Return what the gateway knows now. Where the index cannot be read, only what needs none."""
    away = away_now(memory, open_, now, asleep)
    facts: dict[str, Any] = {
        "now": now,
        "settings": settings.alerts,
        "zone": settings.zone,
        "silent_after_days": settings.cameras.silent_after_days,
        "parts": {part["name"]: part for part in parts},
        "log_ins": _log_ins(settings, now),
        "away": away,
        "outages": memory.outages,
        "open": open_,
    }
    try:
        with closing(read_index(settings.root)) as index:
            if not is_complete(index):
                raise CamspoolError("The index is made anew.")
            facts |= _of_index(index, settings, open_, away, now)
    except (sqlite3.Error, CamspoolError):
        facts["knows_cameras"] = False
    return Facts(**facts)


def _of_index(
    index: sqlite3.Connection, settings: Settings, open_: Sequence[Incident], away: Sequence[Span], now: datetime
) -> dict[str, Any]:
    records = CameraRecords()
    days = settings.cameras.silent_after_days
    cameras = {one.id: one for one in read_fleet(index, records, settings.root, now, days, {})}
    contacts = [one for one in _contacts(index, open_, now) if one.camera_id in cameras]
    heard = max((one.days[-1][1] for one in contacts), default=None)
    return {
        "cameras": cameras,
        "trends": _trends(index, cameras, now),
        "records": records.all(settings.root),
        "orientations": _orientations(index),
        "contacts": contacts,
        "counters": list(_counters(index, now)),
        "refusals": read_refusals(index, now),
        "causes": read_causes(index, now),
        "sightings": _sightings(index, cameras),
        "last_heard_at": heard,
        "longest_pause_h": longest_pause_h(_hours_heard(index, now), away, heard)
        if len(contacts) >= PAUSE_FLEET_MIN
        else None,
    }


def _contacts(index: sqlite3.Connection, open_: Sequence[Incident], now: datetime) -> Iterator[Contacts]:
    """Yield the contacts of the last weeks, and of cameras that are known to be silent for longer their last one."""
    seen = set()
    for contacts in contacts_since(index, f"{now - timedelta(days=LEARNED_DAYS):%Y-%m-%d}"):
        seen.add(contacts.camera_id)
        yield contacts
    for camera_id in sorted(
        {one for incident in open_ if incident.rule == "silent" for one in incident.cameras} - seen
    ):
        if row := index.execute(_OLD, (camera_id,)).fetchone():
            last_at = parse_utc(row[0])
            yield Contacts(camera_id, None, ((last_at, last_at),))


def _trends(index: sqlite3.Connection, cameras: Mapping[str, Camera], now: datetime) -> dict[str, Trend]:
    active = (one for one in cameras.values() if one.state == "active" and one.battery_percent is not None)
    return {camera.id: read_trend(index, camera, now) for camera in active}


def _orientations(index: sqlite3.Connection) -> dict[str, tuple[int, ...]]:
    rows = index.execute("SELECT camera_id, orientations FROM cameras WHERE orientations IS NOT NULL")
    return {row[0]: tuple(int(one) for one in row[1].split()) for row in rows}


def _counters(index: sqlite3.Connection, now: datetime) -> Iterator[Counters]:
    rows = index.execute(_REPORTS, (utc_text(now - COUNTED_DAYS * DAY),))
    for camera_id, found in groupby(rows, key=lambda row: row[0]):
        of_day: dict[str, tuple[int, int]] = {}
        for _, day, taken, sent in found:
            of_day.setdefault(day, (taken, sent))
        last = list(of_day.values())[:COUNTED_REPORTS]
        yield Counters(camera_id, tuple(taken for taken, _ in last), tuple(sent for _, sent in last))


def _sightings(index: sqlite3.Connection, cameras: Mapping[str, Camera]) -> dict[str, Sequence[Sighting]]:
    return {one.id: sightings_of(index, one.id) for one in cameras.values() if one.clock and one.clock.is_wrong}


def _hours_heard(index: sqlite3.Connection, now: datetime) -> list[datetime]:
    since = now - timedelta(days=PAUSE_DAYS)
    return [parse_utc(f"{row[0]}:00:00+00:00") for row in index.execute(_HOURS, (f"{since:%Y-%m-%dT%H}",))]


def longest_pause_h(hours: Sequence[datetime], away: Sequence[Span], heard: datetime | None) -> float | None:
    """Return the longest time without any camera between the hours in which there was one; None where they are not
    known for a week."""
    past = [hour for hour in hours if heard is None or hour <= heard]
    if len(past) < 2 or past[-1] - past[0] < timedelta(days=PAUSE_DAYS / 2):
        return None
    return max(awake_h((earlier, later), away) for earlier, later in pairwise(past))


def _log_ins(settings: Settings, now: datetime) -> list[RefusedLogIns]:
    """Return the log-ins that were refused to who knows the name of an account: of others there are always some."""
    accounts = {settings.ftps.account, *settings.ftps.accounts, *settings.ftps.shared_accounts}
    accounts |= set(camera_accounts(settings.root))
    found: dict[str, list[tuple[datetime, str | None]]] = {}
    for record in refused_since(settings.root, now - DAY, now):
        for account in _named(record.logins_refused, accounts):
            found.setdefault(account, []).append((parse_utc(record.started_at), record.client))
    return [
        RefusedLogIns(name, len(times), times[-1][1], times[0][0], times[-1][0])
        for name, times in ((name, sorted(times, key=lambda one: one[0])) for name, times in sorted(found.items()))
    ]


def _named(refused: Sequence[str], accounts: Collection[str]) -> Iterator[str]:
    yield from (name for name in refused if name in accounts)
