"""How one camera is doing: state, figures and what needs attention, from its index row and its record. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from ingest.fleet.attention import Attention, Refusal, attention
from ingest.fleet.clock import ClockError, clock_error
from ingest.fleet.positions import still_positions, whereabouts
from ingest.fleet.signals import CSQ_UNKNOWN, Signal, read_signal
from ingest.fleet.texts import given_name
from ingest.spool.camera_records import tags_in
from ingest.spool.carried import carried_in
from ingest.spool.sites import sites_in
from ingest.spool.stamp import parse_utc

CameraState = Literal["active", "silent", "never"]
"""It is heard of, it is not any more, it never was."""


@dataclass(frozen=True)
class Camera:
    """What the table shows of a camera. Figures are None when no report told them."""

    id: str
    name: str
    notes: str
    profile: str | None
    state: CameraState
    contact: datetime | None
    last_image_at: str | None
    last_report_at: str | None
    images: int
    rejected: int
    battery_percent: int | None
    battery_volts: float | None
    signal: Signal | None
    signal_csq: int | None
    signal_dbm: float | None
    signal_percent: float | None
    temperature_c: float | None
    sd_used_percent: float | None
    images_sent: int | None
    clock: ClockError | None
    position: tuple[float, float] | None
    attention: tuple[Attention, ...]
    registered: bool
    last_image_id: str | None = None
    called: tuple[str, ...] = ()
    """What its files call it, where that is not its ID."""
    home: tuple[float, float] | None = None
    """Where its first photo was taken."""
    tags: tuple[str, ...] = ()
    """By which people group cameras."""

    @property
    def title(self) -> str:
        """The name, or the ID as people wrote it."""
        return self.name or given_name(self.id, self.called) or self.id


def read_camera(
    row: Mapping[str, Any],
    record: Mapping[str, Any] | None,
    now: datetime,
    silent_after_days: int,
    refusal: Refusal | None = None,
    called: tuple[str, ...] = (),
) -> Camera:
    """Judge a camera by its row of the index (joined with its last report) and the record that admins keep.

    `refusal` is why its files are rejected lately, when they are; `called` what its files call it.
    """
    record = record or {}
    contact = parse_utc(row["last_received_at"]) if row["last_received_at"] else None
    state = camera_state(contact, now, silent_after_days)
    clock = clock_error(row["clock_errors_s"], now)
    positions = still_positions(json.loads(row["positions"] or "[]"), carried_in(record))
    position, moved = whereabouts(positions, sites_in(record), _pair(row["home"]))
    silent_days = (now - contact).days if state == "silent" and contact else None
    return Camera(
        id=row["camera_id"],
        name=_text(record.get("name")),
        notes=_text(record.get("notes")),
        profile=row["profile"],
        state=state,
        contact=contact,
        last_image_at=row["last_image_at"],
        last_report_at=row["last_report_at"],
        images=row["images_accepted"],
        rejected=row["rejected"],
        battery_percent=row["battery_percent"],
        battery_volts=row["battery_volts"],
        signal=read_signal(row),
        signal_csq=row["signal_csq"] if row["signal_csq"] != CSQ_UNKNOWN else None,
        signal_dbm=row["signal_dbm"],
        signal_percent=row["signal_percent"],
        temperature_c=row["temperature_c"],
        sd_used_percent=row["sd_used_percent"],
        images_sent=row["images_sent"],
        clock=clock,
        position=position,
        home=_pair(row["home"]),
        attention=tuple(attention(row, silent_days, clock, moved, refusal)),
        registered=bool(record) and record.get("registered", True) is True,
        last_image_id=row["last_image_id"],
        called=called,
        tags=tags_in(record),
    )


def never_seen(camera_id: str, record: Mapping[str, Any], called: tuple[str, ...] = ()) -> Camera:
    """Return a camera that has a record and was never heard of: no reason for alarm."""
    empty: dict[str, Any] = dict.fromkeys(
        ("profile", "last_received_at", "last_image_at", "last_report_at", "clock_errors_s", "positions", "home",
         "battery_percent", "battery_volts", "signal_csq", "signal_dbm", "signal_percent", "temperature_c",
         "sd_used_percent", "images_sent", "last_image_id")
    )  # fmt: skip
    row = {**empty, "camera_id": camera_id, "images_accepted": 0, "rejected": 0}
    return read_camera(row, record, datetime.now(UTC), 1, called=called)


def camera_state(contact: datetime | None, now: datetime, silent_after_days: int) -> CameraState:
    """Return active, silent or never: by contact, which is our clock, never by the camera's."""
    if contact is None:
        return "never"
    return "silent" if now - contact > timedelta(days=silent_after_days) else "active"


def _pair(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    latitude, longitude = json.loads(text)
    return latitude, longitude


def _text(value: object) -> str:
    """Return what a person wrote, without characters that cannot be seen."""
    return "".join(one for one in value if one.isprintable() or one == "\n") if isinstance(value, str) else ""
