"""A camera over time: its reports and photos of a period, as charts."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from markupsafe import Markup

from ingest.fleet.attention import BATTERY_LOW_PERCENT, SD_FULL_PERCENT
from ingest.fleet.positions import stays_near
from ingest.fleet.signals import CSQ_MOST, CSQ_UNKNOWN
from ingest.index.rows import first_number
from ingest.reading.location import Position
from ingest.spool.stamp import parse_utc, utc_text
from webadmin.drawing.charts import Bar, Line, Point, draw_bars, draw_line
from webadmin.files.listing import COLUMNS

GAP = timedelta(hours=36)
"""Reports come daily: a line over a missing day would say what nobody knows."""

REPORTS_MAX = 20_000
STAY_MAX = 20_000
"""So many photos are looked through for the first one that a camera took where it stands now."""
DAYS_MAX = 366


_POSITIONS = """
SELECT latitude, longitude, captured_at FROM items INDEXED BY items_camera
WHERE camera_id = ? AND verdict = 'accepted' AND kind = 'image' AND latitude + longitude IS NOT NULL
ORDER BY number DESC LIMIT ?
"""


@dataclass(frozen=True)
class Chart:
    """A drawn chart with its title and the last value as words."""

    title: str
    drawing: Markup
    last: str


def read_reports(index: sqlite3.Connection, camera_id: str, start: datetime, end: datetime) -> list[sqlite3.Row]:
    """Return a camera's reports that arrived in a period, oldest first; of too many the newest."""
    newest_first = index.execute(
        "SELECT * FROM reports WHERE camera_id = ? AND received_at >= ? AND received_at < ? "
        "ORDER BY received_at DESC, id DESC LIMIT ?",
        (camera_id, utc_text(start), utc_text(end), REPORTS_MAX),
    ).fetchall()
    return newest_first[::-1]


def recent_items(index: sqlite3.Connection, camera_id: str, verdict: str, most: int) -> list[sqlite3.Row]:
    """Return a camera's last photos, or its last rejected files."""
    images = "AND kind = 'image'" if verdict == "accepted" else ""
    return index.execute(
        f"SELECT {COLUMNS} FROM items INDEXED BY items_camera WHERE camera_id = ? AND verdict = ? {images} "  # noqa: S608
        "ORDER BY number DESC LIMIT ?",
        (camera_id, verdict, most),
    ).fetchall()


def read_stay(index: sqlite3.Connection, camera_id: str, position: Position) -> tuple[datetime, datetime] | None:
    """Return from when until when (its local times) a camera's last photos were taken near a position."""
    seen = index.execute(_POSITIONS, (camera_id, STAY_MAX))
    return stays_near((tuple(row) for row in seen), position)


def sent_and_received(
    index: sqlite3.Connection, camera_id: str, reports: Sequence[sqlite3.Row]
) -> tuple[int, int] | None:
    """Return how many photos a camera says it sent between its first and last report, and how many came meanwhile.

    Its counter may have begun long before we knew it, and begins anew with a new card: only its steps upwards count.
    None when fewer than two reports tell. What was rejected has come as well. Of reports that came together only the
    last counts: the others are older than their arrival.
    """
    told = list({row["received_at"]: row for row in reports if row["images_sent"] is not None}.values())
    if len(told) < 2:
        return None
    sent = sum(max(0, later["images_sent"] - row["images_sent"]) for row, later in pairwise(told))
    bounds = [first_number(parse_utc(row["received_at"])) for row in (told[0], told[-1])]
    came = sum(_count(index, camera_id, verdict, bounds[0], bounds[1]) for verdict in ("accepted", "rejected"))
    return sent, max(
        0, came - sum(told[0]["received_at"] <= row["received_at"] < told[-1]["received_at"] for row in reports)
    )


