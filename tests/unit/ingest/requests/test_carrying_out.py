import json
import sqlite3
from pathlib import Path

import pytest

from ingest.requests.carrying_out import carry_out_all
from ingest.spool.stamp import new_id
from tests.unit.ingest.requests.asked import ask, put_rejected


def test_a_request_about_many_items_gives_signs_of_life(root: Path, index: sqlite3.Connection) -> None:
    ids = [put_rejected(root, index, upload_path=f"{number}.jpg") for number in range(20)]
    (root / "requests" / f"{new_id()}.json").write_text(json.dumps({"action": "delete", "ids": ids}))
    signs: list[int] = []
    carry_out_all(root, index, lambda: signs.append(1))
    assert len(signs) == 20


def test_a_folder_among_the_requests_is_no_request(root: Path, index: sqlite3.Connection) -> None:
    (root / "requests" / f"{new_id()}.json").mkdir()
    assert not carry_out_all(root, index)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"action": "format_disk"}', '{"action": "delete"}', "\x00", "null"])
def test_a_request_that_cannot_be_read_is_answered_and_removed(
    root: Path, index: sqlite3.Connection, text: str
) -> None:
    assert ask(root, index, text)["results"][0]["outcome"] == "refused"


@pytest.mark.parametrize("depth", [*range(900, 1000, 7), 100_000])
def test_a_request_that_is_nested_without_end_is_answered_and_removed(
    root: Path, index: sqlite3.Connection, depth: int
) -> None:
    nested = '{"x":' * depth + "1" + "}" * depth
    text = f'{{"action": "edit_camera", "camera_id": "x", "record": {nested}}}'
    assert ask(root, index, text)["results"][0]["outcome"] in ("saved", "refused")
    assert not list((root / "requests").glob("*.json"))
