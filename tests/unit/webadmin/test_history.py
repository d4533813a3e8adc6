"""A camera's charts of a long time: no gap that is none, the newest day on each, and all times in the cameras' zone."""

import re
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from ingest.index.store import enter, open_index
from ingest.settings.values import Settings
from ingest.spool.moves import place_of
from ingest.spool.sidecar import Sidecar
from tests.unit.webadmin.site import CAMERA, NOW, Person, Site, accepted, make_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An admin on an empty spool of cameras that are never in UTC."""
    return make_site(tmp_path, Settings(time_zone="Europe/Amsterdam"))


def _report(ago: timedelta, percent: int = 60) -> Sidecar:
    report = accepted(ago, kind="report", upload_path="dr.txt", captured_at=None, captured_at_utc=None)
    return replace(report, fields={"battery_percent": percent})


def _enter(site: Site, items: Iterable[Sidecar]) -> None:
    """Enter many items at once; their files are not looked at."""
    with closing(open_index(site.root)) as index:
        enter(index, [(item, place_of(item)) for item in items])


def _charts(site: Site, admin: Person, days: int) -> dict[str, str]:
    """Return the charts of the last days by their titles."""
    today = NOW.astimezone(site.settings.zone).date()
    page = admin.get(f"/cameras/{CAMERA}?from={today - timedelta(days=days)}&to={today}").text
    return dict(re.findall(r'<h2>([^<]+)</h2><span class="muted">[^<]*</span></div>(<svg.*?</svg>)', page, re.DOTALL))


def test_a_year_of_daily_reports_is_one_line(site: Site, admin: Person) -> None:
    _enter(site, (_report(timedelta(days=day, minutes=5)) for day in range(365)))
    battery = _charts(site, admin, 365)["Battery"]
    assert battery.count('class="line"') == 1
    assert battery.count("L") <= 150
    assert 'class="point"' not in battery


def test_one_missing_day_of_a_year_is_a_gap(site: Site, admin: Person) -> None:
    _enter(site, (_report(timedelta(days=day, minutes=5)) for day in range(365) if day != 200))
    assert _charts(site, admin, 365)["Battery"].count('class="line"') == 2


def test_a_report_between_gaps_is_a_dot_among_however_many(site: Site, admin: Person) -> None:
    _enter(site, (_report(timedelta(days=day, minutes=5)) for day in range(365) if abs(day - 200) not in (1, 2)))
    battery = _charts(site, admin, 365)["Battery"]
    assert battery.count('class="line"') == 3
    assert battery.count('class="point"') == 1


def test_the_newest_day_is_on_every_chart(site: Site, admin: Person) -> None:
    newest = [accepted(timedelta(0)), _report(timedelta(0), 41)]
    _enter(site, [_report(timedelta(days=500)), *newest])
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
    _enter(site, [_report(NOW - noon)])
    assert f"<title>{noon:%d %b %Y}, 12:00: 60 %</title>" in _charts(site, admin, 30)["Battery"]
