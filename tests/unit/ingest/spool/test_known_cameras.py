"""The camera records as verdicts need them: always as they are now, and every spelling of an ID one camera."""

import logging
import os
import time
from pathlib import Path

import pytest

from ingest.spool import known_cameras
from ingest.spool.camera_records import camera_record_file, read_camera_record, write_camera_record
from ingest.spool.known_cameras import KnownCameras

HOUR_AGO = time.time() - 3600


def write_long_ago(root: Path, camera_id: str, record: dict[str, object]) -> None:
    """Write a record and let it look as if that was an hour ago, so that it may be kept."""
    write_camera_record(root, camera_id, record)
    for path in (camera_record_file(root, camera_id), root / "cameras"):
        os.utime(path, (HOUR_AGO, HOUR_AGO))


def test_a_record_is_read_once_and_again_when_it_has_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def reading(root: Path, camera_id: str) -> dict[str, object] | None:
        read.append(camera_id)
        return read_camera_record(root, camera_id)

    monkeypatch.setattr(known_cameras, "read_camera_record", reading)
    cameras = KnownCameras(root)
    assert cameras.record("oak") is None
    write_long_ago(root, "oak", {"name": "Oak"})
    assert [cameras.record("oak") for _ in range(3)] == [{"name": "Oak"}] * 3
    assert read == ["oak"]
    write_camera_record(root, "oak", {"name": "Elm"})
    assert cameras.record("oak") == {"name": "Elm"}
    camera_record_file(root, "oak").unlink()
    assert cameras.record("oak") is None


def test_what_has_just_changed_is_not_kept_as_it_may_change_again_at_the_same_moment(root: Path) -> None:
    cameras = KnownCameras(root)
    write_camera_record(root, "oak", {"name": "Oak"})
    assert cameras.record("oak") == {"name": "Oak"}
    file = camera_record_file(root, "oak")
    before = file.stat()
    file.write_text('{"name":  "Elm"}\n')
    file.write_text(file.read_text().ljust(before.st_size))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert cameras.record("oak") == {"name": "Elm"}


def test_every_spelling_of_an_id_is_the_one_that_has_a_record(root: Path) -> None:
    cameras = KnownCameras(root)
    assert cameras.spelling("CAM1") == "CAM1"
    write_camera_record(root, "cam1", {})
    assert [cameras.spelling(one) for one in ("CAM1", "Cam1", "cam1", "cam2")] == ["cam1", "cam1", "cam1", "cam2"]


def test_of_several_spellings_with_a_record_each_is_itself_and_others_mean_the_first(root: Path) -> None:
    for camera_id in ("cam1", "Cam1"):
        write_camera_record(root, camera_id, {})
    assert [KnownCameras(root).spelling(one) for one in ("CAM1", "Cam1", "cam1")] == ["Cam1", "Cam1", "cam1"]


def test_a_camera_that_has_files_of_its_own_keeps_its_spelling_whoever_gets_a_record(root: Path) -> None:
    (root / "accepted/CAM1").mkdir()
    write_camera_record(root, "cam1", {})
    assert KnownCameras(root).spelling("CAM1") == "CAM1"


def test_the_spellings_are_read_again_when_a_record_came_or_went(root: Path) -> None:
    cameras = KnownCameras(root)
    write_long_ago(root, "cam1", {})
    assert [cameras.spelling("CAM1") for _ in range(2)] == ["cam1", "cam1"]
    write_long_ago(root, "CAM2", {})
    os.utime(root / "cameras", (HOUR_AGO + 60, HOUR_AGO + 60))
    assert cameras.spelling("cam2") == "CAM2"
    camera_record_file(root, "cam1").unlink()
    assert cameras.spelling("CAM1") == "CAM1"


def test_what_is_no_camera_id_has_no_record_and_a_spool_without_cameras_none_either(tmp_path: Path) -> None:
    cameras = KnownCameras(tmp_path)
    (tmp_path / "x.json").write_text("{}")
    assert [cameras.record(one) for one in ("../x", "", "oak")] == [None, None, None]
    assert cameras.spelling("oak") == "oak"


@pytest.mark.parametrize(("zone", "complaints"), [("Africa/Nairobi", 0), ("", 0), ("Mars", 1), (7, 1)])
def test_a_zone_that_nobody_knows_is_complained_of_once(
    root: Path, caplog: pytest.LogCaptureFixture, zone: object, complaints: int
) -> None:
    caplog.set_level(logging.ERROR, "camspool")
    write_long_ago(root, "oak", {"zone": zone})
    cameras = KnownCameras(root)
    assert [cameras.record("oak") for _ in range(2)] == [{"zone": zone}] * 2
    told = [record.getMessage() for record in caplog.records]
    assert (
        told
        == [
            f"cameras/oak.json: The time zone {zone} is unknown; expected a name such as Africa/Nairobi. "
            "The zone of its profile or of the settings is used."
        ]
        * complaints
    )
