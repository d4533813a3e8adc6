import json
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.index.store import enter
from ingest.requests.carrying_out import carry_out_all
from ingest.spool.camera_records import is_registered, read_camera_record
from ingest.spool.names import parse_incoming_name
from ingest.spool.origin import parse_origin
from ingest.spool.stamp import new_id
from tests.spools import put_item

Answer = dict[str, Any]


def ask(root: Path, index: sqlite3.Connection, text: Any, request_id: str | None = None) -> Answer:
    """Put a request down, have it carried out, return its answer."""
    request_id = request_id or new_id()
    file = root / "requests" / f"{request_id}.json"
    file.write_text(text if isinstance(text, str) else json.dumps(text))
    assert carry_out_all(root, index)
    assert not file.exists()
    answer: Answer = json.loads((root / "requests" / "done" / f"{request_id}.json").read_text())
    return answer


def put_rejected(root: Path, index: sqlite3.Connection, **changes: Any) -> str:
    values = {"verdict": "rejected", "reason": "missing_location", **changes}
    item = put_item(root, **values)
    enter(index, [item])
    return item[0].id


def test_a_rejected_item_goes_back_with_its_id_and_counts_its_attempts(root: Path, index: sqlite3.Connection) -> None:
    item_id = put_rejected(root, index, upload_path="INSTAR/a\\xff.jpg", upload_path_quoted="INSTAR%2Fa%FF.jpg")
    answer = ask(root, index, {"action": "requeue", "ids": [item_id], "by": "anna"})
    assert [result["outcome"] for result in answer["results"]] == ["requeued"]
    origin = parse_origin((root / "incoming" / f"{item_id}~origin").read_bytes())
    assert (origin.upload_path, origin.attempts, origin.account) == (b"INSTAR/a\xff.jpg", 2, "camera")
    assert index.execute("SELECT count(*) FROM items").fetchone() == (0,)


def test_a_request_about_many_items_gives_signs_of_life(root: Path, index: sqlite3.Connection) -> None:
    ids = [put_rejected(root, index, upload_path=f"{number}.jpg") for number in range(20)]
    (root / "requests" / f"{new_id()}.json").write_text(json.dumps({"action": "delete", "ids": ids}))
    signs: list[int] = []
    carry_out_all(root, index, lambda: signs.append(1))
    assert len(signs) == 20


def test_what_may_not_be_changed_is_refused_and_the_rest_is_done(root: Path, index: sqlite3.Connection) -> None:
    (kept, kept_place), (gone, gone_place) = (
        put_item(root, verdict="rejected", reason=reason) for reason in ("no_metadata", "bad_datetime")
    )
    folder = (root / kept_place).parent
    subprocess.run(["chattr", "+i", str(folder)], check=True)
    try:
        answer = ask(root, index, {"action": "delete", "ids": [kept.id, gone.id]})
    finally:
        subprocess.run(["chattr", "-i", str(folder)], check=True)
    assert [result["outcome"] for result in answer["results"]] == ["refused", "deleted"]
    assert "cannot be changed" in answer["results"][0]["message"]
    assert (root / kept_place).exists() and not (root / gone_place).exists()


def test_a_folder_among_the_requests_is_no_request(root: Path, index: sqlite3.Connection) -> None:
    (root / "requests" / f"{new_id()}.json").mkdir()
    assert not carry_out_all(root, index)


def test_answers_to_the_gateways_own_photos_go_with_the_records_of_their_connections(
    root: Path, index: sqlite3.Connection
) -> None:
    old, done = new_id(datetime.now(UTC) - timedelta(days=91)), root / "requests" / "done"
    mine, theirs = done / f"{old}.json", done / f"{new_id(datetime.now(UTC) - timedelta(days=92))}.json"
    mine.write_text('{"by": "canary", "results": []}')
    theirs.write_text('{"by": "anna", "results": []}')
    ask(root, index, {"action": "retention", "rejected_days": 30, "accepted_days": 0, "connections_days": 90})
    assert (mine.exists(), theirs.exists()) == (False, True)


def test_an_accepted_item_is_not_tried_again(root: Path, index: sqlite3.Connection) -> None:
    sidecar, place = put_item(root)
    enter(index, [(sidecar, place)])
    answer = ask(root, index, {"action": "requeue", "ids": [sidecar.id]})
    assert answer["results"][0]["outcome"] == "refused"
    assert (root / place).exists()


