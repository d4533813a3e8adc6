"""The overview: what works, what arrives, what was rejected and why, and who needs a visit."""

import re
from datetime import timedelta

import pytest

from tests.unit.webadmin.cameras.examples import report
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo, rejected
from webadmin.overview import lights
from webadmin.overview.lights import TITLES
from webadmin.overview.views import CAMERAS_SHOWN, CAUSES_SHOWN


def test_an_empty_spool_says_what_is_not_there_yet(admin: Person) -> None:
    page = admin.get("/overview").text
    assert "No camera yet" in page
    assert "Everything that arrived in the last 7 days was accepted." in page
    assert "Newest photos" not in page


def test_every_part_of_the_gateway_has_its_light(admin: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lights, "FIRST_PATIENCE_S", 60.0)
    page = admin.get("/overview").text
    shown = dict(re.findall(r'<b>([^<]+)<span class="hidden-label">: (\w+)</span>', page))
    assert sorted(shown) == sorted(TITLES.values())
    assert shown["Watcher"] == "bad"
    assert shown["Queue"] == "good"


def test_a_cause_is_told_with_its_camera_what_to_do_and_a_link_to_its_files(site: Site, admin: Person) -> None:
    for number in (2, 3):
        site.put(rejected(timedelta(hours=number), upload_path=f"{number}.jpg"), photo(number))
    page = admin.get("/overview").text
    row = re.search(r"<tr>\s*<td><a class=\"camera.*?</tr>", page, re.DOTALL)
    assert row
    for words in (
        CAMERA,
        f"/files?verdict=rejected&amp;reason=missing_location&amp;camera={CAMERA}",
        ">Missing location</a>",
        "The photo has no position. Enter the camera&#39;s site: photos that are here are tried again.",
        'data-label="Files">2<',
    ):
        assert words in row[0]


def test_the_newest_six_photos_are_shown_newest_first(site: Site, admin: Person) -> None:
    names = [f"camera-{number}" for number in range(8)]
    for number, name in enumerate(names):
        site.put(accepted(timedelta(minutes=60 - number), camera_id=name, upload_path=f"{number}.jpg"), photo(number))
    site.put(report(timedelta(minutes=1), battery_percent=60))
    assert re.findall(r'alt="Photo of ([^"]+)"', admin.get("/overview").text) == names[:1:-1]


def test_cameras_that_need_attention_are_named_up_to_eight(site: Site, admin: Person) -> None:
    number = CAMERAS_SHOWN + 1
    for one in range(number):
        site.put(accepted(timedelta(days=10), camera_id=f"camera-{one}", upload_path=f"{one}.jpg"), photo(one))
    page = admin.get("/overview").text
    assert page.count("Silent for 10 days") == CAMERAS_SHOWN
    assert f"All {number} that need attention" in page
    assert f"<b>{number}</b> silent" in page


def test_the_live_part_is_the_same_without_the_page_around_it(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    live = admin.get("/overview?live=1").text
    assert "<html" not in live
    assert f'alt="Photo of {CAMERA}"' in live
    assert "None needs attention." in live


def test_what_needs_nobody_is_folded_and_what_needs_somebody_comes_first(site: Site, admin: Person) -> None:
    for number in range(3):
        site.put(rejected(reason="duplicate", upload_path=f"{number}.jpg"), photo(number))
    site.put(rejected(reason="connection_test", upload_path="test.jpg"), b"x")
    site.put(rejected(upload_path="lost.jpg"), photo(9))
    page = admin.get("/overview").text
    folded = page.index('id="nothing-to-do"')
    assert "Nothing to do: 4 files" in page
    assert page.index("Missing location") < folded < page.index("Duplicate") and folded < page.index("Connection test")


def test_causes_beyond_the_first_are_folded(site: Site, admin: Person) -> None:
    for number in range(CAUSES_SHOWN + 2):
        site.put(rejected(camera_id=f"camera-{number}"), photo(number))
    page = admin.get("/overview").text
    assert "2 more causes" in page and page.count('<a href="/files?verdict=rejected&amp;reason=missing_location') == 8


def test_parts_that_are_well_are_folded_and_the_others_are_not(admin: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    page = admin.get("/overview").text
    folded = page.index('id="well"')
    assert page.index("Watcher<span") < folded
    assert re.search(r"\d+ parts are well", page)
