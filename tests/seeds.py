"""The seed of what tests draw by chance: the same all day, another one tomorrow, or the one that is asked for."""

from datetime import UTC, date, datetime


def seed_of(day: date) -> int:
    """Return the seed of a day: its date as a number."""
    return int(f"{day:%Y%m%d}")


def seed_of_today() -> int:
    """Return the seed of this day in UTC, so that everybody's tests draw the same on it."""
    return seed_of(datetime.now(UTC).date())
