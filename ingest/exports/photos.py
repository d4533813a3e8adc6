"""The photos of a package: which of them belong to its deployments, their rows, and their bytes where those go too."""

import os
import re
import sqlite3
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any, Protocol

from ingest.exports.camera_facts import Shot
from ingest.exports.deployments import Deployment
from ingest.exports.gathering import shot_of
from ingest.exports.left_out import EXAMPLES, LeftOut
from ingest.exports.rows import Row, media_row, observation_rows, time_cell
from ingest.exports.sinks import Sink
from ingest.exports.spans import HOUR_S
from ingest.exports.survey import Watched
from ingest.exports.taken import Belonging, belonging
from ingest.index.places import read_sidecar
from ingest.index.rows import first_number
from ingest.outbox.results import Finding
from ingest.spool.corrections import corrected, correction_of
from ingest.spool.sidecar import Sidecar

FOLDER = "media"
_NAMES = {"camera_id": "camera", "captured_at": "time", "location": "position"}
_BATCH = 500
_PHOTOS = """
SELECT number, id, place, upload_path, unixepoch(captured_at) - unixepoch(captured_at_utc), source = 'ftps',
    unixepoch(received_at), unixepoch(captured_at_utc), latitude, longitude, location_source, make, model
FROM items INDEXED BY items_camera
WHERE camera_id = ? AND verdict = 'accepted' AND kind = 'image' AND number > ? AND number < ?
ORDER BY number LIMIT ?
"""
_OFFSET_MOST_S = 14 * HOUR_S


class Writer(Protocol):
    """What csv.writer returns."""

    def writerow(self, row: Row, /) -> Any:
        """Write a row."""


@dataclass(frozen=True)
class Photo:
    """One photo of the index. `offset_s`: how far its local time is from UTC, None where it has no time."""

    number: int
    id: str
    place: str
    upload_path: str
    offset_s: int | None
    shot: Shot


@dataclass
class Written:
    """How many photos are in a package so far, and what is doubtful or missing, by reason and camera: how often, and
    examples."""

    photos: int = 0
    doubts: dict[tuple[str, str], tuple[int, list[str]]] = field(default_factory=dict)

    def note(self, code: str, camera_id: str, item_id: str) -> None:
        """Count a doubt; the first few are named."""
        count, examples = self.doubts.get((code, camera_id), (0, []))
        self.doubts[code, camera_id] = count + 1, examples if len(examples) >= EXAMPLES else [*examples, item_id]

    def left_out(self) -> Iterator[LeftOut]:
        """Yield what was counted, each example by itself."""
        for (code, camera_id), (count, examples) in self.doubts.items():
            yield LeftOut(code, camera_id, count - len(examples) + 1, examples[0])
            yield from (LeftOut(code, camera_id, 1, one) for one in examples[1:])


@dataclass(frozen=True)
class Desk:
    """What the photos of a package are made into rows with. `wanted`: the chosen deployments by their IDs, cut to the
    chosen span; `is_whole`: nothing was chosen, so what has no deployment is told of."""

    root: Path
    sink: Sink
    media: Writer
    observations: Writer
    wanted: Mapping[str, Deployment]
    findings: Mapping[str, Finding]
    written: Written
    is_whole: bool
    with_photos: bool
    media_url: str


def photos_of(index: sqlite3.Connection, camera_id: str, before: datetime) -> Iterator[Photo]:
    """Yield a camera's accepted photos in order of arrival, from short questions: a package may take hours."""
    number, bound = -1, first_number(before)
    while rows := index.execute(_PHOTOS, (camera_id, number, bound, _BATCH)).fetchall():
        for row in rows:
            yield Photo(row[0], row[1], row[2], row[3], row[4], shot_of(tuple(row)[5:]))
        number = rows[-1][0]


def take(desk: Desk, camera: Watched, deployments: Sequence[Deployment], photo: Photo) -> Iterator[None]:
    """Write what a package has of one photo; yield after each part of its bytes."""
    home = belonging(photo.shot, deployments, camera.clocks, camera.is_placed)
    if home.deployment is None:
        if desk.is_whole:
            desk.written.note(home.code, camera.camera_id, photo.id)
        return
    wanted = desk.wanted.get(home.deployment.id)
    if wanted is None or not (wanted.span == home.deployment.span or wanted.holds(home.at_s)):
        return
    sidecar = read_sidecar(desk.root, photo.place)
    path = path_of(photo.place, wanted.id, desk)
    if sidecar is None or (desk.with_photos and not (yield from _copied(desk, photo.place, path))):
        desk.written.note("no_record", camera.camera_id, photo.id)
        return
    _write_rows(desk, camera, photo, home, sidecar, path)


def _copied(desk: Desk, place: str, path: str) -> Generator[None, None, bool]:
    """Copy a photo; return whether it was there."""
    try:
        descriptor = os.open(desk.root / place, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    with closing(os.fdopen(descriptor, "rb")) as original:
        yield from desk.sink.copy(path, original)
    return True


def _write_rows(desk: Desk, camera: Watched, photo: Photo, home: Belonging, sidecar: Sidecar, path: str) -> None:
    assert home.deployment is not None  # noqa: S101 - who calls has looked
    note = correction_of(sidecar, "camera_id")
    for code, is_so in ((home.code, home.code), ("other_id", note)):
        if is_so:
            desk.written.note(code, camera.camera_id, photo.id)
    by_hand = " ".join(told_by_hand(sidecar))
    warned = " ".join(one.message for one in corrected(sidecar).warnings)
    timestamp = _timestamp(photo, camera.zone)
    name = photo.upload_path.rpartition("/")[2]
    comment = " ".join(one for one in (home.comment, by_hand, warned) if one)
    deployment_id = home.deployment.id
    desk.media.writerow(media_row(photo.id, deployment_id, timestamp, path, name, sidecar.exif, comment))
    for row in observation_rows(photo.id, deployment_id, timestamp, desk.findings.get(photo.id)):
        desk.observations.writerow(row)
    desk.written.photos += 1


def told_by_hand(sidecar: Sidecar) -> Iterator[str]:
    """Yield a sentence for each value of a photo that a person has corrected."""
    for what, name in _NAMES.items():
        if note := correction_of(sidecar, what):
            yield f"The {name} was corrected{_was(note.was)} by {note.by}."


def _was(value: Any) -> str:
    told = (
        value.get("captured_at") or f"{value['latitude']}, {value['longitude']}" if isinstance(value, dict) else value
    )
    return f" from {told}" if told else ""


def _timestamp(photo: Photo, zone: tzinfo) -> str:
    """Return when a photo was taken by its clock, with the offset that it was read by."""
    offset_s = photo.offset_s
    if offset_s is not None and abs(offset_s) <= _OFFSET_MOST_S and offset_s % 60 == 0:
        zone = timezone(timedelta(seconds=offset_s))
    return time_cell(photo.shot.captured_s or 0, zone)


def path_of(place: str, deployment_id: str, desk: Desk) -> str:
    """Return where a photo is found: in the package, at the address of the archive, or below the spool root.

    Two dots in a row are no part of a path in a package.
    """
    if desk.with_photos:
        return f"{FOLDER}/{_dotless(deployment_id, '.')}/{_dotless(place.rpartition('/')[2], '.')}"
    prefix = f"{desk.media_url.rstrip('/')}/" if desk.media_url else ""
    return prefix + _dotless(place, ".%2E")


def _dotless(text: str, instead: str) -> str:
    return re.sub(r"\.\.+", lambda found: instead if instead == "." else instead * (len(found[0]) // 2), text)
