"""Where in a longer text a time stands, such as in a file's name: patterns that find it in all of some texts. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.profiles.patterns import Pattern, compiled
from ingest.profiles.time_formats import Reading, readings_of

_RUN = re.compile(r"[0-9]+")
_GAP = re.compile(r"[-_.:/ ,T@]{1,2}")
_BETWEEN_DATE_AND_CLOCK = "(?s:.*?)"
_LAST_RUN = re.compile(r"[^0-9:.]([0-9]{4})$")
_DATE_WIDTHS = ((8,), (4, 4), (4, 2, 2), (2, 2, 4), (2, 2, 2), (6,))
_CLOCK_WIDTHS = ((2, 2, 2), (6,))
_MOST_RUNS = 6
_MOST_TRIED = 12
_MOST_CHARACTERS = 400
_LOOKS_LIKE = re.compile(r"[0-9].{0,30}[0-9]", re.DOTALL)


@dataclass(frozen=True)
class Window:
    """A pattern that finds the groups of a time, the source that joins them, and each way to read what it finds.

    `start` and `end` are where it stands in the first text.
    """

    pattern: str
    source: str
    readings: tuple[Reading, ...]
    start: int
    end: int

    @property
    def has_seconds(self) -> bool:
        """Whether it tells the second."""
        return any(one.has_seconds for one in self.readings)


def find_windows(texts: Sequence[str]) -> list[Window]:
    """Return where a time stands in all of these texts, the most exact first; one in a single piece before others."""
    if not texts or any(len(text) > _MOST_CHARACTERS or not _LOOKS_LIKE.search(text) for text in texts):
        return []
    pieces = _pieces(texts[0])
    by_form = {_like(texts[0][slice(*piece)]): piece for piece in reversed(pieces)}
    whole = [piece for piece in by_form.values() if readings_of([texts[0][slice(*piece)]])][:_MOST_TRIED]
    found = [window for piece in whole if (window := _whole(texts, *piece))]
    return sorted(found or _in_two(texts, pieces), key=lambda one: (not one.has_seconds, len(one.readings)))


def _pieces(text: str) -> list[tuple[int, int]]:
    """Return the beginnings and ends of numbers that stand together."""
    runs = list(_RUN.finditer(text))
    found = []
    for at, first in enumerate(runs):
        for last in range(at, min(at + _MOST_RUNS + 1, len(runs))):
            if last > at and not _GAP.fullmatch(text, runs[last - 1].end(), runs[last].start()):
                break
            found.append((first.start(), runs[last].end()))
    return found


def _whole(texts: Sequence[str], start: int, end: int) -> Window | None:
    pattern = f"(?P<time>{_like(texts[0][start:end])})"
    found = _all_groups(pattern, texts, "time")
    is_counter = _is_counter([one[0] for one in found])
    readings = readings_of([one[0] for one in found]) if found and not is_counter else []
    return Window(pattern, "{time}", tuple(readings), start, end) if readings else None


def _is_counter(texts: Sequence[str]) -> bool:
    """Say whether four digits behind a day are more likely a counter than hour and minute."""
    last = [_LAST_RUN.search(text) for text in texts]
    if not all(last):
        return False
    numbers = [found[1] for found in last if found]
    steps = {int(two) - int(one) for one, two in pairwise(numbers)}
    in_folder = any(found[0].startswith("/") for found in last if found)
    return in_folder or all(number.startswith("00") for number in numbers) or steps == {1}


def _in_two(texts: Sequence[str], pieces: list[tuple[int, int]]) -> Iterator[Window]:
    """Yield the windows of a date that is followed, after something else, by the time of day."""
    dates = [one for one in pieces if _widths(texts[0], *one) in _DATE_WIDTHS]
    clocks = [one for one in pieces if _widths(texts[0], *one) in _CLOCK_WIDTHS]
    for date in dates[:_MOST_TRIED]:
        for clock in clocks[:_MOST_TRIED]:
            if clock[0] > date[1] and (window := _two(texts, date, clock)):
                yield window


def _two(texts: Sequence[str], date: tuple[int, int], clock: tuple[int, int]) -> Window | None:
    day, time = (_like(texts[0][slice(*piece)]) for piece in (date, clock))
    pattern = f"(?P<date>{day}){_BETWEEN_DATE_AND_CLOCK}(?P<clock>{time})"
    found = _all_groups(pattern, texts, "date", "clock")
    readings = readings_of([" ".join(one) for one in found]) if found else []
    return Window(pattern, "{date} {clock}", tuple(readings), date[0], clock[1]) if readings else None


def _widths(text: str, start: int, end: int) -> tuple[int, ...]:
    return tuple(len(run) for run in _RUN.findall(text[start:end]))


def _like(text: str) -> str:
    """Return a pattern for whole numbers as wide as these, with the same between them.

    >>> _like("2026-11-21")
    '(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])'
    """
    inner = re.sub(r"[0-9]+|[^0-9]", lambda one: _class(one[0]), text)
    return f"(?<![0-9]){inner}(?![0-9])"


def _class(piece: str) -> str:
    if not piece[0].isdigit():
        return piece if piece in " -" else re.escape(piece)
    return f"[0-9]{{{len(piece)}}}" if len(piece) > 1 else "[0-9]{1,2}"


def _all_groups(pattern: str, texts: Sequence[str], *names: str) -> list[tuple[str, ...]]:
    """Return what the groups of a pattern are in each text; empty where one does not have it."""
    known: Pattern = compiled(pattern)
    found = []
    for text in texts:
        match = known.compiled.search(text)
        if match is None:
            return []
        found.append(tuple(match[name] for name in names))
    return found
