"""Days on which a camera took more photos than it may send. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo
from itertools import groupby, pairwise

from ingest.exports.camera_facts import Told
from ingest.exports.spans import Span, days_of

DAYS = 3
"""A limit is one when it held on so many days in a row, as for the alerts."""


def capped_spans(
    reports: Sequence[Told], taken_s: Sequence[int], zone: tzinfo, bounds: Span
) -> Iterator[tuple[Span, int]]:
    """Yield from when until when a camera took photos that it did not send, and how many it sends a day.

    It has a limit where of three days in a row the same number of photos is here, and its counters say that on each of
    them it took more. Then each of these days ends, for us, with its last photo. Days are those of the camera's local
    time, or of UTC where the network counts by it. What arrives later, as from the card, is counted: then none is left.
    """
    counted = [one for one in reports if one.images_total is not None and one.images_sent is not None]
    if len(counted) <= DAYS:
        return
    is_daily = _begins_anew(counted)
    for by in (zone, UTC):
        days = [(day, _count(taken_s, day)) for _, day in days_of(bounds, by)]
        for limit, found in groupby(days, key=lambda one: one[1]):
            row = [day for day, _ in found]
            capped = [day for day in row if _took_more(counted, day, limit, is_daily)]
            for run in _in_a_row(capped):
                yield from ((_rest(taken_s, day), limit) for day in run)


def _count(taken_s: Sequence[int], day: Span) -> int:
    return bisect_left(taken_s, day[1]) - bisect_left(taken_s, day[0])


def _rest(taken_s: Sequence[int], day: Span) -> Span:
    """Return what is left of a day after its last photo."""
    after = bisect_left(taken_s, day[1])
    return (taken_s[after - 1] if _count(taken_s, day) else day[0]), day[1]


def _in_a_row(days: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield the days that follow on each other, where they are enough."""
    run: list[Span] = []
    for day in days:
        if run and run[-1][1] != day[0]:
            if len(run) >= DAYS:
                yield run
            run = []
        run.append(day)
    if len(run) >= DAYS:
        yield run


def _took_more(reports: Sequence[Told], day: Span, limit: int, is_daily: bool) -> bool:
    """Say whether the counters of a camera tell of photos of a day that it did not send."""
    before = bisect_right(reports, day[0], key=lambda one: one.received_s) - 1
    after = bisect_left(reports, day[1], key=lambda one: one.received_s)
    if is_daily:
        return any(_unsent(one) > 0 and one.images_sent == limit for one in reports[before + 1 : after + 1])
    return before >= 0 and after < len(reports) and _unsent(reports[after]) > _unsent(reports[before])


def _unsent(told: Told) -> int:
    return (told.images_total or 0) - (told.images_sent or 0)


def _begins_anew(reports: Sequence[Told]) -> bool:
    """Say whether counters begin anew most days, rather than with a new card."""
    falls = sum((later.images_total or 0) < (one.images_total or 0) for one, later in pairwise(reports))
    return falls > len(reports) / 4
