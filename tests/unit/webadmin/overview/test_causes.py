"""Causes: one camera and one reason is one, however many files it made."""

import re
from contextlib import closing
from datetime import timedelta
from html import unescape

from ingest.index.store import forget, open_index, read_index
from tests.unit.webadmin.site import CAMERA, NOW, Person, Site, accepted, photo, rejected
from webadmin.overview.causes import SHOWN_MAX, Cause, read_causes


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
