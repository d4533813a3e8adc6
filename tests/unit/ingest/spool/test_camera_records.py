"""Camera records: which cameras are registered, and that no camera ID becomes a path outside cameras/."""

import json
import os
from pathlib import Path

import pytest

from ingest.spool.camera_records import camera_record_file, read_camera_record, registers, write_camera_record


def test_a_record_comes_back_and_is_the_only_file(root: Path) -> None:
    write_camera_record(root, "861943070068027", {"name": "Bij de rivier \u00e9"})
    write_camera_record(root, "861943070068027", {"name": "By the river"})
    assert read_camera_record(root, "861943070068027") == {"name": "By the river"}
    assert os.listdir(root / "cameras") == ["861943070068027.json"]


@pytest.mark.parametrize(
    ("record", "registered"),
    [
        ({}, True),
        ({"name": "x", "registered": True}, True),
        ({"name": "x", "registered": False}, False),
        ({"registered": "yes"}, False),
    ],
)
def test_a_record_registers_its_camera_unless_it_says_otherwise(
    root: Path, record: dict[str, object], registered: bool
) -> None:
    assert not registers(read_camera_record(root, "north-7"))
    write_camera_record(root, "north-7", record)
    assert registers(read_camera_record(root, "north-7")) is registered


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 10**6])
def test_a_damaged_record_counts_as_none(root: Path, text: bytes) -> None:
    camera_record_file(root, "north-7").write_bytes(text)
    assert read_camera_record(root, "north-7") is None
    assert not registers(read_camera_record(root, "north-7"))


@pytest.mark.parametrize("camera_id", ["../x", "", ".hidden", "a/b", "a" * 65, "a\0b"])
def test_an_id_that_could_not_be_a_file_name_is_never_looked_up_or_written(root: Path, camera_id: str) -> None:
    (root / "x.json").write_text(json.dumps({"registered": True}))
    before = sorted(root.rglob("*"))
    with pytest.raises(ValueError, match="not a camera ID"):
        camera_record_file(root, camera_id)
    with pytest.raises(ValueError, match="not a camera ID"):
        write_camera_record(root, camera_id, {})
    assert read_camera_record(root, camera_id) is None
    assert not registers(read_camera_record(root, camera_id))
    assert sorted(root.rglob("*")) == before
