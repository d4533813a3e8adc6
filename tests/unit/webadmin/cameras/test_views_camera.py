"""One camera's page: who has one, the period it shows, its look-alikes, and its reports as CSV."""

import csv
import re
from datetime import date, timedelta

import pytest

from ingest.spool.camera_records import write_camera_record
from tests.unit.webadmin.cameras.examples import report
from tests.unit.webadmin.site import CAMERA, NOW, Person, Site, accepted, photo, rejected


def _period(page: str) -> tuple[date, date]:
    first, last = re.findall(r'<input type="date" name="(?:from|to)" value="([^"]+)"', page)
    return date.fromisoformat(first), date.fromisoformat(last)


def test_every_camera_that_a_file_names_has_a_page(site: Site, admin: Person) -> None:
    items = [
        site.put(accepted(source="upload"), photo()),
        site.put(rejected(source="local", camera_id="861943070068035", upload_path="b.jpg"), photo(2)),
    ]
    for item in items:
        link = f"/cameras/{item.camera_id}"
        assert f'href="{link}"' in admin.get(f"/files/{item.id}").text
        assert admin.get(link).status_code == 200
    assert admin.get("/cameras/861943070068043").status_code == 404


def test_the_page_tells_the_figures_of_the_last_report_and_what_is_missing(site: Site, admin: Person) -> None:
    figures = {"battery_percent": 64, "signal_csq": 12, "temperature_c": -3.4, "sd_used_percent": 2.61}
    site.put(report(timedelta(days=2), images_sent=10))
    site.put(accepted(timedelta(days=1)), photo())
    site.put(report(timedelta(minutes=9), images_sent=13, **figures))
    page = admin.get(f"/cameras/{CAMERA}").text
    for words in ("64 %", "fair <small>CSQ 12 of 31</small>", "-3 °C", "2.6 % used", "its counter says 13 sent"):
        assert words in page
    assert "the camera says it sent 3 photos; 1 arrived: <b>2 missing</b>" in page


def test_the_pages_tell_volts_dbm_and_percent_where_a_report_has_them(site: Site, admin: Person) -> None:
    site.put(report(timedelta(days=1), battery_volts=12.2, signal_percent=64))
    site.put(report(timedelta(minutes=9), battery_volts=11.8, signal_dbm=-71))
    page = admin.get(f"/cameras/{CAMERA}").text
    for words in (
        "<dd>11.8 V</dd>",
        "excellent <small>-71 dBm</small>",
        "<h2>Battery voltage</h2>",
        ": 12.2 V</title>",
    ):
        assert words in page
    assert "<h2>Signal strength</h2>" in page and "<h2>Signal</h2>" in page
    assert "<h2>Battery</h2>" not in page and "<h2>Signal (CSQ)</h2>" not in page
    table = admin.get("/cameras").text
    assert "<span>11.8 V</span>" in table and "excellent<br><small>-71 dBm</small>" in table
    rows = list(csv.DictReader(admin.get(f"/cameras/{CAMERA}/reports.csv").text.removeprefix("\ufeff").splitlines()))
    assert [(row["battery_volts"], row["signal_dbm"], row["signal_percent"]) for row in rows] == [
        ("12.2", "", "64.0"),
        ("11.8", "-71.0", ""),
    ]


def test_a_camera_that_tells_both_percent_and_volts_shows_both(site: Site, admin: Person) -> None:
    site.put(report(timedelta(minutes=9), battery_percent=60, battery_volts=11.8))
    page = admin.get(f"/cameras/{CAMERA}").text
    assert "60 % <small>11.8 V</small>" in page
    assert "<h2>Battery</h2>" in page and "<h2>Battery voltage</h2>" in page and "<h2>Signal (CSQ)</h2>" in page


def test_the_link_on_the_page_opens_the_check_page_without_a_log_in(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    link = re.search(r'<a href="http://127.0.0.1:8080(/check/[^"]+)"', admin.get(f"/cameras/{CAMERA}").text)
    assert link
    assert "Photo received" in site.visitor().get(link[1]).text


@pytest.mark.parametrize(
    ("asked", "days"), [("", 30), ("?days=7", 7), ("?days=90", 90), ("?days=8", 30), ("?from=x", 30)]
)
def test_the_period_is_thirty_days_unless_the_page_asks_for_another(
    site: Site, admin: Person, asked: str, days: int
) -> None:
    site.put(accepted(), photo())
    first, last = _period(admin.get(f"/cameras/{CAMERA}{asked}").text)
    assert last - first == timedelta(days=days)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("from=2026-01-05&to=2026-02-01", date(2026, 1, 5), date(2026, 2, 1)),
        ("from=2026-01-05&to=2026-01-05", date(2026, 1, 5), date(2026, 1, 5)),
        ("from=2020-01-01&to=2089-01-01", date(2089, 1, 1) - timedelta(days=3660), date(2089, 1, 1)),
    ],
)
def test_a_written_period_is_kept_but_for_ten_years_at_most(
    site: Site, admin: Person, asked: str, first: date, last: date
) -> None:
    site.put(accepted(), photo())
    assert _period(admin.get(f"/cameras/{CAMERA}?{asked}").text) == (first, last)


def test_reports_as_csv_are_those_of_the_period(site: Site, admin: Person) -> None:
    for days_ago, percent in ((40, 90), (20, 80), (10, 70)):
        site.put(report(timedelta(days=days_ago), battery_percent=percent))
    first, last = (NOW - timedelta(days=days) for days in (25, 5))
    answer = admin.get(f"/cameras/{CAMERA}/reports.csv?from={first:%Y-%m-%d}&to={last:%Y-%m-%d}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{CAMERA}-reports.csv"'
    rows = list(csv.DictReader(answer.text.removeprefix("\ufeff").splitlines()))
    assert [row["battery_percent"] for row in rows] == ["80", "70"]
    assert admin.get("/cameras/861943070068043/reports.csv").status_code == 404


def test_no_reports_are_a_heading_alone(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    assert admin.get(f"/cameras/{CAMERA}/reports.csv").text == "\ufeffreceived_at\r\n"


def test_an_unregistered_camera_names_the_registered_one_that_it_resembles(site: Site, admin: Person) -> None:
    write_camera_record(site.root, "861943070068072", {"name": "Oak ride", "registered": True})
    site.put(rejected(reason="unknown_camera"), photo())
    page = admin.get(f"/cameras/{CAMERA}").text
    assert "One typing mistake away from" in page
    assert "Oak ride" in page
