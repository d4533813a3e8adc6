"""How often a camera is heard of, and from when on its silence is more than that. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import exp, fsum, log, sqrt
from statistics import fmean
from typing import TypeVar

from ingest.index.contacts import Contacts

LEARNED_DAYS = 60
GAPS_MIN = 5
"""A camera of which fewer gaps are known has no rhythm yet."""
SPREADS, FEW = 9.0, 8.0
"""How many standard deviations beyond its longest gap a camera is silent, and more where few gaps are known: one that
sends by chance has a gap like that once in a hundred thousand times (tests/faults/test_alerts_fleet.py tries it)."""
REGULAR, BY_CHANCE, KNOWN_GAPS = 0.2, 0.6, 15
"""The share of the standard deviation in the mean: so much it is of a camera that sends by the clock, and so much of
one that sends by chance, where that many gaps are known. The former is found three times as early."""
SELDOM = 1000.0
"""One in so many cameras that are new, and send by chance, is taken for silent and is not."""
OUTLIER = 3.0
OUTLIER_SHARE = 0.9
HOURS_MAX = 30 * 24.0

Moment = TypeVar("Moment", datetime, int)
"""A moment, or its seconds since 1970."""
Span = tuple[datetime, datetime]
"""From when until when."""


@dataclass(frozen=True)
class Rhythm:
    """What is usual of a camera: `usual_h` the longest gap between contacts, `silent_h` from when on it is silent."""

    usual_h: float
    silent_h: float

    @property
    def overdue_h(self) -> float:
        """From when on it is likely that something is wrong, where others are silent as well."""
        return (self.usual_h + self.silent_h) / 2


def rhythm_of(contacts: Contacts, away: Sequence[Span], floor_h: float, unknown_h: float) -> Rhythm:
    """Learn a camera's rhythm from its contacts; what it could not be heard of (`away`) is no gap.

    `floor_h`: earlier no camera is silent; `unknown_h`: from when on one is whose rhythm is not known.
    """
    gaps = [awake_h((last, first), away) for (_, last), (first, _) in pairwise(contacts.days)]
    return rhythm_of_gaps(gaps, floor_h, unknown_h)


def rhythm_of_gaps(given: Iterable[float], floor_h: float, unknown_h: float) -> Rhythm:
    """Learn a rhythm from the gaps between contacts, in hours."""
    gaps = sorted(given)
    if len(gaps) < GAPS_MIN:
        return Rhythm(unknown_h, max(floor_h, _guessed_h(gaps, unknown_h)))
    common = gaps[int(len(gaps) * OUTLIER_SHARE) - 1]
    kept = [gap for gap in gaps if gap <= OUTLIER * max(common, floor_h / 2)]
    usual = kept[-1]
    margin_h = SPREADS * spread_h(kept) * _chance(kept) * (1 + FEW / len(kept))
    return Rhythm(usual, min(max(floor_h, usual + max(1.0, margin_h)), HOURS_MAX))


def _guessed_h(gaps: Sequence[float], unknown_h: float) -> float:
    """Return from when on a new camera is silent: soon where it keeps to the clock, or else as the few gaps allow.

    Of gaps by chance, n that add up to S, the next one is longer than t in (S / (S + t)) ** n of all cases.
    """
    if not gaps:
        return 2 * unknown_h
    if len(gaps) >= GAPS_MIN - 1 and spread_h(gaps) <= REGULAR * fmean(gaps):
        return unknown_h
    return max(unknown_h, min(3 * unknown_h, fsum(gaps) * (exp(log(SELDOM) / len(gaps)) - 1)))


def _chance(gaps: Sequence[float]) -> float:
    """Return how much a camera sends by chance, from a third to 1."""
    if len(gaps) < KNOWN_GAPS or not any(gaps):
        return 1.0
    return min(1.0, max(1 / 3, (spread_h(gaps) / fmean(gaps) - REGULAR) / (BY_CHANCE - REGULAR)))


def spread_h(gaps: Sequence[float]) -> float:
    """Return the standard deviation: the library's own is exact, and takes ten times as long for every camera."""
    middle = fsum(gaps) / len(gaps)
    return sqrt(fsum((gap - middle) ** 2 for gap in gaps) / len(gaps))


def awake_h(span: Span, away: Iterable[Span]) -> float:
    """Return how many hours of a span a camera could be heard of; `away` is in order.

    >>> from datetime import UTC
    >>> day = [datetime(2026, 3, day, tzinfo=UTC) for day in range(1, 9)]
    >>> awake_h((day[0], day[3]), [(day[1], day[2]), (day[2], day[5])])
    24.0
    """
    since, until = span
    gone, at = timedelta(0), since
    for start, end in away:
        if end > at and start < until:
            gone += min(end, until) - max(start, at)
            at = min(end, until)
    return (until - since - gone).total_seconds() / 3600


def merged(spans: Iterable[tuple[Moment, Moment]]) -> tuple[tuple[Moment, Moment], ...]:
    """Return spans in order, with those as one that touch each other.

    >>> merged([(3, 4), (1, 2), (2, 3), (6, 8), (7, 7)])
    ((1, 4), (6, 8))
    """
    found: list[tuple[Moment, Moment]] = []
    for since, until in sorted(spans):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(until, found[-1][1]))
        else:
            found.append((since, until))
    return tuple(found)
