"""All cameras at once, from the index and the records: what the table, the map and the overview show."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from webadmin.camera_records import CameraRecords
from webadmin.cameras.attention import Refusal, urgency
from webadmin.cameras.health import Camera, never_seen, read_camera
from webadmin.cameras.other_names import only_names
from webadmin.cameras.refusals import read_refusals
from webadmin.cameras.texts import read_texts, texts_of
from webadmin.drawing.maps import Box

_SELECT = """
SELECT cameras.*, battery_percent, battery_volts, signal_csq, signal_dbm, signal_percent, temperature_c,
    sd_used_percent, images_total, images_sent
FROM cameras LEFT JOIN reports ON reports.id = cameras.last_report_id
"""

SORTS = {
    "attention": lambda camera: (urgency(camera.attention), camera.title.casefold()),
    "name": lambda camera: camera.title.casefold(),
    "contact": lambda camera: -(camera.contact.timestamp() if camera.contact else 0),
    "silence": lambda camera: camera.contact.timestamp() if camera.contact else float("inf"),
    "battery": lambda camera: (camera.battery_percent is None, camera.battery_percent or 0),
    "signal": lambda camera: (camera.signal is None, camera.signal.strength if camera.signal else 0),
    "sd": lambda camera: (camera.sd_used_percent is None, -(camera.sd_used_percent or 0)),
    "photos": lambda camera: -camera.images,
}


@dataclass(frozen=True)
class FleetFilter:
    """Which cameras: a state or a kind of attention, words in ID, names or notes, and a part of the map."""

    show: str = ""
    q: str = ""
    sort: str = "attention"
    box: Box | None = None


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


def matching(cameras: Sequence[Camera], wanted: FleetFilter) -> list[Camera]:
    """Return the cameras that a filter asks for, in its order."""
    words = wanted.q.casefold().split()
    found = [
        camera
        for camera in cameras
        if _shows(camera, wanted.show)
        and (wanted.box is None or _lies_in(camera.position, wanted.box))
        and all(
            word in f"{camera.id} {camera.name} {camera.notes} {' '.join(camera.called)}".casefold() for word in words
        )
    ]
    return sorted(found, key=SORTS.get(wanted.sort, SORTS["attention"]))


def _shows(camera: Camera, show: str) -> bool:
    if show in ("active", "silent", "never"):
        return camera.state == show
    if show == "attention":
        return bool(camera.attention)
    return not show or any(one.kind == show for one in camera.attention)


def _lies_in(position: tuple[float, float] | None, box: Box) -> bool:
    south, west, north, east = box
    return position is not None and south <= position[0] <= north and west <= position[1] <= east


def tally(cameras: Sequence[Camera]) -> dict[str, int]:
    """Count cameras by state and by what needs attention."""
    counts: dict[str, int] = {"attention": 0}
    for camera in cameras:
        counts[camera.state] = counts.get(camera.state, 0) + 1
        counts["attention"] += bool(camera.attention)
        for one in camera.attention:
            if one.kind != camera.state:
                counts[one.kind] = counts.get(one.kind, 0) + 1
    return counts
