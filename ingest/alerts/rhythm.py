"""How often a camera is heard of, and from when on its silence is more than that. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import pstdev

from ingest.index.contacts import Contacts

LEARNED_DAYS = 60
GAPS_MIN = 5
"""A camera of which fewer gaps are known has no rhythm yet."""
SPREADS = 9.0
"""A camera that sends by chance, so many times a day on average, is silent for longer than its longest gap and nine
spreads once in a million gaps; one that sends by the clock is found an hour after it should have sent."""
OUTLIER = 3.0
OUTLIER_SHARE = 0.9
HOURS_MAX = 30 * 24.0

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
    gaps = sorted(awake_h((last, first), away) for (_, last), (first, _) in pairwise(contacts.days))
    if len(gaps) < GAPS_MIN:
        return Rhythm(unknown_h, max(floor_h, unknown_h))
    common = gaps[int(len(gaps) * OUTLIER_SHARE) - 1]
    kept = [gap for gap in gaps if gap <= OUTLIER * max(common, floor_h / 2)]
    usual = kept[-1]
    return Rhythm(usual, min(max(floor_h, usual + SPREADS * pstdev(kept), usual + 1.0), HOURS_MAX))


def awake_h(span: Span, away: Iterable[Span]) -> float:
    """Return how many hours of a span a camera could be heard of.

    >>> from datetime import UTC
    >>> day = [datetime(2026, 3, day, tzinfo=UTC) for day in range(1, 9)]
    >>> awake_h((day[0], day[3]), [(day[1], day[2]), (day[2], day[5])])
    24.0
    """
    since, until = span
    gone, at = timedelta(0), since
    for start, end in sorted(away):
        start, end = max(start, at), min(end, until)
        if end > start:
            gone += end - start
            at = end
    return (until - since - gone) / timedelta(hours=1)
