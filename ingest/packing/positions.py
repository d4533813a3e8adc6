"""The positions that a file writes, and what stands for each: by its lines, whatever signs are between the figures."""

import re
from collections.abc import Iterator

from ingest.packing.made_up_place import half_elsewhere, pair_elsewhere
from ingest.reading.facts import Facts
from ingest.reading.location import InvalidLocationError, position_from_exif
from ingest.reading.written_position import find_position
from ingest.spool.sidecar import Sidecar

_LATITUDE = re.compile(r"(?<![a-z])lat", re.IGNORECASE)
_LONGITUDE = re.compile(r"(?<![a-z])(?:lon|lng)", re.IGNORECASE)
_POSITION = re.compile(r"gps|pos|loc|coord|map|link|url", re.IGNORECASE)
_TELLING_SIGNS = re.compile(r"\d\.\d|[°*º˚NSEW]")  # 1,159 is written like a position, and is a number of photos
_EXACT = re.compile(r"(?<![\d.])(?:\d{1,3}[.,](?!0+(?!\d))\d{3,}|\d{4,5}\.(?!0+(?!\d))\d{2,})")
_LEAST_CHARACTERS = 3


def positions(facts: Facts) -> dict[str, str]:
    """Return the positions that a report's lines hold, as they are written, and what stands for each."""
    found: dict[str, str] = {}
    for key, text in facts.report.items():
        if find_position(text) and (_POSITION.search(key) or _TELLING_SIGNS.search(text)):
            found[text] = pair_elsewhere(text)
        elif _LATITUDE.search(key):
            found[text] = half_elsewhere(text, 0)
        elif _LONGITUDE.search(key):
            found[text] = half_elsewhere(text, 1)
    return {text: made for text, made in found.items() if made != text and len(text) >= _LEAST_CHARACTERS}


def written_positions(facts: Facts, path: str, sidecar: Sidecar) -> set[str]:
    """Return the figures of a file's positions by which they could be searched for, four decimals or more."""
    return {one for one in _figures(facts, path, sidecar) if len(one.replace(".", "")) >= 5}


def _figures(facts: Facts, path: str, sidecar: Sidecar) -> Iterator[str]:
    try:
        exif = position_from_exif(facts.exif) or ()
    except InvalidLocationError:
        exif = ()
    for number in (*exif, sidecar.latitude, sidecar.longitude):
        if number:
            yield f"{abs(number):.4f}"[:-1] if abs(number) >= 10 else f"{abs(number):.4f}"
    for text in positions(facts):
        yield from (found[0] for found in _EXACT.finditer(text))
    if _LATITUDE.search(path):
        yield from (found[0] for found in _EXACT.finditer(path))
