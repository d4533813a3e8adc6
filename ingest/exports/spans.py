"""Spans of time as seconds since 1970 (UTC), and what can be done with them. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

Span = tuple[int, int]
"""From when until when."""
HOUR_S = 3600
DAY_S = 86_400


def clipped(spans: Iterable[Span], bounds: Span) -> Iterator[Span]:
    """Yield the parts of spans that lie within bounds.

    >>> list(clipped([(1, 3), (5, 9), (9, 12)], (2, 9)))
    [(2, 3), (5, 9)]
    """
    for since, until in spans:
        if since < bounds[1] and until > bounds[0]:
            yield max(since, bounds[0]), min(until, bounds[1])


def without(span: Span, holes: Sequence[Span]) -> Iterator[Span]:
    """Yield what is left of a span; the holes are merged.

    >>> list(without((0, 10), [(2, 3), (8, 12)]))
    [(0, 2), (3, 8)]
    """
    at = span[0]
    for since, until in clipped(holes, span):
        if since > at:
            yield at, since
        at = until
    if at < span[1]:
        yield at, span[1]


def length_s(spans: Iterable[Span]) -> int:
    """Return how long spans are together; none touches another."""
    return sum(until - since for since, until in spans)


def moment(at_s: int, zone: tzinfo = UTC) -> datetime:
    """Return a moment in a time zone."""
    return datetime.fromtimestamp(at_s, zone)


def at_s(local: datetime, zone: tzinfo) -> int:
    """Return a moment of local time (naive) in seconds; of an hour that comes twice the first one."""
    return int(local.replace(tzinfo=zone).timestamp())


def days_of(span: Span, zone: tzinfo) -> Iterator[tuple[date, Span]]:
    """Yield the days of local time that a span touches, each with its own span: 23 or 25 hours in the nights in which
    clocks are changed."""
    day = moment(span[0], zone).date()
    while (start := at_s(datetime.combine(day, time.min), zone)) < span[1]:
        following = day + timedelta(days=1)
        yield day, (start, at_s(datetime.combine(following, time.min), zone))
        day = following
