"""Which faults of a clock explain the times of the chosen photos, for a person to choose from. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ingest.fleet.clock_faults import fault_words, proposals
from ingest.spool.clock_spans import ClockFault
from webadmin.mending.asked import fault_text

CHOICES_MAX = 4


@dataclass(frozen=True)
class Shot:
    """What a camera's clock said of a photo, None where it said nothing, and when that arrived: both local times."""

    said: datetime | None
    arrived: datetime


@dataclass(frozen=True)
class TimeChoice:
    """One fault: the `value` of a field, its words, how many of the chosen photos it explains, and the right time of
    the first of them."""

    value: str
    words: str
    photos: int
    right: datetime


def time_choices(shots: Iterable[Shot]) -> tuple[TimeChoice, ...]:
    """Return the faults that explain most of the photos first.

    >>> shot = Shot(datetime(2026, 4, 1, 10), datetime(2026, 4, 1, 11, 1))
    >>> [(one.value, one.photos, one.right.hour) for one in time_choices([shot, shot])]
    [('behind_s:3600', 2, 11)]
    """
    counted = Counter[ClockFault]()
    first: dict[ClockFault, datetime] = {}
    for shot in shots:
        for one in proposals(shot.said, shot.arrived) if shot.said else ():
            counted[one.fault] += 1
            first.setdefault(one.fault, one.right)
    return tuple(
        TimeChoice(fault_text(fault), fault_words(fault), photos, first[fault])
        for fault, photos in counted.most_common(CHOICES_MAX)
    )
