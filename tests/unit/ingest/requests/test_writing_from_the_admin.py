"""Requests: each is whole on the disk before anybody can find it."""

import json
import sqlite3
import stat
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.requests.answers import read_answer
from ingest.requests.carrying_out import carry_out_all
from ingest.requests.writing import IDS_PER_REQUEST, ask, ask_about_items, ask_to_process


def test_large_selections_become_several_requests(root: Path) -> None:
    ids = [f"20251205T154647.{number:06d}Z-4f2a" for number in range(IDS_PER_REQUEST + 1)]
    requests = ask_about_items(root, "delete", "anna", ids)
    waiting = [json.loads((root / "requests" / f"{request_id}.json").read_text()) for request_id in requests]
    assert [len(request["ids"]) for request in waiting] == [IDS_PER_REQUEST, 1]
    assert len(list((root / "requests").glob("*.json"))) == 2


def test_an_upload_lies_complete_before_its_request(root: Path, index: sqlite3.Connection) -> None:
    request_id = ask_to_process(root, "anna", b"content", "a/b.jpg", None)
    names = sorted(file.name for file in (root / "requests").iterdir() if file.is_file())
    assert names == [f"{request_id}.json", f"{request_id}.upload"]
    mode = (root / "requests" / f"{request_id}.upload").stat().st_mode
    assert stat.S_IMODE(mode) & 0o007 == 0
    carry_out_all(root, index)
    answer = read_answer(root, request_id)
    assert answer
    assert answer.done[0]["outcome"] == "taken"


def test_a_full_or_closed_requests_folder_is_a_sentence(root: Path) -> None:
    (root / "requests" / "done").rmdir()
    (root / "requests").rmdir()
    with pytest.raises(CamspoolError, match="could not be written"):
        ask(root, "requeue", "anna", ids=[])
    assert not (root / "requests").exists()
