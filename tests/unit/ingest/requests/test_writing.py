"""Request files: each is whole before anyone can find it, and asks for nothing that is no item."""

import json
import resource
import stat
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import CamspoolError
from ingest.requests.writing import IDS_PER_REQUEST, ask, ask_about_items, ask_as, ask_to_process
from ingest.spool.stamp import is_id, new_id, parse_utc


def requests_in(root: Path) -> dict[str, dict[str, Any]]:
    """Return the requests that wait, by their ids, in order."""
    return {file.stem: json.loads(file.read_bytes()) for file in sorted((root / "requests").glob("*.json"))}


def test_a_request_says_who_asks_for_what_and_when(root: Path) -> None:
    request_id = ask(root, "requeue", "anna", ids=["x"])
    assert is_id(request_id)
    request = requests_in(root)[request_id]
    assert parse_utc(request.pop("at"))
    assert request == {"action": "requeue", "by": "anna", "ids": ["x"]}
    assert sorted(file.name for file in (root / "requests").iterdir()) == [f"{request_id}.json", "done"]


def test_an_id_that_is_known_already_is_kept(root: Path) -> None:
    item_id = new_id()
    assert ask_as(root, item_id, "delete", "anna") == item_id
    assert list(requests_in(root)) == [item_id]


def test_large_selections_become_several_requests(root: Path) -> None:
    ids = [f"20251205T154647.{number:06d}Z-4f2a" for number in range(IDS_PER_REQUEST + 1)]
    written = ask_about_items(root, "delete", "anna", ids)
    requests = requests_in(root)
    assert list(requests) == sorted(written)
    assert [requests[request_id]["ids"] for request_id in written] == [ids[:IDS_PER_REQUEST], ids[IDS_PER_REQUEST:]]


def test_items_are_asked_for_once_and_what_is_no_id_not_at_all(root: Path) -> None:
    first, second = new_id(), new_id()
    (written,) = ask_about_items(root, "requeue", "anna", [second, "../../etc", first, "", second])
    assert requests_in(root)[written]["ids"] == [second, first]
    assert ask_about_items(root, "requeue", "anna", ["x"]) == []


def test_an_upload_lies_beside_its_request_and_is_no_strangers_to_read(root: Path) -> None:
    request_id = ask_to_process(root, "anna", b"content", "a/b.jpg", "camera")
    upload = root / "requests" / f"{request_id}.upload"
    assert upload.read_bytes() == b"content"
    assert stat.S_IMODE(upload.stat().st_mode) & 0o007 == 0
    request = requests_in(root)[request_id]
    assert (request["action"], request["upload_path"], request["account"]) == ("process_upload", "a/b.jpg", "camera")


def test_an_upload_that_finds_no_room_leaves_no_request_and_no_half_file(root: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(CamspoolError, match="File too large"):
            ask_to_process(root, "anna", bytes(200_000), "a/b.jpg", "camera")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [file.name for file in (root / "requests").iterdir()] == ["done"]


def test_a_requests_folder_that_takes_nothing_is_a_sentence(root: Path) -> None:
    (root / "requests" / "done").rmdir()
    (root / "requests").rmdir()
    with pytest.raises(CamspoolError, match=r"could not be written to .*requests"):
        ask(root, "requeue", "anna", ids=[])
    with pytest.raises(CamspoolError, match=r"could not be written to .*requests"):
        ask_to_process(root, "anna", b"content", "a/b.jpg", None)
