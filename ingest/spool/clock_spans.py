"""When a camera's clock was wrong and how, as its record says, and the right time of what it took then. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ingest.spool.sites import Record, local_moment

YEARS_MOST = 100
_SECONDS_MOST = YEARS_MOST * 366 * 86400
_KEY = "clock_spans"


@dataclass(frozen=True)
class ClockFault:
    """How a clock is wrong: `behind_s` seconds and `behind_years` years behind (less than 0: ahead), or with month and
    day `swapped`."""

    behind_s: int = 0
    behind_years: int = 0
    swapped: bool = False

    def mended(self, said: datetime) -> datetime | None:
        """Return the right time for what the clock said; None where there is none, as for month 23.

        >>> ClockFault(behind_s=3600).mended(datetime(2026, 4, 1, 23, 30)).isoformat()
        '2026-04-02T00:30:00'
        >>> ClockFault(swapped=True).mended(datetime(2026, 4, 9)).isoformat(), ClockFault(swapped=True).mended(
        ...     datetime(2026, 4, 23))
        ('2026-09-04T00:00:00', None)
        """
        try:
            if self.swapped:
                said = said.replace(month=said.day, day=said.month)
            if self.behind_years:
                said = said.replace(year=said.year + self.behind_years)
            return said + timedelta(seconds=self.behind_s)
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True)
class ClockSpan:
    """From `start` until `end` (None: still), both in the right local time, a camera's clock had a fault; who says so,
    when and why. `at` (UTC text) tells one span from another."""

    fault: ClockFault
    start: datetime
    end: datetime | None
    by: str
    at: str
    why: str = ""

    def mended(self, said: datetime) -> datetime | None:
        """Return the right time of a photo, None where this span does not hold for it."""
        right = self.fault.mended(said)
        return right if right and self.start <= right and (self.end is None or right < self.end) else None


def fault_in(entry: Any) -> ClockFault | None:
    """Return the fault that an entry names, as `fault_entry` writes it; None for what is none."""
    if not isinstance(entry, Mapping):
        return None
    seconds, years, swapped = (entry.get(key, 0) for key in ("behind_s", "behind_years", "swapped"))
    if not (_is_within(seconds, _SECONDS_MOST) and _is_within(years, YEARS_MOST) and swapped in (False, True)):
        return None
    fault = ClockFault(seconds, years, bool(swapped))
    return fault if fault != ClockFault() else None


def fault_entry(fault: ClockFault) -> dict[str, Any]:
    """Return a fault as a record and a request have it.

    >>> fault_entry(ClockFault(behind_s=-3600)), fault_entry(ClockFault(swapped=True))
    ({'behind_s': -3600}, {'swapped': True})
    """
    return {key: value for key, value in vars(fault).items() if value}


def clock_spans_in(record: Record | None) -> tuple[ClockSpan, ...]:
    """Return the spans of a camera record in the order of their entry; what cannot be one is passed over."""
    listed = (record or {}).get(_KEY)
    found = [_span(one) for one in listed] if isinstance(listed, list) else []
    return tuple(one for one in found if one)


def span_over(spans: tuple[ClockSpan, ...], said: datetime) -> tuple[ClockSpan, datetime] | None:
    """Return the span that holds for what a clock said, and the right time. Of several the last entered counts."""
    found = ((span, span.mended(said)) for span in reversed(spans))
    return next(((span, right) for span, right in found if right), None)


def with_clock_span(record: Record, span: ClockSpan) -> dict[str, Any]:
    """Return the record with one span more; one that was entered at the same moment is the same, and replaced."""
    return _with(record, [*(one for one in clock_spans_in(record) if one.at != span.at), span])


def without_clock_span(record: Record, at: str) -> dict[str, Any]:
    """Return the record without the span that was entered then."""
    return _with(record, [one for one in clock_spans_in(record) if one.at != at])


def _with(record: Record, spans: list[ClockSpan]) -> dict[str, Any]:
    rest = {key: value for key, value in record.items() if key != _KEY}
    return rest | {_KEY: [_entry(one) for one in spans]} if spans else rest


def _entry(span: ClockSpan) -> dict[str, Any]:
    ends = {"from": span.start.isoformat(), "until": span.end.isoformat() if span.end else None}
    return {**ends, **fault_entry(span.fault), "by": span.by, "at": span.at, "why": span.why}


def _span(entry: Any) -> ClockSpan | None:
    """Read one entry of a record, which people may have written by hand."""
    fault = fault_in(entry)
    if fault is None:
        return None
    try:
        start, end = (local_moment(entry.get(key)) for key in ("from", "until"))
    except (TypeError, ValueError):
        return None
    by, at, why = (entry.get(key) or "" for key in ("by", "at", "why"))
    if start is None or not all(isinstance(one, str) for one in (by, at, why)):
        return None
    return ClockSpan(fault, start, end, by, at, why)


def _is_within(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= most
