"""What a person wants corrected, and the notes that this makes in one sidecar. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ingest.profiles.sources import RECORD
from ingest.reading.location import Position
from ingest.spool.clock_spans import ClockFault, fault_in
from ingest.spool.corrections import CORRECTABLE, can_be, corrected, correction_of, with_correction
from ingest.spool.names import one_line
from ingest.spool.sidecar import Sidecar
from ingest.spool.sites import Site, local_moment
from ingest.spool.stamp import parse_utc
from ingest.verdict.right_time import TOLERANCE, Said, said_in, time_value

WHY_MAX_CHARACTERS = 500
THE_CAMERAS = "camera"
"""Stands for the position of each file's camera."""
_EXPECTED = {
    "camera_id": "the ID of a camera",
    "captured_at": "a local time such as 2026-04-01T14:00:00, or how the clock is wrong",
    "location": "a latitude and a longitude that are not both 0",
}


@dataclass(frozen=True)
class Surroundings:
    """What the notes on a file depend on: the zone of its clock, by its camera and its profile, where that camera
    stood at a moment of its local time, and where it is, as far as its photos tell."""

    zone: Callable[[str | None, str | None], ZoneInfo]
    site: Callable[[str | None, datetime | None], Site | None]
    position: Callable[[str | None], Position | None] = lambda _: None


@dataclass(frozen=True)
class Wanted:
    """What to correct, each to which value (None: as it was read), on whose word, when and why.

    `captured_at` may be a local time, the same for every file, or a `ClockFault`, by which each file's own is mended;
    `location` may be THE_CAMERAS.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""
    at: str = ""
    why: str = ""

    @property
    def objection(self) -> str | None:
        """Say why nobody can want this; None when all is well."""
        if not self.values or not self.values.keys() <= CORRECTABLE:
            return f"Only {', '.join(sorted(CORRECTABLE))} can be corrected."
        wrong = next((what for what, value in self.values.items() if not _can_be_wanted(what, value)), None)
        if wrong is None:
            return None
        return f"{one_line(repr(self.values[wrong]), 80)} cannot be the {wrong} of a file; expected {_EXPECTED[wrong]}."


def wanted_by(request: Mapping[str, Any]) -> Wanted:
    """Return what a request asks for: `values`, or one of them as `what` and `value`. None asks for what was read."""
    by, at, why = (str(request.get(key) or "") for key in ("by", "at", "why"))
    values = request.get("values")
    asked = dict(values) if isinstance(values, Mapping) else {str(request["what"]): request.get("value")}
    if "captured_at" in asked:
        asked["captured_at"] = _time_in(asked["captured_at"])
    return Wanted(asked, by, at, why[:WHY_MAX_CHARACTERS])


def noted(sidecar: Sidecar, wanted: Wanted, around: Surroundings) -> Sidecar | str:
    """Return a sidecar with the notes that are wanted, the same one where all holds already; or say why they cannot be.

    The camera comes first: its clock and its sites count. Where the position is that of a site, it is that of the site
    where the camera stood at the photo's right time.
    """
    values, new = dict(wanted.values), sidecar
    said = (wanted.by, wanted.at, wanted.why)
    if "camera_id" in values:
        new = with_correction(new, "camera_id", values["camera_id"], *said)
    if "captured_at" in values:
        right = _right_time(new, values["captured_at"], around)
        if isinstance(right, str):
            return right
        new = with_correction(new, "captured_at", right, *said)
    if "location" in values:
        place = _place(new, values["location"], around)
        return place if isinstance(place, str) else with_correction(new, "location", place, *said)
    return new if new is sidecar else at_its_site(new, around, *said)


def _place(sidecar: Sidecar, value: Any, around: Surroundings) -> dict[str, Any] | str | None:
    """Return a position as a note has it; that of its camera is that of its site then, else the last of its photos."""
    if value != THE_CAMERAS:
        told: dict[str, Any] | None = value
        return told
    now = corrected(sidecar)
    site = around.site(now.camera_id, datetime.fromisoformat(now.captured_at) if now.captured_at else None)
    if site:
        return _of_site(site)
    position = around.position(now.camera_id)
    if position is None:
        return f"Nobody knows where {now.camera_id or 'its camera'} stood then: enter its site, or give a position."
    return {"latitude": position[0], "longitude": position[1]}


def _of_site(site: Site) -> dict[str, Any]:
    return {"latitude": site.latitude, "longitude": site.longitude, "site": site.name}


def at_its_site(sidecar: Sidecar, around: Surroundings, by: str, at: str, why: str) -> Sidecar:
    """Return a sidecar whose position is that of the site where its camera stood when the photo was taken, where its
    position came from a site; the same one where it is that already."""
    held, now = correction_of(sidecar, "location"), corrected(sidecar)
    if sidecar.sources.get("location") != RECORD or (held and "site" not in held.value) or now.captured_at is None:
        return sidecar
    site = around.site(now.camera_id, datetime.fromisoformat(now.captured_at))
    if site is None or site.position == (sidecar.latitude, sidecar.longitude):
        return with_correction(sidecar, "location", None, by, at, why)
    return with_correction(sidecar, "location", _of_site(site), by, at, why)


def said_by(sidecar: Sidecar, around: Surroundings) -> Said:
    """Return what a sidecar says of a photo's time, as it was read: by the clock of the camera it was decided for."""
    zone = around.zone(sidecar.camera_id, sidecar.profile)
    local = datetime.fromisoformat(sidecar.captured_at) if sidecar.captured_at else None
    utc = parse_utc(sidecar.captured_at_utc) if sidecar.captured_at_utc else None
    return said_in(zone, local, utc, parse_utc(sidecar.received_at))