def camera_charts(
    index: sqlite3.Connection,
    camera_id: str,
    reports: Sequence[sqlite3.Row],
    start: datetime,
    end: datetime,
    zone: ZoneInfo,
) -> list[Chart]:
    """Return the charts of a period, in the cameras' zone."""
    told = told_at(reports, zone)
    lines = [
        *_told(
            Line("Battery", " %", _points(told, "battery_percent"), (0, 100), BATTERY_LOW_PERCENT),
            Line("Battery voltage", " V", _points(told, "battery_volts")),
        ),
        *_told(
            Line("Signal (CSQ)", "", _points(told, "signal_csq", lambda csq: csq != CSQ_UNKNOWN), (0, CSQ_MOST)),
            Line("Signal strength", " dBm", _points(told, "signal_dbm")),
            Line("Signal", " %", _points(told, "signal_percent"), (0, 100)),
        ),
        (Line("Temperature", " °C", _points(told, "temperature_c"))),
        (Line("SD card used", " %", _points(told, "sd_used_percent"), (0, 100), SD_FULL_PERCENT)),
        (Line("Photos taken, by its own count", "", _points(told, "images_total"))),
    ]
    local_start, local_end = start.astimezone(zone), end.astimezone(zone)
    photos = _photos_a_day(index, camera_id, reports, local_start, local_end, zone)
    return [photos, *(_chart(line, local_start, local_end) for line in lines)]


def _told(*lines: Line) -> Sequence[Line]:
    """Return those of several figures for one thing that a camera tells; the first, empty, when it tells none."""
    return [line for line in lines if line.points] or lines[:1]


def _chart(line: Line, start: datetime, end: datetime) -> Chart:
    last = f"{line.points[-1][1]:g}{line.unit}" if line.points else "no report in this time"
    return Chart(line.title, draw_line(line, start, end, GAP), last)


def told_at(reports: Sequence[sqlite3.Row], zone: ZoneInfo) -> list[tuple[datetime, sqlite3.Row]]:
    """Return reports with their moments, in their order: when they came, by our clock.

    Of several that came in one file all but the last are older: for them the camera's clock is asked.
    """
    came = Counter(row["received_at"] for row in reports)
    told = [(_moment(row, zone, is_alone=came[row["received_at"]] == 1), row) for row in reports]
    return sorted(told, key=lambda one: one[0])


def _moment(report: sqlite3.Row, zone: ZoneInfo, *, is_alone: bool) -> datetime:
    received = parse_utc(report["received_at"])
    if is_alone or report["reported_at"] is None:
        return received
    with suppress(ValueError, OverflowError):
        return min(received, datetime.fromisoformat(report["reported_at"]).replace(tzinfo=zone).astimezone(UTC))
    return received


def _points(
    told: Sequence[tuple[datetime, sqlite3.Row]], column: str, counts: Callable[[float], bool] = lambda _: True
) -> list[Point]:
    return [(at, float(row[column])) for at, row in told if row[column] is not None and counts(row[column])]


def _photos_a_day(
    index: sqlite3.Connection,
    camera_id: str,
    reports: Sequence[sqlite3.Row],
    start: datetime,
    end: datetime,
    zone: ZoneInfo,
) -> Chart:
    """Return bars of accepted photos and rejected files, of the last DAYS_MAX days of a longer period.

    Counted in an index alone: it knows no kinds of files.
    """
    reports_a_day = Counter(parse_utc(row["received_at"]).astimezone(zone).date() for row in reports)
    bars: list[Bar] = []
    first = (end - timedelta(microseconds=1)).date() - timedelta(days=DAYS_MAX - 1)
    day = max(start.date(), first)
    title = "Photos received a day" + (f", the last {DAYS_MAX} days of this time" if start.date() < first else "")
    while (moment := datetime.combine(day, time.min, zone)) < end:
        bounds = (first_number(moment), first_number(datetime.combine(day + timedelta(days=1), time.min, zone)))
        accepted, rejected = (_count(index, camera_id, verdict, *bounds) for verdict in ("accepted", "rejected"))
        photos = max(0, accepted - reports_a_day[day])
        words = f"{day:%d %b %Y}: {photos} photos accepted, {rejected} files rejected"
        bars.append(Bar(f"{day:%d %b}".lstrip("0"), words, (("accepted", photos), ("rejected", rejected))))
        day += timedelta(days=1)
    return Chart(title, draw_bars(title, bars, label_every=max(1, len(bars) // 7)), "")


def _count(index: sqlite3.Connection, camera_id: str, verdict: str, first: int, after: int) -> int:
    row = index.execute(
        "SELECT count(*) FROM items INDEXED BY items_camera WHERE camera_id = ? AND verdict = ? AND number >= ? "
        "AND number < ?",
        (camera_id, verdict, first, after),
    ).fetchone()
    return int(row[0])
