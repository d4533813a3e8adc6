"""What exiftool says of a photo's MakerNote, as the values that profiles name: pure, `exiftool.py` asks it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.reading.exif_values import MOST_CHARACTERS, clean

MOST_FIELDS = 1000
_OWN = "ExifTool:"  # what it says of itself, such as a warning


@dataclass(frozen=True)
class Makernotes:
    """The tags of a photo's MakerNote as exiftool names and prints them: `SerialNumber` and `Reconyx:SerialNumber`.

    Of several groups that have one name, the first has it alone. `problem` says why nothing could be read.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    problem: str | None = None


def values_in(answer: bytes) -> dict[str, str]:
    """Return the tags in exiftool's answer, of which only so many are kept. Raise ValueError when it is not JSON.

    >>> values_in(b'[{"SourceFile": "x", "Reconyx:EventNumber": 77}]')
    {'Reconyx:EventNumber': '77', 'EventNumber': '77'}
    """
    # Numbers stay as they are written: 1.10 is a version, and 0012 a serial number.
    content = json.loads(answer.decode("utf-8", "replace") or "[]", parse_int=str, parse_float=str)
    tags = content[0] if isinstance(content, list) and content else {}
    if not isinstance(tags, dict):
        raise ValueError("the answer has no tags")
    found = [(name, _text(value)) for name, value in tags.items() if ":" in name and not name.startswith(_OWN)]
    values: dict[str, str] = {}
    for name, text in found[:MOST_FIELDS]:
        values[name] = text
        values.setdefault(name.rpartition(":")[2], text)
    return values


def _text(value: Any) -> str:
    text = " ".join(str(part) for part in value) if isinstance(value, list) else str(value)
    return clean(text)[:MOST_CHARACTERS]
