"""Judges a camera's clock by the median of arrival minus capture of its last photos. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

WRONG_S = 20 * 60
"""A photo takes minutes to arrive over bad 4G; a difference from here on is not the road but the clock."""

AHEAD_WRONG_S = -5 * 60

_HOUR_S = 3600
_NEAR_HOUR_S = 7 * 60
_RESET_YEARS = 2010


@dataclass(frozen=True)
class ClockError:
    """`seconds`: positive when the clock is behind. `kind`: good, slow, ahead, zone, am_pm or reset."""

    seconds: int
    kind: str
    words: str

    @property
    def short(self) -> str:
        """The words without the explanation."""
        if not self.is_wrong:
            return "right"
        return self.words.partition(":")[0].partition(",")[0]

    @property
    def is_wrong(self) -> bool:
        """Say whether somebody must act."""
        return self.kind != "good"


def clock_error(errors_s: str | None, now: datetime) -> ClockError | None:
    """Judge the errors of the last photos, in seconds, as the index keeps them; None when there are none.

    >>> from datetime import UTC
    >>> clock_error("3610 3595 3640", datetime(2026, 3, 1, tzinfo=UTC)).words
    '1 h behind: the time zone or daylight saving is set wrong'
    """
    values = [int(part) for part in (errors_s or "").split()]
    if not values:
        return None
    seconds = round(median(values))
    kind = _kind(seconds, now)
    return ClockError(seconds, kind, _words(seconds, kind))


def _kind(seconds: int, now: datetime) -> str:
    # Only a clock that is behind can be a reset one; one that is ahead may name a year that Python cannot count to.
    if seconds > 0 and (now - timedelta(seconds=seconds)).year <= _RESET_YEARS:
        return "reset"
    if AHEAD_WRONG_S <= seconds < WRONG_S:
        return "good"
    hours = round(seconds / _HOUR_S)
    # Only late photos add to the difference, so a whole hour may be exceeded but hardly be missed.
    near = -_NEAR_HOUR_S / 2 <= seconds - hours * _HOUR_S <= _NEAR_HOUR_S
    if near and abs(hours) == 12:
        return "am_pm"
    if near and 1 <= abs(hours) <= 14:
        return "zone"
    return "slow" if seconds > 0 else "ahead"


def _words(seconds: int, kind: str) -> str:
    side = "behind" if seconds > 0 else "ahead"
    hours = abs(round(seconds / _HOUR_S))
    return {
        "good": "right" if abs(seconds) < 90 else f"right within {abs(seconds) // 60 + 1} min",
        "reset": "reset to its first day, as after a battery change: set date and time",
        "am_pm": f"12 h {side}: AM and PM are swapped",
        "zone": f"{hours} h {side}: the time zone or daylight saving is set wrong",
        "slow": f"{_length(seconds)} behind, or its photos arrive that late",
        "ahead": f"{_length(seconds)} ahead",
    }[kind]


def _length(seconds: int) -> str:
    seconds = abs(seconds)
    if seconds < 2 * _HOUR_S:
        return f"{seconds // 60} min"
    return f"{seconds / _HOUR_S:.1f} h" if seconds < 48 * _HOUR_S else f"{seconds / 86400:.0f} days"
