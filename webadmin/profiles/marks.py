"""What a person marked in a value: the place, the answer that it becomes, and the parts that can be marked. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MARKED = "mark"
"""The choice that says: what was marked. Where it stands is another answer, `image.mark.camera_id`."""

FIELDS: dict[str, tuple[tuple[str, str], ...]] = {
    "image": (("camera_id", "This is the camera"), ("captured_at", "This is the time")),
    "report": (("camera_id", "This is the camera"), ("reported_at", "This is the time")),
}
"""What a mark may be for, by the kind of file, and the words for it."""

_PIECES = re.compile(r"[^\W\d_]+|\d+|[\W_]+")
_MOST_PIECES = 40
_LONGEST_SOURCE = 300
_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True)
class Mark:
    """Some characters of the text that a source has in one file, which is given by its number among the files."""

    source: str
    start: int
    end: int
    file: int

    @property
    def text(self) -> str:
        """How it is sent."""
        return f"{self.source}|{self.start}|{self.end}|{self.file}"

    def with_piece(self, start: int, end: int) -> "Mark":
        """Return what is marked once a piece is pressed too: all from one to the other; one inside is marked alone."""
        if self.start <= start and end <= self.end:
            return Mark(self.source, start, end, self.file)
        return Mark(self.source, min(start, self.start), max(end, self.end), self.file)


def parse_mark(text: str) -> Mark | None:
    """Read a mark; None when it is none.

    >>> parse_mark("exif.Model|0|3|2")
    Mark(source='exif.Model', start=0, end=3, file=2)
    >>> parse_mark("exif.Model|3|3|2"), parse_mark("path")
    (None, None)
    """
    source, *numbers = text.rsplit("|", 3)
    if len(numbers) != 3 or not source or len(source) > _LONGEST_SOURCE:
        return None
    if not all(_NUMBER.fullmatch(one) for one in numbers):
        return None
    start, end, file = map(int, numbers)
    return Mark(source, start, end, file) if start < end else None


def marked_answers(sent: str) -> Mapping[str, str]:
    """Return the answers that a pressed "this is the camera" gives, sent as `image.camera_id|<mark>`; none of nonsense.

    >>> marked_answers("image.camera_id|path|0|4|0")
    {'image.camera_id': 'mark', 'image.mark.camera_id': 'path|0|4|0'}
    """
    name, _, place = sent.partition("|")
    part, _, field = name.partition(".")
    if field not in dict(FIELDS.get(part, ())) or parse_mark(place) is None:
        return {}
    return {name: MARKED, f"{part}.mark.{field}": place}


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield where words, numbers and what is between them stand in a text; of very many, the rest is one.

    >>> text = "IMG_07.JPG"
    >>> [text[start:end] for start, end in pieces(text)]
    ['IMG', '_', '07', '.', 'JPG']
    """
    for number, found in enumerate(_PIECES.finditer(text)):
        if number == _MOST_PIECES - 1:
            yield found.start(), len(text)
            return
        yield found.span()
