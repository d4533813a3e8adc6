"""From one day until another, as a person asks a list for them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ingest.spool.stamp import utc_text

FIRST_YEAR, LAST_YEAR = 2020, 2090


def read_day(text: str) -> date | None:
    """Return the day in a text; None where it is none, or one of no camera here.

    >>> read_day("2026-06-01"), read_day("1926-06-01"), read_day("soon")
    (datetime.date(2026, 6, 1), None, None)
    """
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


@dataclass(frozen=True)
class Days:
    """Two days, both included; None: from the first, until the last that there is."""

    since: date | None = None
    until: date | None = None

    @property
    def are_asked(self) -> bool:
        """Say whether only some days are asked for."""
        return bool(self.since or self.until)

    def moments(self, zone: ZoneInfo) -> tuple[str, str]:
        """Return the first moment and the one after the last, as UTC texts, in the cameras' zone."""
        ends = self.since or date(FIRST_YEAR, 1, 1), (self.until or date(LAST_YEAR, 12, 31)) + timedelta(days=1)
        start, end = (utc_text(datetime.combine(one, time.min, zone).astimezone(UTC)) for one in ends)
        return start, end


def read_days(query: Mapping[str, str]) -> Days:
    """Read the days of an address; what makes no sense is left out."""
    return Days(read_day(query.get("since", "")), read_day(query.get("until", "")))
