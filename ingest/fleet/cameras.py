"""All cameras at once, from the index and their records."""

import sqlite3
from datetime import datetime
from pathlib import Path

from ingest.fleet.attention import Refusal
from ingest.fleet.camera_records import CameraRecords
from ingest.fleet.health import Camera, never_seen, read_camera
from ingest.fleet.other_names import only_names
from ingest.fleet.refusals import read_refusals
from ingest.fleet.texts import read_texts, texts_of

_SELECT = """
SELECT cameras.*, battery_percent, battery_volts, signal_csq, signal_dbm, signal_percent, temperature_c,
    sd_used_percent, images_total, images_sent
FROM cameras LEFT JOIN reports ON reports.id = cameras.last_report_id
"""

Judged = dict[str, tuple[tuple[object, ...], object, Refusal | None, tuple[str, ...], str, Camera]]
"""Cameras as judged before, with the row, record, refusal, texts and hour that they were judged by."""


def read_fleet(
    index: sqlite3.Connection, records: CameraRecords, root: Path, now: datetime, silent_days: int, judged: Judged
) -> list[Camera]:
    """Return every camera: those that were heard of, and those that only have a record.

    What was judged by the same row and record within this hour is not judged again. An ID that is only another name of
    a camera is none itself.
    """
    known, hour = records.all(root), now.strftime("%dT%H")
    refusals, texts = read_refusals(index, now), read_texts(index)
    cameras = []
    for row in index.execute(_SELECT):
        camera_id, values = row["camera_id"], tuple(row)
        record, refusal, called = known.get(camera_id), refusals.get(camera_id), texts.get(camera_id, ())
        before = judged.get(camera_id)
        if before is None or before[:5] != (values, record, refusal, called, hour):
            camera = read_camera(row, record, now, silent_days, refusal, called)
            before = judged[camera_id] = (values, record, refusal, called, hour, camera)
        cameras.append(before[5])
    seen = {camera.id for camera in cameras}
    cameras += [never_seen(camera_id, record) for camera_id, record in known.items() if camera_id not in seen]
    names = only_names(known)
    return [camera for camera in cameras if camera.id not in names]


def find_camera(
    index: sqlite3.Connection, records: CameraRecords, root: Path, camera_id: str, now: datetime, silent_days: int
) -> Camera | None:
    """Return one camera; None when nobody has heard of it or written about it, and no file names it."""
    record = records.all(root).get(camera_id)
    row = index.execute(f"{_SELECT} WHERE cameras.camera_id = ?", (camera_id,)).fetchone()
    if row is None:
        is_known = record is not None or _is_named(index, camera_id)
        return never_seen(camera_id, record or {}, texts_of(index, camera_id)) if is_known else None
    refusal = read_refusals(index, now, camera_id).get(camera_id)
    return read_camera(row, record, now, silent_days, refusal, texts_of(index, camera_id))


def _is_named(index: sqlite3.Connection, camera_id: str) -> bool:
    """Say whether a file names the camera: one that an admin handed in is no contact, but it links to the camera."""
    query = "SELECT 1 FROM items INDEXED BY items_camera WHERE camera_id = ? LIMIT 1"
    return index.execute(query, (camera_id,)).fetchone() is not None
