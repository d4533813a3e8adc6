"""Reads one field of a file as its profile says: turns the text of its sources into a value with a unit."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from ingest.profiles.profile import FieldKind, FieldRule
from ingest.profiles.sources import Subject, look_up
from ingest.reading import figures, sizes
from ingest.reading.camera_time import CameraTime, NoTimeError, in_zone, read_camera_time
from ingest.reading.figures import NoFigureError
from ingest.reading.location import InvalidLocationError, Position, position_from_exif, position_from_text
from ingest.spool.sidecar import FieldValue

Value = FieldValue | datetime | Position
_Read = TypeVar("_Read")

CONSTANT = "value"
"""The source of what is the same for every file of a profile, as the profile spells it."""

_UTC = ZoneInfo("UTC")
_SUB_SECOND = re.compile(r"(\d{1,6})\d*", re.ASCII)
_SUB_SECONDS = {
    "exif.DateTimeOriginal": "SubsecTimeOriginal",
    "exif.DateTimeDigitized": "SubsecTimeDigitized",
    "exif.DateTime": "SubsecTime",
}
"""The tags that hold the fraction of a second of another."""


class UnreadableValueError(Exception):
    """A source has something that cannot be the value; the text says what it is and what was expected."""


def read_field(rule: FieldRule, subject: Subject) -> Value | None:
    """Return a field's value from the first source that has one; None when none has, or the camera says unknown.

    Raise UnreadableValueError or InvalidLocationError, for the first source, when none can be read.
    """
    found = find_field(rule, subject)
    return found[0] if found else None


def find_field(rule: FieldRule, subject: Subject) -> tuple[Value, str] | None:
    """Return a field's value as `read_field` does, with the source that had it; CONSTANT where the profile has it."""
    if rule.value is not None:
        value = _read_text(rule, rule.value)
        return None if value is None else (value, CONSTANT)
    return _first(rule, partial(_read_source, rule=rule, subject=subject))


def find_time(rule: FieldRule, subject: Subject) -> tuple[CameraTime, str] | None:
    """Return a time as `find_field` does, with what its text says of its zone. Raise UnreadableValueError."""
    return _first(rule, partial(_read_time, rule=rule, subject=subject))


def _first(rule: FieldRule, read: Callable[[str], _Read | None]) -> tuple[_Read, str] | None:
    failure: UnreadableValueError | InvalidLocationError | None = None
    for source in rule.sources:
        try:
            value = read(source)
        except (UnreadableValueError, InvalidLocationError) as error:
            failure = failure or error
        else:
            if value is not None:
                return value, source
    if failure:
        raise failure
    return None


def has_text(rule: FieldRule, subject: Subject) -> bool:
    """Say whether any source of a field has text, readable or not."""
    return any(look_up(source, subject) for source in rule.sources)


def _read_source(source: str, rule: FieldRule, subject: Subject) -> Value | None:
    if source == "exif.GPS":
        return position_from_exif(subject.exif)
    if rule.kind == "datetime":
        time = _read_time(source, rule, subject)
        return in_zone(time, rule.zone or _UTC) if time else None
    text = look_up(source, subject)
    return _read_text(rule, text) if text else None


def _read_text(rule: FieldRule, text: str) -> Value | None:
    try:
        return _READERS[rule.kind](text)
    except NoFigureError as error:
        raise UnreadableValueError(str(error)) from None


def _read_time(source: str, rule: FieldRule, subject: Subject) -> CameraTime | None:
    try:
        time = read_camera_time(look_up(source, subject) or "", rule.formats)
    except NoTimeError as error:
        raise UnreadableValueError(str(error)) from None
    fraction = _SUB_SECOND.fullmatch(str(subject.exif.get(_SUB_SECONDS.get(source, ""), "")))
    if not time or not fraction or time.local.microsecond:
        return time
    return replace(time, local=time.local.replace(microsecond=int(fraction[1].ljust(6, "0"))))


_READERS: dict[FieldKind, Callable[[str], Value | None]] = {
    "text": str,
    "location": position_from_text,
    "number": figures.number,
    "degrees": figures.degrees,
    "integer": figures.integer,
    "percent": figures.percent,
    "bars": figures.bars,
    "volts": figures.volts,
    "csq": figures.csq,
    "dbm": figures.dbm,
    "celsius": figures.celsius,
    "megabytes": partial(sizes.size_mb, unit="M"),
    "gigabytes": partial(sizes.size_mb, unit="G"),
    "sd_free": lambda text: sizes.card_mb(text, "M")[0],
    "sd_free_gb": lambda text: sizes.card_mb(text, "G")[0],
    "sd_total": lambda text: sizes.card_mb(text, "M")[1],
    "sd_total_gb": lambda text: sizes.card_mb(text, "G")[1],
    "sd_used": sizes.used_percent,
}
