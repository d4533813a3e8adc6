"""The cameras as they are doing, and what there is to do about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec import UNSET, UnsetType

from ingest.fleet import health
from ingest.fleet.attention import Attention, AttentionKind
from ingest.fleet.health import CameraState
from ingest.fleet.trend import read_trend
from ingest.fleet.visits import visits
from ingest.spool.stamp import utc_text
from webadmin.api.items import Words
from webadmin.api.operation import CameraId, Limit, NothingThereError, cut
from webadmin.cameras.filtering import FleetFilter, matching
from webadmin.context import context
from webadmin.display import page_time


@dataclass(frozen=True)
class CamerasQuestion:
    """Which cameras, in the order of their IDs: by state, by what needs attention, by words in ID, name and notes."""

    state: CameraState | UnsetType = UNSET
    attention: AttentionKind | UnsetType = UNSET
    q: Words | UnsetType = UNSET
    after: CameraId | UnsetType = UNSET
    limit: Limit = 100


@dataclass(frozen=True)
class CameraQuestion:
    """Which camera."""

    id: CameraId


@dataclass(frozen=True)
class Camera:
    """How a camera is doing. `state`: it is heard of, it is silent, or it never was. Figures are of its last report,
    and null where none told them. `clock_error_s` is positive where its clock is behind, `clock` says so in words.
    `attention` is what somebody should look at, the most urgent first, each with what to do."""

    id: str
    name: str
    notes: str
    profile: str | None
    state: CameraState
    is_registered: bool
    last_contact_at: str | None
    last_image_at: str | None
    last_image_id: str | None
    last_report_at: str | None
    images: int
    images_sent: int | None
    rejected: int
    battery_percent: int | None
    battery_volts: float | None
    signal_csq: int | None
    signal_dbm: float | None
    signal_percent: float | None
    temperature_c: float | None
    sd_used_percent: float | None
    clock_error_s: int | None
    clock: str | None
    latitude: float | None
    longitude: float | None
    called: tuple[str, ...]
    attention: tuple[Attention, ...]


@dataclass(frozen=True)
class Cameras:
    """A page of cameras. `next` is what to ask `after` for the next one; null: there is none."""

    cameras: tuple[Camera, ...]
    next: str | None


@dataclass(frozen=True)
class CameraWhole:
    """A camera, and its record: what people have entered about it; null where nobody has."""

    camera: Camera
    record: Mapping[str, Any] | None


@dataclass(frozen=True)
class Visit:
    """A camera to go to, and what to see to there."""

    camera_id: str
    name: str
    latitude: float | None
    longitude: float | None
    things: tuple[Attention, ...]


@dataclass(frozen=True)
class Visits:
    """All cameras to go to, the most urgent first."""

    visits: tuple[Visit, ...]


def read_cameras(asked: CamerasQuestion) -> Cameras:
    """Return a page of cameras."""
    return page_of(context().fleet(page_time()), asked)


def page_of(fleet: list[health.Camera], asked: CamerasQuestion) -> Cameras:
    """Return the page of a fleet that a question asks for. Pure."""
    found = [
        camera
        for camera in matching(fleet, FleetFilter(q="" if asked.q is UNSET else asked.q))
        if asked.state in (UNSET, camera.state)
        and (asked.attention is UNSET or any(one.kind == asked.attention for one in camera.attention))
        and (asked.after is UNSET or camera.id > asked.after)
    ]
    found.sort(key=lambda camera: camera.id)
    return Cameras(*cut(map(camera_of, found), asked.limit))


def read_camera(asked: CameraQuestion) -> CameraWhole:
    """Return one camera with its record."""
    here = context()
    found = next((camera for camera in here.fleet(page_time()) if camera.id == asked.id), None)
    if found is None:
        raise NothingThereError
    return CameraWhole(camera_of(found), here.camera_records.all(here.root).get(found.id))


def read_visits(_asked: object) -> Visits:
    """Return where to go."""
    here, now = context(), page_time()
    with here.index() as index:
        planned = visits(here.fleet(now), lambda camera: read_trend(index, camera, now))
    return Visits(tuple(Visit(one.camera.id, one.camera.name, *_position(one.camera), one.things) for one in planned))


def camera_of(camera: health.Camera) -> Camera:
    """Return a camera as it is told to programs."""
    latitude, longitude = _position(camera)
    return Camera(
        id=camera.id,
        name=camera.name,
        notes=camera.notes,
        profile=camera.profile,
        state=camera.state,
        is_registered=camera.registered,
        last_contact_at=_text(camera.contact),
        last_image_at=camera.last_image_at,
        last_image_id=camera.last_image_id,
        last_report_at=camera.last_report_at,
        images=camera.images,
        images_sent=camera.images_sent,
        rejected=camera.rejected,
        battery_percent=camera.battery_percent,
        battery_volts=camera.battery_volts,
        signal_csq=camera.signal_csq,
        signal_dbm=camera.signal_dbm,
        signal_percent=camera.signal_percent,
        temperature_c=camera.temperature_c,
        sd_used_percent=camera.sd_used_percent,
        clock_error_s=camera.clock.seconds if camera.clock else None,
        clock=camera.clock.words if camera.clock else None,
        latitude=latitude,
        longitude=longitude,
        called=camera.called,
        attention=camera.attention,
    )


def _position(camera: health.Camera) -> tuple[float | None, float | None]:
    return camera.position or (None, None)


def _text(moment: datetime | None) -> str | None:
    return utc_text(moment) if moment else None
