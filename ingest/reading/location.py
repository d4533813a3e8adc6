r"""Reads positions: EXIF GPS tags (Exif 2.3, section 4.6.6) and the texts that reports hold.

A position is invalid when it is no number, out of range, or exactly (0, 0), which cameras write when they have no fix.
"""

import math
import re
from collections.abc import Mapping
from typing import Any

from ingest.reading.written_position import Half, find_position
from ingest.spool.names import one_line

Position = tuple[float, float]
"""Latitude and longitude in degrees, north and east positive, rounded to 6 digits (0.1 m)."""

_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_NUMBERS = re.compile(rf"({_NUMBER})(?:/(\d+))?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"([+-]?\d{1,3}),(\d{3,})")


class InvalidLocationError(Exception):
    """There is a position, but it cannot be one; the text says why and fits behind `the position`."""


def position_from_exif(exif: Mapping[str, Any]) -> Position | None:
    """Return the position in a photo's tags, None when there is none or half of one. Raise InvalidLocationError."""
    latitude, longitude = exif.get("GPSLatitude"), exif.get("GPSLongitude")
    if _is_blank(latitude) or _is_blank(longitude):
        return None
    return checked(
        _signed(latitude, exif.get("GPSLatitudeRef"), "NS", "GPSLatitude"),
        _signed(longitude, exif.get("GPSLongitudeRef"), "EW", "GPSLongitude"),
    )


def position_from_text(text: str) -> Position:
    """Read a position as reports write it. Raise InvalidLocationError.

    >>> position_from_text("52.098737,5.125504"), position_from_text('''S32*56'06" E117*09'36"''')
    ((52.098737, 5.125504), (-32.935, 117.16))
    """
    if halves := find_position(text):
        latitude, longitude = halves
        return checked(
            _from_half(latitude, "latitude"),
            _from_half(longitude, "longitude"),
        )
    raise InvalidLocationError(f"is `{one_line(text, 60)}`; expected degrees such as 52.098737,5.125504")


def _from_half(half: Half, name: str) -> float:
    degrees = _degrees(list(half.parts), name)
    return -degrees if half.is_negative else degrees


def checked(latitude: float, longitude: float) -> Position:
    """Return the position rounded. Raise InvalidLocationError when it is out of range or (0, 0)."""
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        raise InvalidLocationError("is not a number")
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise InvalidLocationError(
            f"is {round(latitude, 6)}, {round(longitude, 6)}; expected -90 to 90 and -180 to 180"
        )
    if latitude == 0 and longitude == 0:
        raise InvalidLocationError("is exactly 0, 0: the camera had no GPS fix")
    return round(latitude, 6), round(longitude, 6)


def _is_blank(value: Any) -> bool:
    return value is None or value in ("", [])


def _signed(value: Any, letter: Any, letters: str, tag: str) -> float:
    """Return degrees with their sign. Text may say its half of the earth itself, by a letter or by a minus sign."""
    mark, inside = str(letter or "").strip()[:1].upper(), ""
    if isinstance(value, str):
        value, inside = _without_half(value, letters)
    if mark and inside and mark != inside:
        raise InvalidLocationError(f"contradicts itself: {tag} is of {inside}, but {tag}Ref is {mark}")
    degrees = _degrees(_numbers(value, tag), tag)
    mark = mark or inside
    if mark not in letters or not mark:
        raise InvalidLocationError(f"lacks its hemisphere: {tag}Ref is not {' or '.join(letters)}")
    return -degrees if mark in "SW" else degrees


def _without_half(text: str, letters: str) -> tuple[str, str]:
    """Split text into degrees without a sign, and the letter that it names or that its minus sign means."""
    text = _DECIMAL_COMMA.sub(r"\1.\2", text.strip()) if "." not in text else text.strip()
    found = next((letter for letter in letters if text[:1].upper() == letter or text[-1:].upper() == letter), "")
    text = text.strip(letters + letters.lower()).strip()
    if text.startswith("-"):
        return text[1:], found or ("S" if letters == "NS" else "W")
    return text, found


def _numbers(value: Any, tag: str) -> list[float]:
    """Return degrees, minutes, seconds as far as given: cameras write triples, single numbers, and text."""
    parts: list[Any] = value if isinstance(value, list) else [value]
    try:
        if isinstance(value, str):
            parts = [float(top) / float(bottom or 1) for top, bottom in _NUMBERS.findall(value)]
        numbers = [float(part) for part in parts]
    except (TypeError, ValueError, ZeroDivisionError):
        numbers = []
    if not 1 <= len(numbers) <= 3 or not all(math.isfinite(number) for number in numbers):
        raise InvalidLocationError(f"is not a number: {tag} is `{one_line(str(value), 60)}`")
    return numbers


def _degrees(numbers: list[float], name: str) -> float:
    """Join degrees, minutes, seconds; 60 is what rounding makes of 59.999, more is wrong."""
    if any(number < 0 for number in numbers) or any(number > 60 for number in numbers[1:]):
        raise InvalidLocationError(f"has minutes or seconds beyond 60, or a minus sign, in its {name}: {numbers}")
    return sum(number / float(60**power) for power, number in enumerate(numbers))
