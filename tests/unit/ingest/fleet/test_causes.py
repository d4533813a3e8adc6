"""Causes: one camera and one reason is one, however many files it made."""

import re
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ingest.fleet.causes import SHOWN_MAX, Cause, read_causes
from ingest.index.store import forget, open_index, read_index
from ingest.spool.sidecar import Sidecar
from tests.unit.webadmin.site import CAMERA, NOW, Person, Site, accepted, photo, rejected
from webadmin.files.listing import all_ids, count_items, newest_number, read_page
from webadmin.files.selection import Selection, read_selection


def _causes(site: Site) -> list[Cause]:
    with closing(read_index(site.root)) as index:
        return read_causes(index, NOW)


def test_files_of_one_camera_and_reason_are_one_cause_with_its_first_and_last(site: Site) -> None:
    first, *_, last = [
        site.put(rejected(timedelta(days=days), upload_path=f"{days}.jpg"), photo(days)) for days in (5, 3, 1)
    ]
    site.put(accepted(), photo(9))
    assert _causes(site) == [Cause("missing_location", CAMERA, 3, first.received_at, last.received_at)]


def test_the_largest_comes_first_and_the_harmless_last(site: Site) -> None:
    for number in range(3):
        site.put(rejected(reason="duplicate", upload_path=f"{number}.jpg"), photo(number))
    for number in range(2):
        site.put(rejected(reason="bad_datetime", camera_id=None, upload_path=f"{number}.jpg"), photo(number))
    site.put(rejected(upload_path="once.jpg"), photo())
    assert [(cause.reason, cause.camera_id, cause.items) for cause in _causes(site)] == [
        ("bad_datetime", None, 2),
        ("missing_location", CAMERA, 1),
        ("duplicate", CAMERA, 3),
    ]


def test_what_is_over_a_week_old_or_was_deleted_is_no_cause(site: Site) -> None:
    site.put(rejected(timedelta(days=9), upload_path="old.jpg"), photo())
    deleted = site.put(rejected(upload_path="deleted.jpg"), photo(2))
    with closing(open_index(site.root)) as index:
        forget(index, [deleted.id])
    assert _causes(site) == []


def test_only_the_largest_twelve_are_told(site: Site) -> None:
    for number in range(SHOWN_MAX + 2):
        for copy in range(1 + (number == SHOWN_MAX)):
            site.put(rejected(camera_id=f"camera-{number:02}", upload_path=f"{copy}.jpg"), photo())
    causes = _causes(site)
    assert len(causes) == SHOWN_MAX
    assert causes[0].camera_id == f"camera-{SHOWN_MAX}"


def test_a_causes_link_shows_as_many_files_as_the_cause_counts(site: Site, admin: Person) -> None:
    for number, camera_id in enumerate([None, None, CAMERA, CAMERA, CAMERA, "lat52.1_lon5.1"]):
        site.put(rejected(upload_path=f"{number}.jpg", camera_id=camera_id), photo(number))
    overview = unescape(admin.get("/overview").text)
    causes = re.findall(r'href="(/files[^"]*reason=[^"]*)".*?data-label="Files">(\d+)<', overview, re.DOTALL)
    assert sorted(files for _, files in causes) == ["1", "2", "3"]
    for link, files in causes:
        assert re.search(rf"<p>{files} files? match", admin.get(link).text), link
    assert 'name="camera" value="no camera"' in admin.get("/files?camera=-").text


def _stranger(path: str, make: str = "", ago: timedelta = timedelta(minutes=5)) -> Sidecar:
    exif = {"Make": make, "Model": "X1"} if make else {}
    return rejected(ago, reason="no_matching_profile", camera_id=None, profile=None, upload_path=path, exif=exif)


def test_a_camera_type_that_no_profile_knows_is_one_cause_with_its_newest_photo(site: Site) -> None:
    for number in range(3):
        newest = site.put(_stranger(f"{number}.JPG", "ACME", timedelta(minutes=9 - number)), photo(number))
    for number in range(2):
        site.put(_stranger(f"cam7/2026-11-0{number}.jpg"), photo(number))
    site.put(_stranger("1.JPG", "OTHER"), photo(9))
    site.put(rejected(), photo(8))
    site.put(_stranger("old.JPG", "ACME", timedelta(days=9)), photo(7))
    causes = _causes(site)
    assert [(one.reason, one.camera_type, one.items) for one in causes] == [
        ("no_matching_profile", "ACME X1", 3),
        ("no_matching_profile", "cam#/#-#-#.jpg from the account camera", 2),
        *sorted(
            [("no_matching_profile", "OTHER X1", 1), ("missing_location", None, 1)],
            key=lambda one: [(cause.reason, cause.camera_type, cause.items) for cause in causes].index(one),
        ),
    ]
    assert (causes[0].newest, causes[0].camera_id, causes[0].last_at) == (newest.id, None, newest.received_at)


def test_the_cause_of_an_unknown_type_leads_to_its_files_alone_and_to_a_draft(site: Site, admin: Person) -> None:
    for number in range(3):
        newest = site.put(_stranger(f"{number}.JPG", "ACME & <b>", timedelta(minutes=9 - number)), photo(number))
    site.put(_stranger("1.JPG", "OTHER"), photo(9))
    page = admin.get("/overview").text
    overview = unescape(page)
    assert "<b>ACME" not in page.replace('<b class="wrap">', "") and "ACME & <b> X1" in overview
    assert f'href="/workshop/{newest.id}"' in overview
    (link,) = re.findall(r'href="(/files[^"]*type=ACME[^"]*)"', overview)
    files = admin.get(link).text
    assert re.search(r"<p>3 files match", files)
    assert "OTHER" not in files.replace("Files of all cameras", "")
    assert len(re.findall(r'name="id" value=', files)) == 3
    assert 'name="type" value="ACME &amp; &lt;b&gt; X1"' in files


@pytest.mark.parametrize("more", [{}, {"verdict": "rejected"}, {"q": "holm"}, {"sort": "oldest"}, {"sort": "largest"}])
def test_what_is_done_to_a_types_files_is_done_to_these_alone(site: Site, more: dict[str, Any]) -> None:
    acme = {site.put(_stranger(f"holm/{number}.JPG", "ACME"), photo(number)).id for number in range(3)}
    site.put(_stranger("holm/1.JPG", "OTHER"), photo(9))
    selection = Selection(reason="no_matching_profile", type="ACME X1", **more)
    with closing(read_index(site.root)) as index:
        assert set(all_ids(index, selection, ZoneInfo("UTC"), newest_number(index), 100)) == acme
        assert {row["id"] for row in read_page(index, selection, ZoneInfo("UTC")).rows} == acme
        assert count_items(index, selection, ZoneInfo("UTC")).total == 3
        first = read_page(index, selection, ZoneInfo("UTC"), 2)
        rest = read_page(index, replace(selection, after=first.next), ZoneInfo("UTC"), 2)
        assert len(first.rows) + len(rest.rows) == len(acme)
    assert read_selection({"type": " ACME X1 ", "reason": "no_matching_profile"}).type == "ACME X1"
