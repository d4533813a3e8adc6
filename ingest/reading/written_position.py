r"""Finds a position in what reports write: map links, NMEA 0183, letters before or behind the figures, decimal commas.

What is found is still only written: whether it can be a position is checked by `location`.
"""

import re
from functools import reduce
from operator import xor
from typing import NamedTuple

_SIGNED = r"([+-]?\d{1,3}(?:\.\d+)?)"
_LINK = re.compile(r"^geo:|://|\bmaps\.", re.IGNORECASE)
_IN_LINK = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"[?&#](?:q|ll|query|center|daddr|destination|loc|sll)=(?:loc:)?{_SIGNED}(?:,|%2C)(?:\s|\+|%20)*{_SIGNED}(?![\d.])",
        rf"[?&#]m?lat(?:itude)?={_SIGNED}&m?(?:lon|lng|long|longitude)={_SIGNED}(?![\d.])",
        rf"[?&#]map=\d+(?:\.\d+)?/{_SIGNED}/{_SIGNED}(?![\d.])",
        rf"@{_SIGNED},{_SIGNED}(?![\d.])",
        rf"(?:^geo:|/){_SIGNED},{_SIGNED}(?![\d.])",
    )
)
_NMEA = re.compile(
    r"(\d{2})(\d{2}(?:\.\d+)?)\s?,?\s?([NS])[,\s]{1,3}(\d{3})(\d{2}(?:\.\d+)?)\s?,?\s?([EW])", re.IGNORECASE | re.ASCII
)
_SENTENCE = re.compile(r"\$?(G[A-Z](?:RMC|GGA|GLL),[^*]*)(?:\*([0-9A-F]{2}))?", re.IGNORECASE | re.ASCII)
_NO_FIX = re.compile(r"RMC,[^,]*,V|GLL,(?:[^,]*,){5}V|GGA,(?:[^,]*,){5}0,", re.IGNORECASE)
_PARTS = r"(\d{1,3}(?:[.,]\d+)?)(?:[*°º:\s]+(\d+(?:[.,]\d+)?))?(?:['’′:\s]+(\d+(?:[.,]\d+)?))?[\"”″'’′*°º\s]*"
_BEFORE = re.compile(rf"([NS])[\s:]*{_PARTS}[\s,;]*([EW])[\s:]*{_PARTS}", re.IGNORECASE | re.ASCII)
_BEHIND = re.compile(rf"{_PARTS}([NS])[\s,;]*{_PARTS}([EW])", re.IGNORECASE | re.ASCII)
_DECIMAL = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)", re.ASCII)
_DECIMAL_COMMAS = re.compile(r"([+-]?\d+,\d+)(?:\s*;|,?\s)\s*([+-]?\d+,\d+)", re.ASCII)
_NAMED = re.compile(
    rf"lat(?:itude)?[:=\s]*{_SIGNED}[,;\s]+(?:lon|lng|long|longitude)[:=\s]*{_SIGNED}", re.IGNORECASE | re.ASCII
)
_MOST_CHARACTERS = 1000


class Half(NamedTuple):
    """Degrees, and minutes and seconds as far as they are given, without a sign; whether they are south or west."""

    parts: tuple[float, ...]
    is_negative: bool


def find_position(text: str) -> tuple[Half, Half] | None:
    """Return the latitude and the longitude that a text writes, None when it writes none.

    >>> find_position("52.1N 5.1E") == find_position("https://maps.google.com/?q=52.1,5.1") == find_position("52,1;5,1")
    True
    """
    text = text.strip()[:_MOST_CHARACTERS]
    if _LINK.search(text):
        found = next((match for pattern in _IN_LINK if (match := pattern.search(text))), None)
        return _decimals(found)
    if sentence := _SENTENCE.fullmatch(text):
        return _nmea(_NMEA.search(text)) if _is_good(sentence) else None
    if found := _DECIMAL.fullmatch(text) or _DECIMAL_COMMAS.fullmatch(text) or _NAMED.fullmatch(text):
        return _decimals(found)
    if found := _NMEA.fullmatch(text):
        return _nmea(found)
    if found := _BEFORE.fullmatch(text):
        return _half(found[1], found.group(2, 3, 4)), _half(found[5], found.group(6, 7, 8))
    if found := _BEHIND.fullmatch(text):
        return _half(found[4], found.group(1, 2, 3)), _half(found[8], found.group(5, 6, 7))
    return None


def _decimals(found: re.Match[str] | None) -> tuple[Half, Half] | None:
    if found is None:
        return None
    latitude, longitude = (Half((_number(text.lstrip("+-")),), text.startswith("-")) for text in found.group(1, 2))
    return latitude, longitude


def _nmea(found: re.Match[str] | None) -> tuple[Half, Half] | None:
    """NMEA writes degrees and minutes without anything between them."""
    return (_half(found[3], found.group(1, 2)), _half(found[6], found.group(4, 5))) if found else None


def _half(letter: str, parts: tuple[str | None, ...]) -> Half:
    return Half(tuple(_number(part) for part in parts if part), letter in "SsWw")


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _is_good(sentence: re.Match[str]) -> bool:
    """Say whether a sentence has a fix, and its check sum where it has one."""
    if _NO_FIX.search(sentence[1]):
        return False
    return not sentence[2] or reduce(xor, sentence[1].encode(), 0) == int(sentence[2], 16)
