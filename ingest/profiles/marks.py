"""Marks: parts of what sources say that a person marked in one file, as answers hold them. Pure.

`path|7|17|0` is from the 7th to before the 17th character of the path of the first file; `;` stands between several.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ingest.profiles.drafts import MARK, Answers
from ingest.profiles.profile import PartName

_SPAN = re.compile(r"([^|;]{1,300})\|([0-9]{1,4})\|([0-9]{1,4})\|([0-9]{1,4})", re.ASCII)
_MOST = 3


@dataclass(frozen=True)
class Span:
    """What is marked: from a start to before an end in what a source says of the file of this number, from 0."""

    source: str
    start: int
    end: int
    at: int


Marks = Mapping[str, tuple[Span, ...]]
"""What is marked, by the field that it is for."""

NO_MARKS: Marks = {}


def marks_in(answers: Answers, part: PartName, number: Callable[[int], int | None]) -> dict[str, tuple[Span, ...]]:
    """Return the marks of a part by their fields. `number` gives a file's number among those of the part.

    One that is none, or is in a file that is not of the part, counts for none.
    """
    before = f"{part}.{MARK}."
    found = {
        name.removeprefix(before): _spans(text, number) for name, text in answers.items() if name.startswith(before)
    }
    return {field: spans for field, spans in found.items() if spans}


def mark_text(spans: Sequence[Span]) -> str:
    """Return marks as an answer holds them.

    >>> mark_text([Span("path", 7, 17, 0), Span("exif.Artist", 0, 2, 0)])
    'path|7|17|0;exif.Artist|0|2|0'
    """
    return ";".join(f"{one.source}|{one.start}|{one.end}|{one.at}" for one in spans)


def _spans(text: str, number: Callable[[int], int | None]) -> tuple[Span, ...]:
    pieces = text.split(";")
    spans = []
    for piece in pieces[: _MOST + 1]:
        found = _SPAN.fullmatch(piece.strip())
        at = number(int(found[4])) if found else None
        if found is None or at is None or int(found[2]) >= int(found[3]):
            return ()
        spans.append(Span(found[1], int(found[2]), int(found[3]), at))
    return tuple(spans) if len(spans) <= _MOST else ()
