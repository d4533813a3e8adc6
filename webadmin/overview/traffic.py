"""Photos per hour today, against the last days."""

import sqlite3
from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from ingest.spool.stamp import parse_utc
from webadmin.drawing.charts import Bar, draw_bars

DAYS = 7


def read_hours(index: sqlite3.Connection, now: datetime, zone: ZoneInfo) -> dict[datetime, dict[str, int]]:
    """Return the photos by local hour and verdict, of today and the days before."""
    start = datetime.combine(now.astimezone(zone).date() - timedelta(days=DAYS), time.min, zone)
    rows = index.execute(
        "SELECT hour, verdict, items FROM hours WHERE hour >= ? AND kind = 'image'",
        (start.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H"),),
    )
    hours: dict[datetime, dict[str, int]] = {}
    for hour, verdict, items in rows:
        local = parse_utc(f"{hour}:00:00Z").astimezone(zone)
        hours.setdefault(local, {}).setdefault(verdict, 0)
        hours[local][verdict] += items
    return hours


def today_chart(hours: dict[datetime, dict[str, int]], now: datetime, zone: ZoneInfo) -> Markup:
    """Return the bars of today's hours, each with what the last days had on average."""
    today = now.astimezone(zone).date()
    bars = []
    for hour in range(24):
        counts = _sum(hours, lambda moment, hour=hour: moment.date() == today and moment.hour == hour)  # type: ignore[misc]
        usual = _sum(hours, lambda moment, hour=hour: moment.date() != today and moment.hour == hour)  # type: ignore[misc]
        average = sum(usual.values()) / DAYS
        accepted, rejected = counts.get("accepted", 0), counts.get("rejected", 0)
        words = f"{hour}:00: {accepted} accepted, {rejected} rejected; usually {average:.0f}"
        rest = max(0.0, average - sum(counts.values()))
        bars.append(
            Bar(
                str(hour),
                words,
                (("accepted", accepted), ("rejected", rejected), ("usual", rest)),
            )
        )
    return draw_bars("Photos per hour today", bars, label_every=3)


def day_totals(hours: dict[datetime, dict[str, int]], now: datetime, zone: ZoneInfo) -> tuple[int, float]:
    """Return the photos of today so far, and what the last days had until this hour on average."""
    local = now.astimezone(zone)
    today = sum(_sum(hours, lambda moment: moment.date() == local.date()).values())
    before = sum(_sum(hours, lambda moment: moment.date() != local.date() and moment.hour <= local.hour).values())
    return today, before / DAYS


def _sum(hours: dict[datetime, dict[str, int]], wanted: Callable[[datetime], bool]) -> dict[str, int]:
    found: dict[str, int] = {}
    for moment, counts in hours.items():
        if wanted(moment):
            for verdict, items in counts.items():
                found[verdict] = found.get(verdict, 0) + items
    return found
