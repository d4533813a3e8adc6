"""Puts a camera's clock beside ours: its local time in UTC, and what is doubtful about it."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from ingest.reading.camera_time import time_text
from ingest.settings.values import Clock
from ingest.spool.sidecar import Warn

_SET_BADLY = timedelta(minutes=5)
"""So far ahead a clock may be that is right otherwise."""
_FARTHEST_ZONE = timedelta(hours=14)
_SETTING = "the time zone on the camera's page where its clock is right for where it stands"


def to_utc(
    captured_at: datetime, offset: timedelta | None, zone: ZoneInfo, received_at: datetime | None = None
) -> datetime | None:
    """Return a camera's time in UTC, by its own offset or else its zone; None beyond the calendar's ends.

    In the night in which clocks are set back an hour comes twice: of the two it is the second one where the photo
    arrived within an hour of that.
    """
    try:
        local = captured_at.replace(tzinfo=timezone(offset) if offset is not None else zone)
        first, second = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    comes_twice = second > first
    is_second = comes_twice and received_at is not None and -_SET_BADLY <= received_at - second < second - first
    return second if is_second else first


def utc_time_text(moment: datetime) -> str:
    """Return a moment as `captured_at_utc` has it.

    >>> utc_time_text(datetime(2026, 4, 1, 12, tzinfo=UTC))
    '2026-04-01T12:00:00Z'
    """
    return time_text(moment.astimezone(UTC)).replace("+00:00", "Z")


def offset_warnings(captured_at: datetime, offset: timedelta | None, zone: ZoneInfo) -> list[Warn]:
    """Say when the camera's own offset is not that of its zone at that moment."""
    expected = captured_at.replace(tzinfo=zone).utcoffset()
    if offset is None or offset == expected:
        return []
    shown = f"UTC{_hours(offset)}, but for {zone.key} it is UTC{_hours(expected or timedelta(0))}"
    return [Warn("clock_offset_mismatch", f"The photo says that its clock is on {shown}; the photo's own was used.")]


def plausibility_warnings(captured_utc: datetime, received_at: datetime, limits: Clock) -> list[Warn]:
    """Say when a photo was dated after its arrival, or so long before that the clock was probably reset."""
    age = received_at - captured_utc
    if age < -timedelta(minutes=limits.ahead_minutes):
        what_to_do = "set the camera's clock" + (f", or {_SETTING}" if -age <= _FARTHEST_ZONE else "")
        return [Warn("clock_ahead", f"The photo is dated {_span(-age)} after its arrival: {what_to_do}.")]
    if age > timedelta(days=limits.behind_days):
        return [
            Warn("clock_far_behind", f"The photo is dated {_span(age)} before its arrival: set the camera's clock.")
        ]
    return []


def _hours(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _span(span: timedelta) -> str:
    if span < timedelta(hours=2):
        return f"{round(span.total_seconds() / 60)} minutes"
    if span < timedelta(days=2):
        return f"{round(span.total_seconds() / 3600)} hours"
    return f"{span.days} days"
