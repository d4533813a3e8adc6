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
from ingest.reading.camera_time import CameraTime, NoTimeError, in_zone, read_camera_time
from ingest.reading.location import InvalidLocationError, Position, position_from_exif, position_from_text
from ingest.spool.names import one_line
from ingest.spool.sidecar import FieldValue

Value = FieldValue | datetime | Position
_Read = TypeVar("_Read")

_TEMPERATURE = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s*(.*)", re.ASCII)
_FAHRENHEIT = re.compile(r"℉|fahrenheit|^[\Wº]*f\b", re.IGNORECASE)
_CELSIUS = re.compile(r"℃|celsius|度|^[\Wº]*c?\W*$", re.IGNORECASE)
_BOTH_UNITS = re.compile(r"[/(,;]")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%?", re.ASCII)
_SIZE = r"(\d{1,9}(?:\.\d{1,9})?)\s*([MG])B?"
_CARD = re.compile(rf"{_SIZE}\s*/\s*{_SIZE}", re.ASCII | re.IGNORECASE)
_INTEGER = re.compile(r"\d{1,9}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,15})?", re.ASCII)
_UTC = ZoneInfo("UTC")
_SUB_SECOND = re.compile(r"(\d{1,6})\d*", re.ASCII)
_SUB_SECONDS = {
    "exif.DateTimeOriginal": "SubsecTimeOriginal",
    "exif.DateTimeDigitized": "SubsecTimeDigitized",
    "exif.DateTime": "SubsecTime",
}
"""The tags that hold the fraction of a second of another."""
_CSQ_UNKNOWN = 99  # 3GPP TS 27.007, section 8.5: 0 to 31, and 99 for "not known or not detectable"


class UnreadableValueError(Exception):
    """A source has something that cannot be the value; the text says what it is and what was expected."""


def read_field(rule: FieldRule, subject: Subject) -> Value | None:
    """Return a field's value from the first source that has one; None when none has, or the camera says unknown.

    Raise UnreadableValueError or InvalidLocationError, for the first source, when none can be read.
    """
    if rule.value is not None:
        return _READERS[rule.kind](rule.value)
    return _first(rule, partial(_read_source, rule=rule, subject=subject))


def read_time(rule: FieldRule, subject: Subject) -> CameraTime | None:
    """Return a time as `read_field` does, with what its text says of its zone. Raise UnreadableValueError."""
    return _first(rule, partial(_read_time, rule=rule, subject=subject))


def _first(rule: FieldRule, read: Callable[[str], _Read]) -> _Read | None:
    failure: UnreadableValueError | InvalidLocationError | None = None
    for source in rule.sources:
        try:
            value = read(source)
        except (UnreadableValueError, InvalidLocationError) as error:
            failure = failure or error
        else:
            if value is not None:
                return value
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
    if not text:
        return None
    return _READERS[rule.kind](text)


def _read_time(source: str, rule: FieldRule, subject: Subject) -> CameraTime | None:
    try:
        time = read_camera_time(look_up(source, subject) or "", rule.formats)
    except NoTimeError as error:
        raise UnreadableValueError(str(error)) from None
    fraction = _SUB_SECOND.fullmatch(str(subject.exif.get(_SUB_SECONDS.get(source, ""), "")))
    if not time or not fraction or time.local.microsecond:
        return time
    return replace(time, local=time.local.replace(microsecond=int(fraction[1].ljust(6, "0"))))


def _percent(text: str) -> FieldValue:
    found = _PERCENT.fullmatch(text)
    if not found or float(found[1]) > 100:
        raise _unreadable(text, "0% to 100%")
    return _plain(float(found[1]))


def _csq(text: str) -> FieldValue | None:
    value = _integer(text)
    if value == _CSQ_UNKNOWN:
        return None
    if value > 31:
        raise _unreadable(text, "0 to 31, or 99 for unknown")
    return value


def _celsius(text: str) -> FieldValue:
    if not (found := _TEMPERATURE.fullmatch(text)):
        raise _unreadable(text, "a temperature such as 24℃")
    degrees, unit = float(found[1].replace(",", ".")), _BOTH_UNITS.split(found[2])[0].strip()
    if _FAHRENHEIT.search(unit):
        degrees = (degrees - 32) / 1.8
    elif not _CELSIUS.search(unit):
        raise _unreadable(text, "a temperature in Celsius or Fahrenheit")
    if not -90 <= degrees <= 120:
        raise _unreadable(text, "a temperature that occurs on earth")
    return _plain(round(degrees, 1))


def _card_mb(text: str) -> tuple[float, float]:
    """Return what is free on the card and what it holds, both in MB: reports give `remaining/total`."""
    if found := _CARD.fullmatch(text):
        free, total = _megabytes(found[1], found[2]), _megabytes(found[3], found[4])
        if 0 <= free <= total > 0:
            return free, total
    raise _unreadable(text, "remaining/total such as 59405M/59628M")


def _megabytes(number: str, unit: str) -> float:
    return float(number) * (1024 if unit in "Gg" else 1)


def _sd_free(text: str) -> FieldValue:
    return _plain(_card_mb(text)[0])


def _sd_total(text: str) -> FieldValue:
    return _plain(_card_mb(text)[1])


def _sd_used(text: str) -> FieldValue:
    free, total = _card_mb(text)
    return round((1 - free / total) * 100, 1)


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise _unreadable(text, "a whole number")
    return int(text)


def _number(text: str) -> FieldValue:
    if not _DECIMAL.fullmatch(text):
        raise _unreadable(text, "a number")
    return float(text)


def _plain(value: float) -> FieldValue:
    return int(value) if value == int(value) else value


def _unreadable(text: str, expected: str) -> UnreadableValueError:
    return UnreadableValueError(f"is `{one_line(text, 60)}`; expected {expected}")


_READERS: dict[FieldKind, Callable[[str], Value | None]] = {
    "text": str,
    "location": position_from_text,
    "number": _number,
    "integer": _integer,
    "percent": _percent,
    "csq": _csq,
    "celsius": _celsius,
    "sd_free": _sd_free,
    "sd_total": _sd_total,
    "sd_used": _sd_used,
}
