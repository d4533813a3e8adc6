"""Everything that one file says, as a person marks it: values in pieces, and what of them is the camera and the time.

Pure. What strangers wrote is bounded here: so many values, so many characters, and nothing that turns the text round.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.profiles.sources import Subject, look_up
from webadmin.profiles.marks import Mark, pieces

MOST_VALUES = 120
"""How many values of one kind are shown."""

_MOST_CHARACTERS = 300
_MOST_PIECES = 2500
_FIRST = (
    *("exif.Make", "exif.Model", "exif.Software", "exif.BodySerialNumber", "exif.CameraSerialNumber"),
    *("exif.DateTimeOriginal", "exif.DateTime", "exif.ImageDescription", "exif.UserComment", "makernote.SerialNumber"),
)
_TITLES = {"path": "Upload path", "account": "Account", "comment": "Comment in the picture"}

Roles = dict[str, list[tuple[int, int, str]]]
"""By source: from where to where something is the `camera` or the `time`."""


@dataclass(frozen=True)
class Piece:
    """A word, a number, or what is between; `role` is what the profile takes it for, `mark` what pressing it marks."""

    text: str
    start: int
    mark: str
    role: str = ""
    is_picked: bool = False


@dataclass(frozen=True)
class Value:
    """What one source says. `more` is the number of characters that are not shown; `picked` is the mark in it."""

    source: str
    title: str
    pieces: tuple[Piece, ...]
    is_same: bool
    more: int = 0
    picked: Mark | None = None

    @property
    def picked_text(self) -> str:
        """What is marked."""
        return "".join(one.text for one in self.pieces if one.is_picked)


@dataclass(frozen=True)
class Values:
    """The values of one kind. `left_out` is the number of those that are not shown."""

    title: str
    values: tuple[Value, ...]
    left_out: int = 0

    @property
    def is_marked(self) -> bool:
        """Whether anything in them is marked, or taken for something."""
        return any(piece.role or piece.is_picked for value in self.values for piece in value.pieces)


def values_of(subjects: Sequence[Subject], shown: int, roles: Roles, picked: Mark | None) -> list[Values]:
    """Return the values of one of the files, by their kinds; `roles` and `picked` are places in its values."""
    subject, left = subjects[shown], _MOST_PIECES
    found = []
    for title, sources in _kinds(subject):
        told = [source for source in sources if look_up(source, subject)]
        values = []
        for source in told[:MOST_VALUES]:
            mark = picked if picked and (picked.source, picked.file) == (source, shown) else None
            value = _value(source, subject, Mark(source, 0, 0, shown), mark, roles.get(source, []), is_whole=left <= 0)
            left -= len(value.pieces)
            values.append(replace(value, is_same=_is_same(source, subjects)))
        if values:
            found.append(Values(title, tuple(values), len(told) - len(values)))
    return found


def _kinds(subject: Subject) -> Iterator[tuple[str, list[str]]]:
    """Yield the sources of each kind; of two names that exiftool has for one value, the short one."""
    yield "How it came", ["path", "account"]
    yield "Lines of the report", [f"report.{key}" for key in subject.report if "|" not in key]
    exif = [f"exif.{tag}" for tag in subject.exif]
    yield "EXIF", sorted(exif, key=lambda one: _FIRST.index(one) if one in _FIRST else len(_FIRST))
    yield "Comment", ["comment"]
    yield "XMP", [f"xmp.{name}" for name in subject.xmp]
    notes = subject.makernotes.values
    yield (
        "MakerNote",
        [f"makernote.{one}" for one in notes if notes.get(one.rpartition(":")[2]) != notes[one] or ":" not in one],
    )


def _is_same(source: str, subjects: Sequence[Subject]) -> bool:
    first = look_up(source, subjects[0])
    return len(subjects) > 1 and all(look_up(source, one) == first for one in subjects[1:])


def _value(
    source: str,
    subject: Subject,
    empty: Mark,
    picked: Mark | None,
    roles: list[tuple[int, int, str]],
    *,
    is_whole: bool,
) -> Value:
    text = look_up(source, subject) or ""
    shown = text[:_MOST_CHARACTERS]
    spans = [(0, len(shown))] if is_whole else list(pieces(shown))
    edges = [edge for start, end, _ in roles for edge in (start, end)]
    edges += [picked.start, picked.end] if picked else []
    cut = [piece for span in spans for piece in _cut_at(span, edges)]
    made = [_piece(shown, start, end, empty, picked, roles) for start, end in cut]
    title = _TITLES.get(source) or source.partition(".")[2]
    return Value(source, one_for_one(title[:80]), tuple(made), False, len(text) - len(shown), picked)


def _cut_at(span: tuple[int, int], edges: list[int]) -> Iterator[tuple[int, int]]:
    """Yield a piece, cut where a mark begins or ends within it."""
    start, end = span
    inside = sorted({edge for edge in edges if start < edge < end})
    yield from zip([start, *inside], [*inside, end], strict=True)


def _piece(
    text: str, start: int, end: int, empty: Mark, picked: Mark | None, roles: list[tuple[int, int, str]]
) -> Piece:
    mark = picked.with_piece(start, end) if picked else replace(empty, start=start, end=end)
    role = next((role for begin, stop, role in roles if begin <= start and end <= stop), "")
    is_picked = picked is not None and picked.start <= start and end <= picked.end
    return Piece(one_for_one(text[start:end]), start, mark.text, role, is_picked)


def one_for_one(text: str) -> str:
    r"""Return text of which every character can be seen, and has its own place still.

    >>> one_for_one("a\u202eb\n\xa0c")
    'a�b� c'
    """
    return "".join(_seen(one) for one in text)


def _seen(character: str) -> str:
    if character.isprintable():
        return character
    return " " if unicodedata.category(character) == "Zs" else "�"
