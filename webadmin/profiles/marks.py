"""What a person marked in a value: the place, the answer that it becomes, and the parts that can be marked. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MARKED = "mark"
"""The choice that says: what was marked. Where it stands is another answer, `image.mark.camera_id`."""

FIELDS: dict[str, tuple[tuple[str, str], ...]] = {
    "image": (("camera_id", "the camera"), ("captured_at", "the time")),
    "report": (("camera_id", "the camera"), ("reported_at", "the time")),
}
"""What a mark may be for, by the kind of file, and the words for it."""

BETWEEN = ";"
"""What stands between the marks of one field: a date may be in a folder, and the hour in the name."""

_PIECES = re.compile(r"[^\W\d_]+|\d+|[\W_]+")
_MOST_PIECES = 40
_MOST_MARKS = 3
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
    marks = place.split(BETWEEN)
    if field not in dict(FIELDS.get(part, ())) or len(marks) > _MOST_MARKS or not all(map(parse_mark, marks)):
        return {}
    return {name: MARKED, f"{part}.mark.{field}": place}


def offers(part: str, mark: Mark, answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what may be said of a mark, as it is sent, with words: that it is something, or the rest of it.

    >>> offers("image", Mark("path", 0, 4, 0), {})
    [('image.camera_id|path|0|4|0', 'This is the camera'), ('image.captured_at|path|0|4|0', 'This is the time')]
    """
    made = [(f"{part}.{field}|{mark.text}", f"This is {words}") for field, words in FIELDS[part]]
    for field, words in FIELDS[part]:
        marked = answers.get(f"{part}.mark.{field}", "")
        is_used = answers.get(f"{part}.{field}", "").partition(":")[0] == MARKED
        if is_used and marked and marked.count(BETWEEN) < _MOST_MARKS - 1 and mark.text not in marked.split(BETWEEN):
            made.append((f"{part}.{field}|{marked}{BETWEEN}{mark.text}", f"This is the rest of {words}"))
    return made


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
