"""Why a camera's files were rejected lately: the reason that came last, and nothing that is no trouble."""

from contextlib import closing
from datetime import timedelta

from ingest.fleet.attention import Refusal
from ingest.fleet.refusals import read_refusals
from ingest.index.store import read_index
from tests.unit.webadmin.site import CAMERA, NOW, Site, photo, rejected


def test_duplicates_tests_and_old_rejects_are_no_trouble(site: Site) -> None:
    site.put(rejected(reason="duplicate"), photo())
    site.put(rejected(reason="connection_test", upload_path="t.jpg"), photo())
    site.put(rejected(timedelta(days=9), upload_path="old.jpg"), photo())
    with closing(read_index(site.root)) as index:
        assert read_refusals(index, NOW) == {}


def test_the_reason_that_came_last_is_told(site: Site) -> None:
    site.put(rejected(timedelta(hours=5)), photo())
    newest = site.put(rejected(timedelta(hours=1), reason="bad_datetime", upload_path="b.jpg"), photo())
    with closing(read_index(site.root)) as index:
        assert read_refusals(index, NOW) == {CAMERA: Refusal("bad_datetime", 1, newest.received_at)}
        assert read_refusals(index, NOW, CAMERA) == read_refusals(index, NOW)


def test_files_of_several_days_are_counted_together(site: Site) -> None:
    for days in (5, 3, 1):
        newest = site.put(rejected(timedelta(days=days), upload_path=f"{days}.jpg"), photo(days))
    with closing(read_index(site.root)) as index:
        assert read_refusals(index, NOW) == {CAMERA: Refusal("missing_location", 3, newest.received_at)}


def test_each_camera_has_its_own_reason_and_no_camera_has_none(site: Site) -> None:
    other = "861943070068035"
    site.put(rejected(), photo())
    site.put(rejected(reason="no_camera_id", camera_id=None, upload_path="who.jpg"), photo(2))
    theirs = site.put(rejected(reason="bad_datetime", camera_id=other, upload_path="b.jpg"), photo(3))
    with closing(read_index(site.root)) as index:
        assert {camera: one.reason for camera, one in read_refusals(index, NOW).items()} == {
            CAMERA: "missing_location", other: "bad_datetime",
        }  # fmt: skip
        assert read_refusals(index, NOW, other) == {other: Refusal("bad_datetime", 1, theirs.received_at)}
