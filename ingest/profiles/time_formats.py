"""Which formats read a camera's times, found by the digits and what stands between them. Pure.

Where several read all of them, such as day and month in either order, all are told: no digit says which is right.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise, product
from typing import Literal

from ingest.reading.camera_time import NoTimeError, read_camera_time, time_format

Order = Literal["ymd", "dmy", "mdy", "epoch"]

_MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_TOKEN = re.compile(
    rf"(?P<n>[0-9]+)|(?P<B>January|February|March|April|June|July|August|September|October|November|December)"
    rf"|(?P<b>{_MONTH})|(?P<a>Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?![a-z])|(?P<p>[AP]M)(?![a-z])",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:(?<=[0-9])|(?<=\s))(Z|UTC|GMT|[+-][0-9]{2}:?[0-5][0-9])$", re.IGNORECASE)
_TAIL = re.compile(r"[^\w+]*$")
_COLON_IN_DATE = re.compile(r"%-?[Ymd]:%-?[Ymd]")
_OTHER_IN_CLOCK = re.compile(r"%-?[HI][^:%]+%-?M")
"""A colon is a clock's first of all: where it has another mark, the colon is no date's."""

_PLAUSIBLE_YEARS = range(1970, 2060)
_COUNTED_YEARS = range(2005, 2033)
"""Of times that are counted from 1970, where any number would be one."""
_MOST_CHARACTERS = 60
_MOST_SHAPES = 4

_ORDERED: tuple[tuple[Order, str], ...] = (("ymd", "Ymd"), ("dmy", "dmY"), ("mdy", "mdY"))
_SHORT: tuple[tuple[Order, str], ...] = (("ymd", "ymd"), ("dmy", "dmy"), ("mdy", "mdy"))
_DATES: tuple[tuple[Order, tuple[str, ...]], ...] = (
    *((order, (form,)) for order, form in (*_ORDERED, *_SHORT)),
    ("ymd", ("Y", "md")),
    *((order, tuple(form)) for order, form in (*_ORDERED, *_SHORT)),
)
_CLOCKS = (("HMS",), ("HM",), ("HMSf",), tuple("HMS"), tuple("HMSf"), tuple("HM"), tuple("IMS"), tuple("IM"))
_ALONE = tuple((order, date + clock) for order, date in (*_ORDERED, *_SHORT) for clock in ("HMS", "HM", "HMSf"))
_WIDTHS = {"Y": (4, 4), "y": (2, 2), "m": (1, 2), "d": (1, 2), "H": (1, 2), "I": (1, 2), "M": (1, 2), "S": (1, 2)}
_MILLISECONDS = 3


@dataclass(frozen=True)
class Reading:
    """Formats that together read all of some texts, the order of day, month and year in them, and the times."""

    formats: tuple[str, ...]
    order: Order
    times: tuple[datetime, ...]

    @property
    def formats_text(self) -> str:
        """The formats as a profile has them: one, or a list."""
        quoted = [f'"{form}"' for form in self.formats]
        return quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"

    @property
    def has_seconds(self) -> bool:
        """Whether it tells the second."""
        return all("%S" in form or "%-S" in form or form.startswith("epoch") for form in self.formats)


def readings_of(texts: Sequence[str]) -> list[Reading]:
    """Return each way to read all of these texts, one for each order of day, month and year; none when one is no time.

    >>> [one.formats for one in readings_of(["2026:11:21 01:15:30", "2026:11:22 02:15:30"])]
    [('%Y:%m:%d %H:%M:%S',)]
    >>> [one.formats for one in readings_of(["01062026011530"])]
    [('%d%m%Y%H%M%S',), ('%m%d%Y%H%M%S',)]
    >>> [one.formats for one in readings_of(["01062026011530", "02202026094914"])]
    [('%m%d%Y%H%M%S',)]
    """
    shapes: dict[str, list[str]] = {}
    for text in texts:
        shapes.setdefault(_shape(text), []).append(text)
    if not texts or len(shapes) > _MOST_SHAPES or any(len(text) > _MOST_CHARACTERS for text in texts):
        return []
    found = [_formats_of_shape(tuple(alike)) for alike in shapes.values()]
    readings = []
    for chosen in product(*found):
        orders = {order for order, _ in chosen}
        formats = tuple(dict.fromkeys(form for _, form in chosen))
        if len(orders) == 1 and (times := _read_all(tuple(texts), formats)):
            readings.append(Reading(formats, orders.pop(), times))
    return _one_for_each_order(readings)


def _one_for_each_order(readings: list[Reading]) -> list[Reading]:
    """Keep the first of each order that reads these times: a second one reads them alike, or another clock."""
    kept: list[Reading] = []
    for one in readings:
        if not any(other.order == one.order and other.times == one.times for other in kept):
            kept.append(one)
    return kept


def _shape(text: str) -> str:
    """Return a text with every number as long as it is; of single and double figures, that either may stand."""
    return re.sub(r"[0-9]+", lambda run: "#" * (len(run[0]) if len(run[0]) > 2 else 2), _TOKEN.sub(_kind, text))


def _kind(token: re.Match[str]) -> str:
    return token[0] if token["n"] else f"<{token.lastgroup}>"


@lru_cache(maxsize=500)
def _formats_of_shape(texts: tuple[str, ...]) -> list[tuple[Order, str]]:
    """Return the orders and formats that read all of these texts, which are alike."""
    found = []
    for order, form in dict.fromkeys(_candidates(texts)):
        if _read_all(texts, (form,)):
            found.append((order, form))
    return found


def _read_all(texts: tuple[str, ...], formats: tuple[str, ...]) -> tuple[datetime, ...]:
    """Return the times of texts, empty when one cannot be read so or is in no year of a camera."""
    known = tuple(one for form in formats if (one := time_format(form)))
    times = []
    for text in texts:
        try:
            time = read_camera_time(text, known)
        except NoTimeError:
            return ()
        if time is None or time.local.year not in (_COUNTED_YEARS if time.counted else _PLAUSIBLE_YEARS):
            return ()
        times.append(time.local)
    return tuple(times)


def _candidates(texts: tuple[str, ...]) -> Iterator[tuple[Order, str]]:
    yield from (("epoch", form) for form in ("epoch", "epoch_ms") if _TAIL.sub("", texts[0]).replace(".", "").isdigit())
    with_offset = [_OFFSET.search(text) for text in texts]
    if all(with_offset):
        cut = tuple(text[: found.start()] for text, found in zip(texts, with_offset, strict=True) if found)
        yield from ((order, f"{form}%z") for order, form in _composed(cut))
    yield from _composed(tuple(_TAIL.sub("", text) for text in texts))


def _composed(texts: tuple[str, ...]) -> Iterator[tuple[Order, str]]:
    """Yield formats made of the first text's numbers, as wide as they are in all, and of what stands between."""
    lined = [list(_TOKEN.finditer(text)) for text in texts]
    first = lined[0]
    if not first or first[0].start() or any(len(line) != len(first) for line in lined):
        return
    lengths = [{len(line[at][0]) for line in lined} for at in range(len(first))]
    gaps = [texts[0][one.end() : two.start()] for one, two in pairwise(first)]
    gaps.append(texts[0][first[-1].end() :])
    gaps = [re.sub(r"\s+", " ", gap) for gap in gaps]
    named = [str(token.lastgroup) if not token["n"] else "" for token in first]
    for order, layout in _layouts(named):
        if parts := _fitted(layout, named, lengths):
            form = "".join(part + gap.replace("%", "%%") for part, gap in zip(parts, gaps, strict=True))
            if not (_COLON_IN_DATE.search(form) and _OTHER_IN_CLOCK.search(form)):
                yield order, form


