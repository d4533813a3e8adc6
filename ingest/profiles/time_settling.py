"""Which of several ways to read a time is right, where anything else tells; and how a person is asked. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from ingest.profiles.drafts import Given
from ingest.profiles.time_formats import Reading

Hint = tuple[int, datetime]
"""The place of a file among others, and about when it must have been made."""

ORDERS = {"ymd": "year, month, day", "dmy": "day first", "mdy": "month first", "epoch": "counted from 1970"}

_SOON = timedelta(hours=36)
"""How far a hint may be from the time that it tells: a photo comes soon, and zones are not known."""

_FAR = timedelta(days=5)


def arrivals(given: Sequence[Given]) -> list[Hint]:
    """Return when the files came, as far as that is known."""
    return [(at, one.arrived.astimezone(UTC).replace(tzinfo=None)) for at, one in enumerate(given) if one.arrived]


def settle(readings: Sequence[Reading], hints: Sequence[Hint]) -> Reading | None:
    """Return the one reading that agrees with the hints while every other is far from one; None without one."""
    near = [one for one in readings if hints and all(_distance(one, hint) <= _SOON for hint in hints)]
    others_are_far = all(one in near or any(_distance(one, hint) >= _FAR for hint in hints) for one in readings)
    return near[0] if len(near) == 1 and others_are_far else None


def _distance(reading: Reading, hint: Hint) -> timedelta:
    return abs(reading.times[hint[0]] - hint[1])


def ask(readings: Sequence[Reading]) -> str:
    """Return the question which reading is right, by the file in which they differ most."""
    spans = [max(times) - min(times) for times in zip(*(one.times for one in readings), strict=True)]
    at = spans.index(max(spans))
    if spans[at]:
        days = " or ".join(_day(one.times[at]) for one in readings)
        return f"When was this made: {days}? In these files the day may be the month."
    orders = " or ".join(ORDERS[one.order] for one in readings)
    return f"How does the camera write {_day(readings[0].times[at])}: {orders}? In these files both fit."


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M}"
