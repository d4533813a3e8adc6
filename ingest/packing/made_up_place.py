r"""Puts one made-up place where a text writes positions, in as many characters: pure.

It is 1.234567, 2.345678, a point in the sea. Half of the earth, signs and units stay as they are written. What cannot
be a position stays what it is, but loses what comes behind its degrees: a wrong one may be a right one but for a digit.
"""

import math
import re
from functools import reduce
from operator import xor

from ingest.packing.position_patterns import ALONE, HALVES, NMEA, NUMBER, PAIRS, POINTED, SENTENCE

LATITUDE, LONGITUDE = 1.2345678912, 2.3456789123
_DECIMALS = ("23456789123456789123", "34567891234567891234")
_MINUTES, _SECONDS = ("14", "20"), ("04", "44")
_MOST_DEGREES = (90, 180)


def elsewhere(text: str) -> str:
    """Return a text with every position in it at the made-up place.

    >>> elsewhere("GPS:52.098737,5.125504 or S32*56'06\\" E117*09'36\\"")
    'GPS:1.2345678,2.345678 or S01*14\\'04" E002*20\\'44"'
    >>> elsewhere("lat152.02368 0.000000,0.000000")
    'lat152.00000 0.000000,0.000000'
    """
    text = SENTENCE.sub(_sentence, text)
    text = NMEA.sub(_nmea, text)
    for pattern in PAIRS:
        text = pattern.sub(_pair, text)
    for axis, pattern in enumerate(HALVES):
        text = pattern.sub(lambda found, axis=axis: _rewritten(found, {1: axis}), text)  # type: ignore[misc]
    return ALONE.sub(_alone, text)


def half_elsewhere(text: str, axis: int) -> str:
    """Return a written latitude (axis 0) or longitude (1) at the made-up place, in as many characters."""
    found = list((POINTED if "." in text else NUMBER).finditer(text))[:3]
    parts = [float(one[0].replace(",", ".")) for one in found]
    if not any(parts):
        return text
    is_sound = parts[0] <= _MOST_DEGREES[axis] and all(part <= 60 for part in parts[1:])
    for index, one in reversed(list(enumerate(found))):
        new = _number(one[0], axis, index, len(found)) if is_sound else _coarse(one[0], index)
        text = text[: one.start()] + new + text[one.end() :]
    return text


def pair_elsewhere(text: str) -> str:
    """Return a text that is one written position, however exact, at the made-up place.

    >>> pair_elsewhere("52.1N 5.1E"), pair_elsewhere("52,1;5,1")
    ('1.23N 2.3E', '1,23;2,3')
    """
    moved = elsewhere(text)
    if moved != text:
        return moved
    found = list(NUMBER.finditer(text))
    for index, one in reversed(list(enumerate(found))):
        axis, place = divmod(index, max(1, len(found) // 2))
        is_zero = not float(one[0].replace(",", "."))
        new = one[0] if is_zero else _number(one[0], min(axis, 1), place, max(1, len(found) // 2))
        text = text[: one.start()] + new + text[one.end() :]
    return text


def numbers_elsewhere(numbers: list[float], axis: int) -> list[float]:
    """Return degrees, minutes and seconds, as far as they are given, at the made-up place."""
    if not any(numbers) or not all(map(math.isfinite, numbers)):
        return [0.0 for _ in numbers]
    if numbers[0] < 0 or numbers[0] > _MOST_DEGREES[axis] or any(not 0 <= one <= 60 for one in numbers[1:]):
        return [float(int(numbers[0])), *(one if one > 60 else 0.0 for one in numbers[1:])]
    last = max(index for index, one in enumerate(numbers) if one)
    left, made = (LATITUDE, LONGITUDE)[axis], [0.0] * len(numbers)
    for index in range(last + 1):
        made[index] = left if index == last else float(int(left))
        left = (left - int(left)) * 60
    return made


def _number(text: str, axis: int, index: int, count: int) -> str:
    """Return one number of the made-up place: the index says whether it is degrees, minutes or seconds."""
    whole, mark, decimals = text.partition("," if "," in text else ".")
    if index == 0 and mark and count == 1:
        return (str(axis + 1) + mark + _DECIMALS[axis] * 2)[: len(text)]
    if index == 0:
        plain = str(axis + 1)
        made = plain.rjust(len(whole), "0") if count > 1 else plain.ljust(len(whole), "0")
    else:
        made = (_MINUTES, _SECONDS)[index > 1][axis].rjust(len(whole), "0")[-len(whole) :]
    return made + mark + (_DECIMALS[axis] * 2)[: len(decimals)]


def _coarse(text: str, index: int) -> str:
    """Return a number without its decimals; of minutes and seconds nothing but what makes them wrong."""
    whole, mark, decimals = text.partition("," if "," in text else ".")
    kept = whole if index == 0 or int(whole) > 60 else "0" * len(whole)
    return kept + mark + "0" * len(decimals)


def _pair(found: re.Match[str]) -> str:
    return _rewritten(found, {1: 0, 2: 1})


def _alone(found: re.Match[str]) -> str:
    is_made_up = any(str(one).startswith(found[0].lstrip("+-")[:6]) for one in (LATITUDE, LONGITUDE))
    return found[0] if is_made_up else half_elsewhere(found[0], 0)


def _rewritten(found: re.Match[str], axes: dict[int, int]) -> str:
    text, at = found[0], found.start()
    for group, axis in axes.items():
        start, end = found.start(group) - at, found.end(group) - at
        text = text[:start] + half_elsewhere(found[group], axis) + text[end:]
    return text


def _nmea(found: re.Match[str]) -> str:
    halves = []
    for axis, (degrees, minutes) in enumerate((found.group(1, 2), found.group(4, 5))):
        if not float(degrees) and not float(minutes):
            halves.append(degrees + minutes)
        elif float(degrees) > _MOST_DEGREES[axis]:
            halves.append(degrees + _coarse(minutes, 1))
        else:
            halves.append(_number(degrees, axis, 0, 2) + _number(minutes, axis, 1, 2))
    return halves[0] + found[3] + halves[1]


def _sentence(found: re.Match[str]) -> str:
    """Rewrite an NMEA sentence; its check sum is right afterwards exactly where it was right before."""
    moved = NMEA.sub(_nmea, found[1])
    if moved == found[1]:
        return found[0]
    was_right = int(found[2], 16) == reduce(xor, found[1].encode(), 0)
    check = reduce(xor, moved.encode(), 0)
    written = f"{check if was_right else check ^ 0xFF:02X}"
    return found[0].replace(found[1], moved).removesuffix(found[2]) + written