def _right_time(
    sidecar: Sidecar, value: datetime | ClockFault | None, around: Surroundings
) -> dict[str, Any] | str | None:
    if value is None:
        return None
    if sidecar.kind != "image":
        return "Only the time of a photo can be corrected."
    said = said_by(sidecar, around)
    zone = around.zone(corrected(sidecar).camera_id, sidecar.profile)
    right = value if isinstance(value, datetime) else said.local and value.mended(said.local)
    if right is None:
        return "It has no time that could be mended so; give it one."
    told = time_value(right, said, zone)
    if told is None:
        return f"{right.isoformat(' ')} is beyond the calendar."
    if parse_utc(told["captured_at_utc"]) > said.received_at + TOLERANCE:
        return f"{right.isoformat(' ')} in {zone.key} is after its arrival; no photo is taken then."
    return told


def _time_in(value: Any) -> Any:
    """Return the local time, or the fault of the clock, that stands in a request; anything else as it is."""
    if fault := fault_in(value):
        return fault
    try:
        return local_moment(value)
    except (TypeError, ValueError):
        return value


def _can_be_wanted(what: str, value: Any) -> bool:
    if value is None:
        return True
    if what == "captured_at":
        return isinstance(value, datetime | ClockFault)
    return (what == "location" and value == THE_CAMERAS) or can_be(what, value)


def said_of(wanted: Wanted) -> Callable[[Sidecar], str]:
    """Return what to say of a file that was corrected: what holds now."""
    names = [_name(what) for what in sorted(wanted.values)]

    def said(sidecar: Sidecar) -> str:
        if all(value is None for value in wanted.values.values()):
            return f"Its {' and '.join(names)} {'is as it was' if len(names) == 1 else 'are as they were'} read."
        now = corrected(sidecar)
        return f"Its {', its '.join(f'{_name(what)} is {_shown(now, what)} now' for what in sorted(wanted.values))}."

    return said


def _name(what: str) -> str:
    return {"captured_at": "time", "location": "position"}.get(what, what.replace("_", " "))


def _shown(sidecar: Sidecar, what: str) -> str:
    if what == "location":
        return "unknown" if sidecar.latitude is None else f"{sidecar.latitude}, {sidecar.longitude}"
    value = sidecar.camera_id if what == "camera_id" else sidecar.captured_at
    return value.replace("T", " ") if value else "unknown"
