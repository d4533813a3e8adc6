"""Reads the sizes of cards, and how full they are, in MB. Pure.

Megabytes have no thousandths: three digits behind their comma are thousands.
"""

import re
from typing import NoReturn

from ingest.reading.figures import THOUSANDS, decimal, plain, unreadable

_SIZE = r"(\d{1,9}(?:[.,]\d{1,9})*)\s*(?:([MGT])i?B?)?"
_ONE_SIZE = re.compile(_SIZE, re.ASCII | re.IGNORECASE)
_CARD = re.compile(rf"{_SIZE}\s*/\s*{_SIZE}", re.ASCII | re.IGNORECASE)
_FACTORS = {"M": 1, "G": 1024, "T": 1024 * 1024}
_SMALLEST_CARD_MB = 100


def size_mb(text: str, unit: str) -> int | float:
    """Read a size in MB; without a unit it is in `unit`, M or G.

    >>> size_mb("59,405M", "M"), size_mb("21,5 GB", "M"), size_mb("21,5", "G")
    (59405, 22016, 22016)
    """
    found = _ONE_SIZE.fullmatch(text)
    if not found:
        _no_size(text)
    return _plain_size(_megabytes(found[1], found[2] or unit, text))


def card_mb(text: str, unit: str) -> tuple[int | float, int | float]:
    """Read what is free on a card and what it holds, in MB: reports give `free/total`, often with one unit for both.

    >>> card_mb("59405M/59628M", "M"), card_mb("21,5/29GB", "M"), card_mb("21/31", "G")
    ((59405, 59628), (22016, 29696), (21504, 31744))
    """
    if not (found := _CARD.fullmatch(text)):
        raise unreadable(text, "remaining/total such as 59405M/59628M")
    units = found[2] or found[4] or unit, found[4] or found[2] or unit
    free, total = (_megabytes(number, of, text) for number, of in zip((found[1], found[3]), units, strict=True))
    if not 0 <= free <= total > 0:
        raise unreadable(text, "remaining/total such as 59405M/59628M")
    if total < _SMALLEST_CARD_MB and not (found[2] or found[4]):
        raise unreadable(text, 'a unit, or a field that is read as = "sd_free_gb" or "sd_total_gb"')
    return _plain_size(free), _plain_size(total)


def used_percent(text: str) -> float:
    """Read how full a card is from what is free on it and what it holds; the unit does not matter.

    >>> used_percent("59405M/59628M"), used_percent("21/31")
    (0.4, 32.3)
    """
    free, total = card_mb(text, "G")
    return round((1 - free / total) * 100, 1)


def _megabytes(number: str, unit: str, text: str) -> float:
    unit = unit.upper()
    if unit == "M" and "," in number and THOUSANDS.fullmatch(number):
        number = number.replace(",", "")
    if number.count(",") + number.count(".") > 1:
        _no_size(text)
    return decimal(number) * _FACTORS[unit]


def _no_size(text: str) -> NoReturn:
    raise unreadable(text, "a size such as 59405M or 21,5 GB")


def _plain_size(value: float) -> int | float:
    return plain(round(value, 3))