def test_deleting_removes_the_item_and_says_what_it_was(root: Path, index: sqlite3.Connection) -> None:
    item_id = put_rejected(root, index, connection="20251205T154630.004411Z-91be")
    answer = ask(root, index, {"action": "delete", "ids": [item_id], "by": "anna"})
    result = answer["results"][0]
    assert (result["outcome"], result["connection"]) == ("deleted", "20251205T154630.004411Z-91be")
    assert answer["by"] == "anna"
    assert not list((root / "rejected").rglob("*.JPG*"))


def test_an_item_that_the_index_does_not_know_is_found_in_the_folders(root: Path, index: sqlite3.Connection) -> None:
    sidecar, _ = put_item(root)
    assert ask(root, index, {"action": "delete", "ids": [sidecar.id]})["results"][0]["outcome"] == "deleted"


@pytest.mark.parametrize("item_id", ["../../etc/passwd", "", 5, None, "20251205T154647.120034Z-4f2a"])
def test_an_id_that_names_no_item_is_refused(root: Path, index: sqlite3.Connection, item_id: Any) -> None:
    for action in ("delete", "requeue"):
        assert ask(root, index, {"action": action, "ids": [item_id]})["results"][0]["outcome"] == "refused"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"action": "format_disk"}', '{"action": "delete"}', "\x00", "null"])
def test_a_request_that_cannot_be_read_is_answered_and_removed(
    root: Path, index: sqlite3.Connection, text: str
) -> None:
    assert ask(root, index, text)["results"][0]["outcome"] == "refused"


def test_a_camera_record_is_saved(root: Path, index: sqlite3.Connection) -> None:
    assert not is_registered(root, "861943070068027")
    request = {"action": "edit_camera", "camera_id": "861943070068027", "record": {"name": "By the river"}}
    assert ask(root, index, request)["results"][0]["outcome"] == "saved"
    assert read_camera_record(root, "861943070068027") == {"name": "By the river"}
    assert is_registered(root, "861943070068027")


def test_a_record_can_say_that_its_camera_is_not_registered(root: Path, index: sqlite3.Connection) -> None:
    ask(root, index, {"action": "edit_camera", "camera_id": "x", "record": {"registered": False}})
    assert not is_registered(root, "x")


@pytest.mark.parametrize("camera_id", ["../x", "", ".hidden", "a" * 65, "a/b"])
def test_a_bad_camera_id_is_refused(root: Path, index: sqlite3.Connection, camera_id: str) -> None:
    answer = ask(root, index, {"action": "edit_camera", "camera_id": camera_id, "record": {}})
    assert answer["results"][0]["outcome"] == "refused"


def test_an_uploaded_file_is_taken_once_with_the_path_it_pretends(root: Path, index: sqlite3.Connection) -> None:
    request_id = new_id()
    (root / "requests" / f"{request_id}.upload").write_bytes(b"jpg")
    request = {"action": "process_upload", "upload_path": "INSTAR/lat1.0_lon2.0/a.jpeg", "account": "camera"}
    for _ in range(2):
        assert ask(root, index, request, request_id)["results"][0]["item_id"] == request_id
    taken = [parse_incoming_name(file.name) for file in (root / "incoming").glob("*~local~*")]
    assert [(item.id, item.upload_path) for item in taken if item] == [(request_id, b"INSTAR/lat1.0_lon2.0/a.jpeg")]
    assert parse_origin((root / "incoming" / f"{request_id}~origin").read_bytes()).source == "upload"


def test_an_uploaded_symlink_is_refused(root: Path, index: sqlite3.Connection, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    request_id = new_id()
    (root / "requests" / f"{request_id}.upload").symlink_to(tmp_path / "secret")
    answer = ask(root, index, {"action": "process_upload", "upload_path": "a.jpg"}, request_id)
    assert answer["results"][0]["outcome"] == "refused"


def test_retention_deletes_what_is_due_and_nothing_else(root: Path, index: sqlite3.Connection) -> None:
    old, new = "20200101T000000.000000Z-aaaa", new_id()
    kept = put_item(root, item_id=old)
    gone = put_item(root, item_id="20200101T000000.000000Z-bbbb", verdict="rejected", reason="no_metadata")
    young = put_item(root, item_id=new, verdict="rejected", reason="no_metadata")
    (root / "connections" / "2020-01-01.jsonl").write_text("")
    days = {"rejected_days": 30, "accepted_days": 0, "connections_days": 90}
    answer = ask(root, index, {"action": "retention", "by": "retention", **days})
    assert [result["id"] for result in answer["results"]] == [gone[0].id]
    assert [(root / place).exists() for _, place in (kept, gone, young)] == [True, False, True]
    assert not (root / "connections" / "2020-01-01.jsonl").exists()
