"""The table, the map and the CSV of all cameras, and the visit list."""

import csv
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from ingest.spool.camera_records import write_camera_record
from tests.unit.webadmin.cameras.examples import judged, report
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo
from webadmin.app import create_app
from webadmin.cameras.views import PAGE, camera_marker

OTHER = "861943070068035"


def _fleet_of(site: Site, number: int) -> None:
    for one in range(number):
        write_camera_record(site.root, f"camera-{one:03}", {"name": f"Ride {one:03}"})


def test_a_file_from_an_upload_is_no_contact(site: Site, admin: Person) -> None:
    site.put(accepted(source="upload"), photo())
    assert "No camera yet" in admin.get("/cameras").text


def test_the_table_says_how_many_and_what_is_wrong(site: Site, admin: Person) -> None:
    write_camera_record(site.root, CAMERA, {"name": "Oak ride"})
    site.put(accepted(), photo())
    site.put(report(timedelta(minutes=3), battery_percent=12, signal_csq=18))
    site.put(accepted(camera_id=OTHER, upload_path="b.jpg"), photo(2))
    page = admin.get("/cameras").text
    assert "2 known, 2 active, 1 need attention." in page
    for words in ("Oak ride", "Battery at 12 %", "CSQ 18", "low battery <b>1</b>", OTHER):
        assert words in page
    filtered = admin.get("/cameras?show=battery").text
    assert "Oak ride" in filtered
    assert OTHER not in filtered
    assert "No camera matches" in admin.get("/cameras?q=beech").text


def test_long_tables_are_turned_page_by_page(site: Site, admin: Person) -> None:
    _fleet_of(site, PAGE + 3)
    first, second = (admin.get(f"/cameras?sort=name&page={page}").text for page in (1, 2))
    assert re.findall(r"Ride \d+", first)[-1] == "Ride 049"
    assert re.findall(r"Ride \d+", second) == ["Ride 050", "Ride 051", "Ride 052"]
    assert "Page 2 of 2" in second


def test_csv_has_every_camera_that_the_filter_shows(site: Site, admin: Person) -> None:
    _fleet_of(site, PAGE + 3)
    site.put(accepted(), photo())
    answer = admin.get("/cameras?format=csv&show=never")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cameras.csv"'
    rows = list(csv.DictReader(answer.text.removeprefix("\ufeff").splitlines()))
    assert len(rows) == PAGE + 3
    assert {row["state"] for row in rows} == {"never"}


def test_the_map_shows_where_cameras_stand_and_zooms_to_a_part(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    site.put(accepted(camera_id=OTHER, latitude=53.0, longitude=6.0, upload_path="b.jpg"), photo(2))
    assert 'aria-label="Map of 2 positions"' in admin.get("/cameras?view=map").text
    part = admin.get("/cameras?view=map&box=52.9,5.9,53.1,6.1").text
    assert 'aria-label="Map of 1 position"' in part
    assert CAMERA not in part
    assert "part of the map <b>1</b>" in part


@pytest.mark.parametrize("box", ["52,5", "a,b,c,d", "nan,5,53,6", "inf,5,53,6", "1,2,3,4,5"])
def test_a_box_that_is_none_hides_no_camera(site: Site, admin: Person, box: str) -> None:
    site.put(accepted(), photo())
    assert 'aria-label="Map of 1 position"' in admin.get(f"/cameras?view=map&box={box}").text


def test_cameras_at_one_spot_lead_to_a_map_of_only_those(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    site.put(accepted(camera_id=OTHER, latitude=52.098768, upload_path="b.jpg"), photo(2))
    site.put(accepted(camera_id="far-away", latitude=55.0, upload_path="c.jpg"), photo(3))
    link = re.search(r'<a href="(/cameras\?view=map&amp;box=[^"]+)"', admin.get("/cameras?view=map").text)
    assert link
    part = admin.get(link[1].replace("&amp;", "&")).text
    assert 'aria-label="Map of 2 positions"' in part
    assert "far-away" not in part


def test_a_dot_has_the_state_of_its_camera() -> None:
    moved = "[[52.01, 5.0], [52.01, 5.0]]"
    cameras = (judged(), judged(positions=moved), judged(last_received_at="2026-05-01T11:00:00Z"))
    markers = [camera_marker(camera) for camera in cameras]
    assert [marker.state for marker in markers if marker] == ["good", "attention", "bad"]
    assert markers[1]
    assert markers[1][:2] == (52.01, 5.0)
    assert camera_marker(replace(cameras[0], position=None)) is None


def test_tiles_come_from_the_host_of_the_settings_or_from_nowhere(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    tiles = replace(site.settings.admin, map_tiles="https://tiles.example/{z}/{x}/{y}.png")
    with_tiles = replace(site.settings, admin=tiles)
    assert "<image" not in admin.get("/cameras?view=map").text
    shown = Site(with_tiles, create_app(with_tiles)).admin().get("/cameras?view=map").text
    assert '<image href="https://tiles.example/' in shown


def test_the_visit_list_tells_where_and_what(site: Site, admin: Person) -> None:
    write_camera_record(site.root, CAMERA, {"name": "Oak <b>ride</b>", "notes": "Key 14", "registered": True})
    site.put(accepted(timedelta(days=12)), photo())
    page = admin.get("/visits").text
    assert "1 of 1 camera needs somebody" in page
    assert "Oak &lt;b&gt;ride&lt;/b&gt;" in page
    for words in ("Silent for 12 days", "Key 14", "geo:52.098767,5.125342", "Find out why nothing comes"):
        assert words in page


def test_a_spool_without_trouble_has_no_visits(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    assert "No camera needs a visit" in admin.get("/visits").text


def test_a_spreadsheet_runs_nothing(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    (site.root / "cameras" / f"{CAMERA}.json").write_text(json.dumps({"name": "=1+1", "notes": "\t@SUM(A1)"}))
    lines = admin.get("/cameras?format=csv").text
    assert "'=1+1" in lines
    assert "\t" not in lines


def test_a_silent_camera_is_silent_for_as_many_days_as_its_last_photo_is_old(site: Site, admin: Person) -> None:
    site.put(accepted(timedelta(days=10, hours=20)), photo())
    for path in ("/cameras", "/overview", f"/cameras/{CAMERA}"):
        page = admin.get(path).text
        assert "Silent for 10 days" in page and "11 days ago" not in page, path
