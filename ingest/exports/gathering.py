"""Reads what the gateway has of each camera: the index, the admins' camera records, the incidents."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from itertools import groupby
from pathlib import Path
from typing import Any

from ingest.alerts.gateway import BLIND, NOBODY
from ingest.alerts.memory import read_memory
from ingest.alerts.rhythm import merged
from ingest.exports.camera_facts import CameraFacts, Shot, Told
from ingest.exports.spans import Span, at_s
from ingest.fleet.camera_records import camera_name
from ingest.index.feeds import RECORD
from ingest.index.rows import first_number
from ingest.settings.values import Settings
from ingest.spool.camera_records import zone_in
from ingest.spool.incidents import incidents_in
from ingest.spool.sites import Record, sites_in
from ingest.spool.stamp import parse_utc
from ingest.vocabulary import BY_PROFILE, SELF_TEST

_ITEMS = """
SELECT camera_id, kind = 'image', reason, source = 'ftps', unixepoch(received_at), unixepoch(captured_at_utc),
    latitude, longitude, location_source, make, model
FROM items WHERE camera_id IS NOT NULL AND profile IS NOT ? AND number < ? ORDER BY camera_id, number
"""
_REPORTS = """
SELECT unixepoch(received_at), reported_at, battery_percent, sd_used_percent, images_total, images_sent
FROM reports INDEXED BY reports_camera WHERE camera_id = ? ORDER BY received_at
"""
_DAYS = "SELECT unixepoch(first_at), unixepoch(last_at) FROM contact_days WHERE camera_id = ?"
"""Of what was deleted since, the days on which it came are still known."""


def camera_facts(
    index: sqlite3.Connection, records: Mapping[str, Record], settings: Settings, now: datetime
) -> Iterator[CameraFacts]:
    """Yield what is known of each camera of which anything came before now, in order of their IDs."""
    for camera_id, rows in _grouped(index.execute(_ITEMS, (SELF_TEST, first_number(now)))):
        record = records.get(camera_id)
        zone = zone_in(record) or settings.zone
        told = index.execute(_REPORTS, (camera_id,)).fetchall()
        days = [at for day in index.execute(_DAYS, (camera_id,)) for at in day if at <= now.timestamp()]
        yield _facts(camera_id, record, zone, rows, told, days)


def _grouped(cursor: sqlite3.Cursor) -> Iterator[tuple[str, list[sqlite3.Row]]]:
    for camera_id, rows in groupby(cursor, key=lambda row: row[0]):
        yield camera_id, list(rows)


def _facts(
    camera_id: str,
    record: Record | None,
    zone: tzinfo,
    rows: Sequence[sqlite3.Row],
    reports: Sequence[sqlite3.Row],
    days: Sequence[int],
) -> CameraFacts:
    photos = [(row[2], shot_of(tuple(row)[3:])) for row in rows if row[1]]
    placed = next(((row[6], row[7]) for row in rows if row[1] and row[2] is None and row[6] is not None), None)
    return CameraFacts(
        camera_id,
        zone,
        sites_in(record),
        camera_name(dict(record) if record else None),
        tuple(shot for reason, shot in photos if reason is None),
        tuple(_told(row, zone) for row in reports),
        tuple(shot for reason, shot in photos if reason in BY_PROFILE),
        (*(row[4] for row in rows if row[3]), *days),
        placed,
    )


def shot_of(columns: Sequence[Any]) -> Shot:
    """Return a photo by whether its camera sent it, when it arrived and was taken, latitude, longitude, where those
    are from, make and model."""
    is_live, received_s, captured_s, latitude, longitude, source, make, model = columns
    position = None if latitude is None or source == RECORD else (latitude, longitude)
    return Shot(captured_s, received_s, bool(is_live), position, "-".join(one for one in (make, model) if one))


def _told(row: sqlite3.Row, zone: tzinfo) -> Told:
    received_s, reported_at, *figures = row
    return Told(received_s, _local(reported_at, zone), *figures)


def _local(text: str | None, zone: tzinfo) -> int | None:
    """Return a moment of a report in seconds; None where it tells none that can be counted."""
    try:
        return at_s(datetime.fromisoformat(text), zone) if text else None
    except (ValueError, OverflowError):
        return None


def times_away(root: Path, now: datetime) -> tuple[Span, ...]:
    """Return when the gateway itself kept cameras out, or was off, as far as its incidents and its alerts know."""
    spans = [(int(since.timestamp()), int(until.timestamp())) for since, until in read_memory(root).away]
    for one in incidents_in(root):
        if one.rule in BLIND or one.rule == NOBODY:
            ended = parse_utc(one.ended_at) if one.ended_at else now
            spans.append((int(parse_utc(one.began_at).timestamp()), int(ended.timestamp())))
    return merged(span for span in spans if span[0] < span[1])
