"""Photos lie in the tree whole, once, and nothing there is overwritten."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.outbox.answers import Answer, TargetDownError
from ingest.outbox.folder import deliver, try_out
from ingest.outbox.parcels import parcels_of
from tests.unit.ingest.outbox.jobs import job_for, put_waiting


@pytest.fixture
def nas(tmp_path: Path) -> Path:
    folder = tmp_path / "nas"
    folder.mkdir()
    return folder


def put_all(root: Path, nas: Path, ids: Sequence[str], **options: Any) -> dict[str, Answer]:
    told: list[Answer] = []
    options = {"pattern": "{camera}/{name}", **options}
    deliver(job_for(root, "folder", folder=nas, **options), parcels_of(root, ids), told.extend)
    return {answer.id: answer for answer in told}


def files_in(nas: Path) -> dict[str, bytes]:
    return {str(file.relative_to(nas)): file.read_bytes() for file in nas.rglob("*") if file.is_file()}


def test_a_photo_lies_where_the_pattern_says(root: Path, nas: Path) -> None:
    item_id, _ = put_waiting(root, "folder", b"photo", camera_id="X", upload_path="E1.JPG")
    answer = put_all(root, nas, [item_id], sidecars=True)[item_id]
    assert (answer.outcome, answer.proof) == ("delivered", {"path": "X/E1.JPG"})
    assert set(files_in(nas)) == {"X/E1.JPG", "X/E1.JPG.json"}
    assert json.loads((nas / "X/E1.JPG.json").read_bytes())["id"] == item_id
    assert put_all(root, nas, [item_id])[item_id].proof == {"path": "X/E1.JPG"}
    assert (nas / "X/E1.JPG").read_bytes() == b"photo"


def test_another_photo_of_the_same_name_lies_beside_it(root: Path, nas: Path) -> None:
    ids = [put_waiting(root, "folder", text, camera_id="X", upload_path="E1.JPG")[0] for text in (b"a", b"b")]
    for _ in range(2):
        put_all(root, nas, ids)
        _, second = sorted(ids)
        assert set(files_in(nas)) == {"X/E1.JPG", f"X/E1-{second}.JPG"}
        assert sorted(files_in(nas).values()) == [b"a", b"b"]


def test_where_both_names_are_taken_by_others_it_is_refused(root: Path, nas: Path) -> None:
    item_id, _ = put_waiting(root, "folder", b"photo", camera_id="X", upload_path="E1.JPG")
    (nas / "X").mkdir()
    for name in ("E1.JPG", f"E1-{item_id}.JPG"):
        (nas / "X" / name).write_bytes(b"other")
    answer = put_all(root, nas, [item_id])[item_id]
    assert answer.outcome == "failed"
    assert "are other photos': add {id} to the pattern" in answer.said
    assert set(files_in(nas).values()) == {b"other"}


def test_a_link_is_the_same_file_and_a_copy_is_not(root: Path, nas: Path) -> None:
    for text, link in ((b"a", True), (b"b", False)):
        item_id, place = put_waiting(root, "folder", text, camera_id="X", upload_path=f"{link}.JPG")
        put_all(root, nas, [item_id], link=link)
        assert ((nas / f"X/{link}.JPG").stat().st_ino == (root / place).stat().st_ino) is link


def test_a_folder_that_is_not_mounted_is_not_made(root: Path, nas: Path) -> None:
    item_id, _ = put_waiting(root, "folder")
    nas.rmdir()
    with pytest.raises(TargetDownError, match="is not there; mount it, or make it"):
        put_all(root, nas, [item_id])
    assert not nas.exists()
    with pytest.raises(TargetDownError, match="is not there"):
        try_out(job_for(root, "folder", folder=nas))


def test_a_link_that_leads_out_of_the_tree_is_not_followed(root: Path, nas: Path, tmp_path: Path) -> None:
    item_id, _ = put_waiting(root, "folder", camera_id="X", upload_path="E1.JPG")
    (tmp_path / "elsewhere").mkdir()
    (nas / "X").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(TargetDownError, match="A link there leads out of the folder"):
        put_all(root, nas, [item_id])
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_in_a_photo_s_place_is_another_photo(root: Path, nas: Path, tmp_path: Path) -> None:
    item_id, _ = put_waiting(root, "folder", b"photo", camera_id="X", upload_path="E1.JPG")
    (tmp_path / "elsewhere.jpg").write_bytes(b"photo")
    (nas / "X").mkdir()
    (nas / "X/E1.JPG").symlink_to(tmp_path / "elsewhere.jpg")
    assert put_all(root, nas, [item_id])[item_id].proof == {"path": f"X/E1-{item_id}.JPG"}


def test_what_a_kill_left_half_written_is_in_nobody_s_way(root: Path, nas: Path) -> None:
    item_id, _ = put_waiting(root, "folder", b"photo", camera_id="X", upload_path="E1.JPG")
    (nas / "X").mkdir()
    (nas / "X/.E1.JPG.new").write_bytes(b"pho")
    put_all(root, nas, [item_id])
    assert files_in(nas) == {"X/E1.JPG": b"photo"}


def test_the_list_for_an_ai_has_each_photo_once(root: Path, nas: Path) -> None:
    ids = [
        put_waiting(root, "folder", f"{number}".encode(), camera_id="X", upload_path=f"{number}.JPG", latitude=52.5)[0]
        for number in range(3)
    ]
    for _ in range(2):
        put_all(root, nas, ids, instances=True, country="NLD")
    listed = json.loads((nas / "instances.json").read_bytes())["instances"]
    assert [(one["filepath"], one["country"]) for one in listed] == [(f"{nas}/X/{n}.JPG", "NLD") for n in range(3)]


def test_a_folder_can_be_tried_out_and_is_left_as_it_was(root: Path, nas: Path) -> None:
    assert try_out(job_for(root, "folder", folder=nas)) == f"{nas} can be written."
    assert os.listdir(nas) == []
