"""How long a camera's batteries and SD card will last, from its reports of the last weeks."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from ingest.fleet.health import Camera
from ingest.spool.stamp import parse_utc, utc_text

WEEKS = timedelta(days=28)
SHORTEST_DAYS = 5.0


@dataclass(frozen=True)
class Trend:
    """In how many days the batteries are empty and the card is full at this rate; None when nothing tells."""

    battery_days: float | None = None
    sd_days: float | None = None


def read_trend(index: sqlite3.Connection, camera: Camera, now: datetime) -> Trend:
    """Compare a camera's first report of the last weeks with its last one; of several that came at once the last."""
    if camera.last_report_at is None:
        return Trend()
    first = index.execute(
        "SELECT received_at, battery_percent, sd_used_percent FROM reports WHERE camera_id = ? AND received_at >= ? "
        "ORDER BY received_at, id DESC LIMIT 1",
        (camera.id, utc_text(now - WEEKS)),
    ).fetchone()
    if first is None:
        return Trend()
    days = (parse_utc(camera.last_report_at) - parse_utc(first[0])) / timedelta(days=1)
    return Trend(
        days_until(0, first[1], camera.battery_percent, days), days_until(100, first[2], camera.sd_used_percent, days)
    )


def days_until(end: float, first: float | None, last: float | None, days: float) -> float | None:
    """Return when a figure reaches its end if it goes on as in these days; None when it does not go there.

    >>> days_until(0, 70, 60, 10), days_until(0, 30, 96, 10), days_until(100, 50, 60, 2)
    (60.0, None, None)
    """
    if first is None or last is None or days < SHORTEST_DAYS:
        return None
    rate = (last - first) / days
    return (end - last) / rate if rate * (end - first) > 0 else None
