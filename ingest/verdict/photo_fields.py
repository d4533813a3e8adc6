"""When and where a photo was taken, as its profile reads it, with every problem and doubt on the way. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ingest.profiles.profile import Part
from ingest.profiles.source_words import any_of
from ingest.profiles.sources import RECORD, Subject
from ingest.reading.camera_time import CameraTime, in_zone, parse_offset
from ingest.reading.location import InvalidLocationError, Position, checked
from ingest.settings.values import Settings
from ingest.spool.corrections import BY_HAND, by_hand
from ingest.spool.sidecar import Correction, Problem, Warn
from ingest.spool.sites import Site
from ingest.verdict.clock import offset_warnings, plausibility_warnings, to_utc
from ingest.verdict.fields import UnreadableValueError, find_field, find_time
from ingest.vocabulary import Reason

_OFFSET_TAGS = ("OffsetTimeOriginal", "OffsetTime")


@dataclass(frozen=True)
class PhotoTime:
    """When the camera says the photo was taken: in its naive local time, and in UTC where the calendar has it.

    `source` is where it says so.
    """

    local: datetime | None = None
    utc: datetime | None = None
    source: str | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Warn, ...] = ()


@dataclass(frozen=True)
class PhotoPlace:
    """Where the photo was taken, and which source says so: one of its own, or the camera's record."""

    position: Position | None = None
    source: str | None = None
    problems: tuple[Problem, ...] = ()


def photo_time(part: Part, subject: Subject, received_at: datetime, settings: Settings, zone: ZoneInfo) -> PhotoTime:
    """Read captured_at by a clock in this zone. Without a time that can be read a photo has a problem, or a warning
    where it needs none."""
    required = "captured_at" in part.require
    rule = part.fields.get("captured_at")
    if rule is None:
        return _without_time("The photo's profile does not say where its date is.")
    try:
        found = find_time(rule, subject)
    except UnreadableValueError as error:
        return _without_time(f"The photo's date {error}.", "bad_datetime" if required else None)
    if found is None:
        message = f"The photo has no date: there is none in {any_of(rule.sources)}."
        return _without_time(message, "missing_datetime" if required else None)
    time, source = found
    return replace(_placed(time, zone, subject, received_at, settings), source=source)


def _without_time(message: str, code: Reason | None = None) -> PhotoTime:
    if code:
        return PhotoTime(problems=(Problem(code, message),))
    return PhotoTime(warnings=(Warn("no_datetime", message),))


def _placed(time: CameraTime, zone: ZoneInfo, subject: Subject, received_at: datetime, settings: Settings) -> PhotoTime:
    """Put a time into UTC: by its own offset, or by that of the photo, or by the zone of its camera."""
    local = in_zone(time, zone)
    utc: datetime | None
    warnings: list[Warn]
    if time.counted:
        utc, warnings = time.local.replace(tzinfo=UTC), []
    else:
        offset = parse_offset(_offset_text(subject.exif)) if time.offset is None else time.offset
        utc, warnings = to_utc(local, offset, zone, received_at), offset_warnings(local, offset, zone)
    # Beyond the calendar's ends in UTC the local time is doubtful enough by itself.
    warnings += plausibility_warnings(utc or local.replace(tzinfo=UTC), received_at, settings.clock)
    return PhotoTime(local, utc, warnings=tuple(warnings))


def timed_by_hand(time: PhotoTime, notes: Sequence[Correction]) -> PhotoTime:
    """Return a time that lacks nothing where a person has said it. What the photo itself says stays what was read."""
    if time.problems and by_hand(notes, "captured_at"):
        return replace(time, problems=(), source=BY_HAND)
    return time


def placed_by_hand(place: PhotoPlace, notes: Sequence[Correction]) -> PhotoPlace:
    """Return a place that lacks nothing where a person has said it."""
    if place.problems and by_hand(notes, "location"):
        return replace(place, problems=(), source=BY_HAND)
    return place


def photo_location(part: Part, subject: Subject, ask_site: Callable[[], Site | None] = lambda: None) -> PhotoPlace:
    """Read the location. An optional one that cannot be read is left out without a problem.

    Where the photo itself has none, and the profile names the source `record`, `ask_site` tells where its camera stood.
    """
    place = _own_location(part, subject)
    asks = RECORD in _location_sources(part)
    if place.position is None and asks and (site := ask_site()):
        return PhotoPlace(site.position, RECORD)
    return place


def _own_location(part: Part, subject: Subject) -> PhotoPlace:
    required = "location" in part.require
    try:
        position, source = find_position(part, subject) or (None, None)
    except (InvalidLocationError, UnreadableValueError) as error:
        return PhotoPlace(problems=(Problem("invalid_location", f"The position {error}."),) if required else ())
    if position is None:
        problem = Problem("missing_location", f"The photo has no position: {_lacking(_location_sources(part))}.")
        return PhotoPlace(problems=(problem,) if required else ())
    return PhotoPlace(position, source)


def find_position(part: Part, subject: Subject) -> tuple[Position, str] | None:
    """Return the position from `location`, or from `latitude` and `longitude`, and its source; None when there is none.

    Raise InvalidLocationError or UnreadableValueError.
    """
    if rule := part.fields.get("location"):
        found = find_field(rule, subject)
        return (found[0], found[1]) if found and isinstance(found[0], tuple) else None
    if "latitude" not in part.fields:
        return None
    halves = [find_field(part.fields[name], subject) for name in ("latitude", "longitude")]
    latitude, longitude = (half[0] if half else None for half in halves)
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    return checked(latitude, longitude), " ".join(half[1] for half in halves if half)


def _lacking(sources: tuple[str, ...]) -> str:
    """Say which sources have no position.

    >>> _lacking(("exif.GPS", "record"))
    'there is none, or half of one, in its GPS data, and the camera has no site at that time'
    """
    own = any_of(source for source in sources if source != RECORD)
    told = [f"there is none, or half of one, in {own}"] if own else []
    if RECORD in sources:
        told.append("the camera has no site at that time")
    return ", and ".join(told)


def _location_sources(part: Part) -> tuple[str, ...]:
    rules = [part.fields[name] for name in ("location", "latitude", "longitude") if name in part.fields]
    return tuple(source for rule in rules for source in rule.sources)


def _offset_text(exif: Mapping[str, Any]) -> str | None:
    return next((str(exif[tag]) for tag in _OFFSET_TAGS if parse_offset(str(exif.get(tag))) is not None), None)
