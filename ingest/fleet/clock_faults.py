"""How a clock may be wrong, by name: what would put a photo just before its arrival. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ingest.fleet.clock import AHEAD_WRONG_S, WRONG_S
from ingest.spool.clock_spans import ClockFault

_HOUR_S, _DAY_S = 3600, 86400
_ZONES_H = 14
_YEARS = 30
_LATE_S = _DAY_S
"""A photo with the wrong year, or with month and day swapped, may have waited so long for a connection."""
USUAL = (
    *(ClockFault(behind_s=hours * _HOUR_S) for hours in (1, -1, 12, -12)),
    *(ClockFault(behind_years=years) for years in (1, -1)),
    ClockFault(swapped=True),
)
"""What cameras' clocks are usually wrong by: daylight saving, AM and PM, the year, the order of month and day."""


@dataclass(frozen=True)
class Proposal:
    """One fault by name, and the right time of a photo by it, in its camera's local time."""

    fault: ClockFault
    right: datetime

    @property
    def words(self) -> str:
        """What is wrong with the clock, for people."""
        return fault_words(self.fault)


def proposals(said: datetime, arrived: datetime) -> tuple[Proposal, ...]:
    """Return the faults that explain when a photo arrived, the likeliest first; both times are its camera's local ones.

    A clock that is right has none.

    >>> [one.words for one in proposals(datetime(2026, 4, 9, 10), datetime(2026, 9, 4, 10, 2))]
    ['month and day are swapped']
    >>> [one.words for one in proposals(datetime(2026, 4, 9, 10), datetime(2026, 4, 9, 11, 2))]
    ['1 h behind (daylight saving time)']
    """
    if not is_wrong(said, arrived):
        return ()
    found = ((fault, fault.mended(said), most_s) for fault, most_s in _candidates(said, arrived))
    return tuple(
        Proposal(fault, right)
        for fault, right, most_s in found
        if right and AHEAD_WRONG_S <= (arrived - right).total_seconds() < most_s
    )


def is_wrong(said: datetime, arrived: datetime) -> bool:
    """Say whether a photo that came at once was taken by a wrong clock; both times are its camera's local ones."""
    return not AHEAD_WRONG_S <= (arrived - said).total_seconds() < WRONG_S


def _candidates(said: datetime, arrived: datetime) -> Iterator[tuple[ClockFault, int]]:
    """Yield what may be, each with how long before its arrival a photo may then have been taken (seconds)."""
    hours = round((arrived - said) / timedelta(hours=1) - 0.1)
    if hours and abs(hours) <= _ZONES_H:
        yield ClockFault(behind_s=hours * _HOUR_S), WRONG_S
    years = arrived.year - said.year
    for count in (years, years - 1):
        if count and abs(count) <= _YEARS:
            yield ClockFault(behind_years=count), _LATE_S
    if said.month != said.day:
        yield ClockFault(swapped=True), _LATE_S


def fault_words(fault: ClockFault) -> str:
    """Return a fault in words.

    >>> fault_words(ClockFault(behind_s=-43200)), fault_words(ClockFault(behind_s=8000))
    ('12 h ahead (AM and PM are swapped)', '2 h 13 min 20 s behind')
    >>> fault_words(ClockFault(behind_years=1)), fault_words(ClockFault(behind_s=7200))
    ('1 year behind (the wrong year)', '2 h behind (another time zone)')
    """
    told = []
    if fault.swapped:
        told.append("month and day are swapped")
    if years := fault.behind_years:
        told.append(f"{abs(years)} year{'s' if abs(years) > 1 else ''} {_side(years)} (the wrong year)")
    if seconds := fault.behind_s:
        told.append(f"{_length(abs(seconds))} {_side(seconds)}{_known(abs(seconds))}")
    return ", and ".join(told)


def _side(number: int) -> str:
    return "behind" if number > 0 else "ahead"


def _known(seconds: int) -> str:
    if seconds == 12 * _HOUR_S:
        return " (AM and PM are swapped)"
    if seconds == _HOUR_S:
        return " (daylight saving time)"
    return " (another time zone)" if seconds % _HOUR_S == 0 and seconds <= _ZONES_H * _HOUR_S else ""


def _length(seconds: int) -> str:
    days, rest = divmod(seconds, _DAY_S)
    hours, rest = divmod(rest, _HOUR_S)
    parts = [(days, "day" if days == 1 else "days"), (hours, "h"), (rest // 60, "min"), (rest % 60, "s")]
    told = [f"{number} {unit}" for number, unit in parts if number]
    return " ".join(told[:3])
