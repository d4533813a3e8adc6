"""Tells the reports apart that one file holds: one camera's that appends to it, or those of several cameras. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ingest.reading.report_lines import Pair

MOST_KEYS = 200
_NAMES_A_CAMERA = re.compile(r"imei|serial|camera|\bs/?n\b|id\b")
_NAMES_A_TIME = re.compile(r"date|time")


@dataclass(frozen=True)
class Span:
    """Which of a file's pairs are one report: those from `begin` to `end`, and the first `head` of all."""

    head: int
    begin: int
    end: int


@dataclass(frozen=True)
class Blocks:
    """The values of a file's last report; how the reports before it begin, and where they stand; how many keys were too
    many."""

    values: dict[str, str]
    before: tuple[Pair, ...] = ()
    left_out: int = 0
    spans: tuple[Span, ...] = ()


def last_report(pairs: Sequence[Pair]) -> Blocks:
    """Return the last report of a file: logs grow at the end. Values of two reports are never mixed.

    A report begins anew where the first key that repeats comes again with another key of its report, or where it is the
    file's first key, names a camera, and has another value. What stands before that key's first time belongs to each
    report. Any other key that comes twice has its last value that is not empty; so has what is a list inside a report:
    keys that come again with neither camera nor time among them, after a camera was named.

    >>> last_report([("imei", "1"), ("gps", "x"), ("imei", "2"), ("csq", "9")])
    Blocks(values={'imei': '2', 'csq': '9'}, before=(('imei', '1'),), left_out=0, spans=(Span(head=0, begin=0, end=2),))
    """
    head, segments = _segments(pairs)
    reports = segments[:1]
    for segment in segments[1:]:
        is_new = not _is_part_of_list(head, segment) and _begins_anew(reports[-1], segment, is_first_key=not head)
        if is_new:
            reports.append(segment)
        else:
            reports[-1].extend(segment)
    values, left_out = _values([*head, *(reports[-1] if reports else [])])
    return Blocks(values, tuple(report[0] for report in reports[:-1]), left_out, _spans(len(head), reports[:-1]))


def values_at(pairs: Sequence[Pair], span: Span) -> dict[str, str]:
    """Return the values of one report of a file."""
    return _values([*pairs[: span.head], *pairs[span.begin : span.end]])[0]


def _spans(head: int, reports: Sequence[Sequence[Pair]]) -> tuple[Span, ...]:
    ends = list(accumulate((len(report) for report in reports), initial=head))
    return tuple(Span(head, begin, end) for begin, end in pairwise(ends))


def _segments(pairs: Sequence[Pair]) -> tuple[list[Pair], list[list[Pair]]]:
    """Split at each time that the first key which repeats comes; return what stands before it as well."""
    counts: dict[str, int] = {}
    for key, _ in pairs:
        counts[key] = counts.get(key, 0) + 1
    anchor = next((key for key, count in counts.items() if count > 1), None)
    starts = [number for number, (key, _) in enumerate(pairs) if key == anchor]
    if not starts:
        return list(pairs), []
    return list(pairs[: starts[0]]), list(_between(pairs, starts))


def _between(pairs: Sequence[Pair], starts: Sequence[int]) -> Iterator[list[Pair]]:
    for start, end in zip(starts, [*starts[1:], len(pairs)], strict=True):
        yield list(pairs[start:end])


def _is_part_of_list(head: list[Pair], segment: list[Pair]) -> bool:
    """Say whether these pairs are one of several things that one camera tells of, such as its sensors."""
    names_camera = any(value and _NAMES_A_CAMERA.search(key) for key, value in head)
    return names_camera and not any(_NAMES_A_CAMERA.search(key) or _NAMES_A_TIME.search(key) for key, _ in segment)


def _begins_anew(report: list[Pair], segment: list[Pair], *, is_first_key: bool) -> bool:
    keys = {key for key, _ in report}
    if len(keys) < 2:
        return False
    if len(keys & {key for key, _ in segment}) > 1:
        return True
    before, now = report[0][1], segment[0][1]
    names_another = bool(before and now) and before != now and _NAMES_A_CAMERA.search(segment[0][0]) is not None
    return is_first_key and names_another


def _values(pairs: Sequence[Pair]) -> tuple[dict[str, str], int]:
    values: dict[str, str] = {}
    left_out = 0
    for key, value in pairs:
        if key not in values and len(values) >= MOST_KEYS:
            left_out += 1
        elif value or key not in values:
            values[key] = value
    return values, left_out
