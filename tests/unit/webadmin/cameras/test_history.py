"""A camera's charts of a long time: no gap that is none, the newest day on each, and all times in the cameras' zone.

And what its own counter says against what came.
"""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from ingest.index.store import enter, open_index, read_index
from ingest.settings.values import Settings
from ingest.spool.moves import place_of
from ingest.spool.sidecar import FieldValue, Sidecar
from ingest.spool.stamp import earlier_id
from tests.unit.webadmin.cameras.examples import report
from tests.unit.webadmin.site import CAMERA, NOW, Person, Site, accepted, make_site, photo, rejected
from webadmin.cameras.history import read_reports, recent_items, sent_and_received, told_at


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An admin on an empty spool of cameras that are never in UTC."""
    return make_site(tmp_path, Settings(time_zone="Europe/Amsterdam"))


def _enter(site: Site, items: Iterable[Sidecar]) -> None:
    """Enter many items at once; their files are not looked at."""
    with closing(open_index(site.root)) as index:
        enter(index, [(item, place_of(item)) for item in items])


def _daily(days: Iterable[int]) -> Iterable[Sidecar]:
    """Return the report of each of these days, counted back from now."""
    return (report(timedelta(days=day, minutes=5), battery_percent=60) for day in days)


def _charts(site: Site, admin: Person, days: int) -> dict[str, str]:
    """Return the charts of the last days by their titles."""
    today = NOW.astimezone(site.settings.zone).date()
    page = admin.get(f"/cameras/{CAMERA}?from={today - timedelta(days=days)}&to={today}").text
    return dict(re.findall(r'<h2>([^<]+)</h2><span class="muted">[^<]*</span></div>(<svg.*?</svg>)', page, re.DOTALL))


def test_a_year_of_daily_reports_is_one_line(site: Site, admin: Person) -> None:
    _enter(site, _daily(range(365)))
    battery = _charts(site, admin, 365)["Battery"]
    assert battery.count('class="line"') == 1
    assert battery.count("L") <= 150
    assert 'class="point"' not in battery


def test_one_missing_day_of_a_year_is_a_gap(site: Site, admin: Person) -> None:
    _enter(site, _daily(day for day in range(365) if day != 200))
    assert _charts(site, admin, 365)["Battery"].count('class="line"') == 2


def test_a_report_between_gaps_is_a_dot_among_however_many(site: Site, admin: Person) -> None:
    _enter(site, _daily(day for day in range(365) if abs(day - 200) not in (1, 2)))
    battery = _charts(site, admin, 365)["Battery"]
    assert battery.count('class="line"') == 3
    assert battery.count('class="point"') == 1


def test_the_newest_day_is_on_every_chart(site: Site, admin: Person) -> None:
    newest = [accepted(timedelta(0)), report(timedelta(0), battery_percent=41)]
    _enter(site, [report(timedelta(days=500), battery_percent=60), *newest])
    charts = _charts(site, admin, 500)
    today = NOW.astimezone(site.settings.zone)
    photos = charts["Photos received a day, the last 366 days of this time"]
    bars = re.findall(r"<title>([^<]+: \d+ photos accepted)", photos)
    assert len(bars) == 366
    assert bars[-1] == f"{today:%d %b %Y}: 1 photos accepted"
    assert ": 41 %</title>" in charts["Battery"]


def test_a_short_time_has_a_bar_for_each_of_its_days(site: Site, admin: Person) -> None:
    _enter(site, [accepted()])
    photos = _charts(site, admin, 365)["Photos received a day"]
    assert len(re.findall(r"<title>", photos)) == 366


def test_a_points_time_is_in_the_cameras_zone(site: Site, admin: Person) -> None:
    zone = site.settings.zone
    noon = datetime.combine(NOW.astimezone(zone).date() - timedelta(days=3), time(12), zone)
    _enter(site, [report(NOW - noon, battery_percent=60)])
    assert f"<title>{noon:%d %b %Y}, 12:00: 60 %</title>" in _charts(site, admin, 30)["Battery"]


def test_only_steps_of_the_counter_count(site: Site) -> None:
    for days_ago, sent in ((3.0, 500), (2.0, 503), (1.0, 2), (0.5, 4)):
        site.put(report(timedelta(days=days_ago), images_sent=sent))
    site.put(accepted(timedelta(days=2.5), upload_path="a.jpg"), photo())
    site.put(rejected(timedelta(days=1.5), upload_path="b.jpg"), photo())
    site.put(accepted(timedelta(days=0.1), upload_path="after.jpg"), photo())
    with closing(open_index(site.root)) as index:
        index.row_factory = sqlite3.Row
        reports = read_reports(index, CAMERA, NOW - timedelta(days=9), NOW)
        assert sent_and_received(index, CAMERA, reports) == (5, 2)
        assert sent_and_received(index, CAMERA, reports[:1]) is None


def test_an_unknown_signal_is_no_point_of_the_chart(site: Site, admin: Person) -> None:
    _enter(site, [report(timedelta(days=day), signal_csq=csq) for day, csq in ((3, 11), (2, 99), (1, 12))])
    signal = _charts(site, admin, 7)["Signal (CSQ)"]
    assert re.findall(r": (\d+)</title>", signal) == ["11", "12"]


def test_last_photos_are_the_newest_first_and_no_reports(site: Site) -> None:
    photos = [accepted(timedelta(hours=hours), upload_path=f"{hours}.jpg") for hours in (4, 3, 2)]
    refused = rejected(timedelta(hours=1), kind="other", upload_path="b.txt")
    _enter(site, [*photos, report(timedelta(minutes=5)), refused])
    with closing(read_index(site.root)) as index:
        assert [row["upload_path"] for row in recent_items(index, CAMERA, "accepted", 2)] == ["2.jpg", "3.jpg"]
        assert [row["upload_path"] for row in recent_items(index, CAMERA, "rejected", 9)] == ["b.txt"]


def test_reports_that_came_in_one_file_are_drawn_when_the_camera_wrote_them(site: Site, admin: Person) -> None:
    last = report(timedelta(minutes=5), battery_percent=40, images_sent=90)
    local = NOW.astimezone(site.settings.zone).replace(tzinfo=None, microsecond=0)
    earlier = [
        replace(
            last,
            id=earlier_id(last.id, day),
            fields={
                "battery_percent": 40 + day,
                "images_sent": 90 - 10 * day,
                "reported_at": (local - timedelta(days=day)).isoformat(),
            },
        )
        for day in (1, 2, 3)
    ]
    _enter(site, [*earlier, last])
    with closing(read_index(site.root)) as index:
        reports = read_reports(index, CAMERA, NOW - timedelta(days=30), NOW)
        assert [row["battery_percent"] for row in reports] == [43, 42, 41, 40]
        assert sent_and_received(index, CAMERA, reports) is None
        assert index.execute("SELECT last_report_id FROM cameras").fetchone()[0] == last.id
    told = told_at(reports, site.settings.zone)
    assert [(NOW - at).days for at, _ in told] == [3, 2, 1, 0]
    battery = _charts(site, admin, 30)["Battery"]
    assert (battery.count('class="line"'), battery.count("L")) == (1, 3)


def test_a_clock_that_no_one_can_believe_moves_no_report_behind_its_arrival(site: Site) -> None:
    last = report(timedelta(days=1), battery_percent=40)
    wrong = ("2077-01-01T00:00:00", "0001-01-01T00:00:00", "yesterday")
    fields: list[dict[str, FieldValue]] = [{"battery_percent": 50, "reported_at": text} for text in wrong]
    _enter(site, [last, *(replace(last, id=earlier_id(last.id, n), fields=one) for n, one in enumerate(fields, 1))])
    with closing(read_index(site.root)) as index:
        reports = read_reports(index, CAMERA, NOW - timedelta(days=30), NOW)
    assert all(at <= NOW for at, _ in told_at(reports, site.settings.zone))
