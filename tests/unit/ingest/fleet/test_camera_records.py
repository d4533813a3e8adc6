"""The admins' records of cameras in memory: never older than the files, and read only when one has changed."""

import os
from pathlib import Path

import pytest

from ingest.fleet.camera_records import CameraRecords, camera_name
from ingest.spool.camera_records import write_camera_record
from tests.unit.webadmin.site import CAMERA, Site


def _at(second: int, *changed: Path) -> None:
    """Set when these changed: a file system may know its times only to some thousandths of a second."""
    for path in changed:
        os.utime(path, (second, second))


def _write(root: Path, camera_id: str, name: str, second: int) -> None:
    write_camera_record(root, camera_id, {"name": name})
    _at(second, root / "cameras" / f"{camera_id}.json", root / "cameras")


def test_a_record_that_was_written_changed_or_deleted_counts_at_once(site: Site) -> None:
    records = CameraRecords()
    assert records.all(site.root) == {}
    _write(site.root, CAMERA, "Oak", 1)
    assert records.all(site.root) == {CAMERA: {"name": "Oak"}}
    _write(site.root, CAMERA, "Ash", 2)
    assert records.all(site.root) == {CAMERA: {"name": "Ash"}}
    (site.root / "cameras" / f"{CAMERA}.json").unlink()
    _at(3, site.root / "cameras")
    assert records.all(site.root) == {}


def test_only_the_record_that_changed_is_read_again(site: Site) -> None:
    records = CameraRecords()
    _write(site.root, CAMERA, "Oak", 1)
    before = records.all(site.root)
    assert records.all(site.root) is before
    _write(site.root, "another", "Ash", 2)
    after = records.all(site.root)
    assert after == {CAMERA: {"name": "Oak"}, "another": {"name": "Ash"}}
    assert after[CAMERA] is before[CAMERA]


def test_what_is_no_record_is_passed_over(site: Site) -> None:
    folder = site.root / "cameras"
    (folder / "broken.json").write_text('{"name": ')
    (folder / "list.json").write_text("[1]")
    (folder / "no id.json").write_text('{"name": "x"}')
    (folder / "notes.txt").write_text("{}")
    (folder / "good.json").write_text('{"name": "Oak"}')
    assert CameraRecords().all(site.root) == {"good": {"name": "Oak"}}


def test_a_spool_without_the_folder_has_no_records(tmp_path: Path) -> None:
    assert CameraRecords().all(tmp_path) == {}


@pytest.mark.parametrize(
    ("record", "name"), [({"name": "Oak"}, "Oak"), ({"name": 7}, ""), ({"name": None}, ""), ({}, ""), (None, "")]
)
def test_only_text_is_a_name(record: dict[str, object] | None, name: str) -> None:
    assert camera_name(record) == name
