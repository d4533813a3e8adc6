"""Cameras and times as messages name them. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

from ingest.alerts.trouble import Facts

NAMED_MAX = 3


def cameras_words(facts: Facts, camera_ids: Iterable[str]) -> str:
    """Return which cameras are meant: few by their names, many by their number."""
    names = [facts.title_of(one) for one in sorted(camera_ids)]
    if len(names) > NAMED_MAX:
        return f"{len(names)} cameras"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def shown_time(moment: datetime, zone: tzinfo, now: datetime) -> str:
    """Return a moment as people write it where the cameras are: without the day where that is today.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 4, 9, 12, tzinfo=UTC)
    >>> shown_time(noon, UTC, noon + timedelta(hours=3)), shown_time(noon, UTC, noon + timedelta(days=3))
    ('12:00', '2026-04-09 12:00')
    """
    there = moment.astimezone(zone)
    is_today = there.date() == now.astimezone(zone).date() and now - moment < timedelta(days=1)
    return f"{there:%H:%M}" if is_today else f"{there:%Y-%m-%d %H:%M}"


def lasted(since: datetime, until: datetime) -> str:
    """Return a length of time as people say it.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 4, 9, 12, tzinfo=UTC)
    >>> [lasted(noon, noon + timedelta(minutes=one)) for one in (0, 7, 150, 6000)]
    ['1 minute', '7 minutes', '2 hours', '4 days']
    """
    minutes = max(1, round((until - since) / timedelta(minutes=1)))
    for unit, length in (("day", 1440), ("hour", 60), ("minute", 1)):
        if minutes >= 2 * length or unit == "minute":
            number = minutes // length
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return ""
