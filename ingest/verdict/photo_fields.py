"""When and where a photo was taken, as its profile reads it, with every problem and doubt on the way. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ingest.profiles.profile import Part
from ingest.profiles.sources import RECORD, Subject
from ingest.reading.camera_time import CameraTime, in_zone, parse_offset
from ingest.reading.location import InvalidLocationError, Position, checked
from ingest.settings.values import Settings
from ingest.spool.sidecar import Problem, Warn
from ingest.spool.sites import Site
from ingest.verdict.clock import offset_warnings, plausibility_warnings, to_utc
from ingest.verdict.fields import UnreadableValueError, read_field, read_time
from ingest.vocabulary import Reason

_OFFSET_TAGS = ("OffsetTimeOriginal", "OffsetTime")


@dataclass(frozen=True)
class PhotoTime:
    """When the camera says the photo was taken: in its naive local time, and in UTC where the calendar has it."""

    local: datetime | None = None
    utc: datetime | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Warn, ...] = ()


@dataclass(frozen=True)
class PhotoPlace:
    """Where the photo was taken: as the camera says or, with a `site`, as the camera's record says."""

    position: Position | None = None
    site: Site | None = None
    problems: tuple[Problem, ...] = ()


def photo_time(part: Part, subject: Subject, received_at: datetime, settings: Settings) -> PhotoTime:
    """Read captured_at. Without a time that can be read a photo has a problem, or a warning where it needs none."""
    required = "captured_at" in part.require
    rule = part.fields.get("captured_at")
    if rule is None:
        return _without_time("The photo's profile does not say where its date is.")
    try:
        time = read_time(rule, subject)
    except UnreadableValueError as error:
        return _without_time(f"The photo's date {error}.", "bad_datetime" if required else None)
    if time is None:
        message = f"The photo has no date: {' or '.join(rule.sources)} has nothing."
        return _without_time(message, "missing_datetime" if required else None)
    return _placed(time, rule.zone or settings.zone, subject, received_at, settings)


def _without_time(message: str, code: Reason | None = None) -> PhotoTime:
    if code:
        return PhotoTime(problems=(Problem(code, message),))
    return PhotoTime(warnings=(Warn("no_datetime", message),))


def _placed(time: CameraTime, zone: ZoneInfo, subject: Subject, received_at: datetime, settings: Settings) -> PhotoTime:
    """Put a time into UTC: by its own offset, or by that of the photo, or by the zone of the cameras."""
    local = in_zone(time, zone)
    utc: datetime | None
    warnings: list[Warn]
    if time.counted:
        utc, warnings = time.local.replace(tzinfo=UTC), []
    else:
        offset = parse_offset(_offset_text(subject.exif)) if time.offset is None else time.offset
        utc, warnings = to_utc(local, offset, zone), offset_warnings(local, offset, zone)
    # Beyond the calendar's ends in UTC the local time is doubtful enough by itself.
    warnings += plausibility_warnings(utc or local.replace(tzinfo=UTC), received_at, settings.clock)
    return PhotoTime(local, utc, (), tuple(warnings))


def photo_location(part: Part, subject: Subject, ask_site: Callable[[], Site | None] = lambda: None) -> PhotoPlace:
    """Read the location. An optional one that cannot be read is left out without a problem.

    Where the photo itself has none, and the profile names the source `record`, `ask_site` tells where its camera stood.
    """
    place = _own_location(part, subject)
    asks = RECORD in _location_sources(part)
    if place.position is None and asks and (site := ask_site()):
        return PhotoPlace(site.position, site)
    return place


def _own_location(part: Part, subject: Subject) -> PhotoPlace:
    required = "location" in part.require
    try:
        position = read_position(part, subject)
    except (InvalidLocationError, UnreadableValueError) as error:
        return PhotoPlace(problems=(Problem("invalid_location", f"The position {error}."),) if required else ())
    if position is None:
        problem = Problem("missing_location", f"The photo has no position: {_lacking(_location_sources(part))}.")
        return PhotoPlace(problems=(problem,) if required else ())
    return PhotoPlace(position)


def read_position(part: Part, subject: Subject) -> Position | None:
    """Return the position from `location`, or from `latitude` and `longitude`; None when there is none.

    Raise InvalidLocationError or UnreadableValueError.
    """
    if rule := part.fields.get("location"):
        value = read_field(rule, subject)
        return value if isinstance(value, tuple) else None
    if "latitude" not in part.fields:
        return None
    latitude, longitude = (read_field(part.fields[name], subject) for name in ("latitude", "longitude"))
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    return checked(latitude, longitude)


def _lacking(sources: tuple[str, ...]) -> str:
    """Say which sources have no position.

    >>> _lacking(("exif.GPS", "record"))
    'exif.GPS has nothing, or half of one, and the camera has no site at that time'
    """
    own = " or ".join(source for source in sources if source != RECORD)
    told = [f"{own} has nothing, or half of one"] if own else []
    if RECORD in sources:
        told.append("the camera has no site at that time")
    return ", and ".join(told)


def _location_sources(part: Part) -> tuple[str, ...]:
    rules = [part.fields[name] for name in ("location", "latitude", "longitude") if name in part.fields]
    return tuple(source for rule in rules for source in rule.sources)


def _offset_text(exif: Mapping[str, Any]) -> str | None:
    return next((str(exif[tag]) for tag in _OFFSET_TAGS if parse_offset(str(exif.get(tag))) is not None), None)