def _layouts(named: list[str]) -> Iterator[tuple[Order, tuple[str, ...]]]:
    """Yield what each number may be, for as many numbers and names as there are."""
    size = len([name for name in named if name in ("", "b", "B")])
    if size == 1:
        yield from ((order, (form,)) for order, form in _ALONE)
    for (order, date), clock in product(_DATES, _CLOCKS):
        if len(date) + len(clock) == size and ("I" in "".join(clock)) == ("p" in named):
            yield order, (*date, *clock)
            if "Y" in "".join(date):
                yield order, (*clock, *date)


def _fitted(layout: tuple[str, ...], named: list[str], lengths: list[set[int]]) -> list[str] | None:
    """Return the directives for each token; None where the numbers are too wide or too narrow for this layout."""
    numbers = [widths for name, widths in zip(named, lengths, strict=True) if name not in ("a", "p")]
    unpadded = _unpadded({letters: 1 in widths for letters, widths in zip(layout, numbers, strict=True)})
    if unpadded is None:
        return None
    asked = iter(layout)
    parts = []
    for name, widths in zip(named, lengths, strict=True):
        if name in ("a", "p"):
            parts.append(f"%{name}")
            continue
        letters = next(asked)
        part = _named_month(name, letters) if name else _number(letters, widths, unpadded)
        if part is None:
            return None
        parts.append(part)
    return parts


def _named_month(name: str, letters: str) -> str | None:
    return f"%{name}" if letters == "m" else None


def _number(letters: str, widths: set[int], unpadded: str) -> str | None:
    if len(letters) > 1:
        digits = sum(_WIDTHS[one][1] for one in letters if one != "f") + (_MILLISECONDS if "f" in letters else 0)
        return "".join(f"%{one}" for one in letters) if widths == {digits} else None
    if letters == "f":
        return "%f" if max(widths) <= 6 else None
    least, most = _WIDTHS[letters]
    if min(widths) < least or max(widths) > most:
        return None
    return f"%-{letters}" if letters in unpadded else f"%{letters}"


def _unpadded(single: dict[str, bool]) -> str | None:
    """Return what is written without a zero; None for a number that was cut, which is none: `01:15:3` is no time."""
    hour = single.get("H", False) or single.get("I", False)
    if (single.get("M") and not hour) or (single.get("S") and not single.get("M")):
        return None
    date = "dmHI" if single.get("d") or single.get("m") else ""
    return date + "".join(letter for letter in "HIMS" if single.get(letter))
