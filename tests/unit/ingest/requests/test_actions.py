"""Each action does what was asked, once, and refuses what it must not do."""

import os
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.index.store import enter
from ingest.spool.camera_records import read_camera_record, registers
from ingest.spool.moves import delete
from ingest.spool.names import parse_incoming_name
from ingest.spool.origin import parse_origin
from ingest.spool.stamp import new_id
from tests.spools import put_item
from tests.unit.ingest.requests.asked import ask


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


@pytest.mark.parametrize("item_id", ["../../etc/passwd", "", 5, None, "20251205T154647.120034Z-4f2a"])
def test_an_id_that_names_no_item_is_refused(root: Path, index: sqlite3.Connection, item_id: Any) -> None:
    for action in ("delete", "requeue"):
        assert ask(root, index, {"action": action, "ids": [item_id]})["results"][0]["outcome"] == "refused"


def test_a_camera_record_is_saved(root: Path, index: sqlite3.Connection) -> None:
    assert not registers(read_camera_record(root, "861943070068027"))
    request = {"action": "edit_camera", "camera_id": "861943070068027", "record": {"name": "By the river"}}
    assert ask(root, index, request)["results"][0]["outcome"] == "saved"
    assert read_camera_record(root, "861943070068027") == {"name": "By the river"}
    assert registers(read_camera_record(root, "861943070068027"))


def test_a_record_can_say_that_its_camera_is_not_registered(root: Path, index: sqlite3.Connection) -> None:
    ask(root, index, {"action": "edit_camera", "camera_id": "x", "record": {"registered": False}})
    assert not registers(read_camera_record(root, "x"))


def test_a_record_with_a_time_zone_that_nobody_knows_is_refused(root: Path, index: sqlite3.Connection) -> None:
    answer = ask(root, index, {"action": "edit_camera", "camera_id": "x", "record": {"zone": "Nairobi"}})
    (result,) = answer["results"]
    assert (result["outcome"], result["message"]) == (
        "refused",
        "The time zone Nairobi is unknown; expected a name such as Africa/Nairobi.",
    )
    assert read_camera_record(root, "x") is None


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
    record, own_answer = root / "connections" / "2020-01-01.jsonl", root / "requests" / "done" / f"{old}.json"
    record.write_text("")
    own_answer.write_text('{"by": "canary", "results": []}')
    days = {"rejected_days": 30, "accepted_days": 0, "connections_days": 90}
    answer = ask(root, index, {"action": "retention", "by": "retention", **days})
    assert [result["id"] for result in answer["results"]] == [gone[0].id]
    assert [(root / place).exists() for _, place in (kept, gone, young)] == [True, False, True]
    assert not record.exists() and not own_answer.exists()


def test_a_retention_request_of_a_release_without_unusable_days_deletes_no_clip_before_other_rejected_items(
    root: Path, index: sqlite3.Connection
) -> None:
    ids = [new_id(datetime.now(UTC) - timedelta(days=days)) for days in (40, 20, 10)]
    for item_id in ids:
        put_item(root, item_id=item_id, verdict="rejected", reason="not_a_jpeg")
    days = {"rejected_days": 30, "accepted_days": 0, "connections_days": 90}
    answer = ask(root, index, {"action": "retention", "by": "retention", **days})
    assert [result["id"] for result in answer["results"]] == ids[:1]
    answer = ask(root, index, {"action": "retention", "by": "retention", "unusable_days": 3, **days})
    assert [result["id"] for result in answer["results"]] == ids[1:2]


def test_making_room_deletes_what_can_never_be_accepted_with_the_name_that_its_camera_sees_and_says_what_it_was(
    root: Path, index: sqlite3.Connection
) -> None:
    connection = new_id()
    clip, place = put_item(root, verdict="rejected", reason="unsupported_file_type", connection=connection)
    enter(index, [(clip, place)])
    seen = root / "uploads" / connection / "E1000159.JPG"
    seen.parent.mkdir()
    os.link(root / place, seen)
    (result,) = ask(root, index, {"action": "make_room", "by": "watcher", "ids": [clip.id]})["results"]
    assert (result["outcome"], result["connection"], result["upload_path"]) == ("deleted", connection, "E1000159.JPG")
    assert not (root / place).exists() and not seen.exists()


def test_making_room_begun_again_after_a_crash_still_names_what_was_deleted(
    root: Path, index: sqlite3.Connection
) -> None:
    clip, place = put_item(root, verdict="rejected", reason="unsupported_file_type", connection="x")
    enter(index, [(clip, place)])
    delete(root, place)
    (result,) = ask(root, index, {"action": "make_room", "by": "watcher", "ids": [clip.id]})["results"]
    assert (result["outcome"], result["connection"]) == ("deleted", "x")


@pytest.mark.parametrize(("verdict", "reason"), [("accepted", None), ("rejected", "no_metadata")])
def test_making_room_touches_nothing_that_is_or_may_become_accepted(
    root: Path, index: sqlite3.Connection, verdict: str, reason: str | None
) -> None:
    sidecar, place = put_item(root, verdict=verdict, reason=reason, connection=new_id())
    enter(index, [(sidecar, place)])
    results = ask(root, index, {"action": "make_room", "ids": [sidecar.id, "x"]})["results"]
    assert [result["outcome"] for result in results] == ["refused"] * 2
    assert "another verdict" in results[0]["message"]
    assert (root / place).exists()


def test_an_explanation_is_answered_with_what_it_is_of(root: Path, index: sqlite3.Connection) -> None:
    request = {"action": "explain", "by": "anna", "because": "gone", "findings": [{"connection": "c", "path": "a.jpg"}]}
    (result,) = ask(root, index, request)["results"]
    assert (result["outcome"], result["id"], result["connection"]) == ("explained", "a.jpg", "c")


@pytest.mark.parametrize(
    "changes", [{"because": " "}, {"because": 5}, {"findings": []}, {"findings": [{}]}, {"findings": 5}]
)
def test_an_explanation_of_nothing_or_without_a_reason_is_refused(
    root: Path, index: sqlite3.Connection, changes: dict[str, Any]
) -> None:
    request = {"action": "explain", "because": "gone", "findings": [{"connection": "c", "path": "a.jpg"}], **changes}
    assert [result["outcome"] for result in ask(root, index, request)["results"]] == ["refused"]
