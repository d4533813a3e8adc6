"""Moments at which whatever looks at a clock must hold: every hour, and the nights that are not like others."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Moment:
    """A time, and the zone in which it is one to look at."""

    text: str
    zone: str = "UTC"

    @property
    def at(self) -> datetime:
        """The time in UTC."""
        return datetime.fromisoformat(self.text).replace(tzinfo=UTC)

    @property
    def local(self) -> datetime:
        """The time in its zone."""
        return self.at.astimezone(ZoneInfo(self.zone))

    def __str__(self) -> str:
        return f"{self.text} {self.zone}"


HOURS = tuple(Moment(f"2026-05-06T{hour:02}:{hour * 17 % 60:02}:20") for hour in range(24))
NIGHTS = (
    *(Moment(f"2026-10-25T{time}", "Europe/Berlin") for time in ("00:59:50", "01:30:00")),
    *(Moment(f"2027-03-28T{time}", "Europe/Berlin") for time in ("00:59:50", "01:01:00")),
    *(Moment(f"2026-11-01T{time}", "America/New_York") for time in ("05:59:50", "06:30:00")),
    *(Moment(f"2027-03-14T{time}", "America/New_York") for time in ("06:59:50", "07:01:00")),
    *(Moment(f"2027-04-03T{time}", "Australia/Sydney") for time in ("15:59:50", "16:30:00")),
    *(Moment(f"2026-10-03T{time}", "Australia/Sydney") for time in ("15:59:50", "16:01:00")),
    *(Moment(text) for text in ("2026-12-31T23:59:50", "2027-01-01T00:00:30")),
    *(Moment(text) for text in ("2028-02-29T00:00:30", "2028-02-29T23:59:50")),
)
"""Before and after the clocks change, a year turns, and the day comes that most years have not."""
