"""Each record goes to a target that wants it once, and again when it has become another."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.outbox.parcels import find
from ingest.outbox.records import write_letters_about_records
from ingest.settings.targets import Selection
from ingest.spool.camera_records import write_camera_record
from ingest.spool.letters import Letter
from ingest.spool.outbox import marked_ids, prepare_target

NOW = datetime(2026, 6, 2, 12, tzinfo=UTC)
ALL = Selection(sends=("camera_records", "connection_records"))


@pytest.fixture
def target(root: Path) -> Path:
    prepare_target(root, "store")
    return root


def letters(root: Path) -> list[Letter]:
    return list(find(root, marked_ids(root, "store")).letters)


def test_what_is_there_and_what_changes_goes_once(target: Path) -> None:
    write_camera_record(target, "oak", {"name": "Oak"})
    assert write_letters_about_records(target, "store", ALL, NOW) == 1
    assert write_letters_about_records(target, "store", ALL, NOW) == 0
    write_camera_record(target, "oak", {"name": "Oak, at the gate"})
    assert write_letters_about_records(target, "store", ALL, NOW) == 1
    assert [(one.kind, one.about, one.content["name"]) for one in letters(target)] == [
        ("camera_record", "oak", "Oak"),
        ("camera_record", "oak", "Oak, at the gate"),
    ]


def test_the_connections_of_a_day_go_when_it_is_over_and_again_when_one_came_late(target: Path) -> None:
    yesterday, today = (target / f"connections/2026-06-0{day}.jsonl" for day in (1, 2))
    yesterday.write_text("{}\n")
    today.write_text("{}\n")
    (target / "connections/20260601T120000.000000Z-00000001.log").write_text("x")
    assert write_letters_about_records(target, "store", ALL, NOW) == 1
    yesterday.write_text("{}\n{}\n")
    assert write_letters_about_records(target, "store", ALL, NOW) == 1
    assert {(one.kind, one.about, one.place) for one in letters(target)} == {
        ("connection_records", "2026-06-01", "connections/2026-06-01.jsonl")
    }


def test_a_target_gets_what_it_asks_for(target: Path) -> None:
    write_camera_record(target, "oak", {})
    write_camera_record(target, "elm", {})
    (target / "connections/2026-05-01.jsonl").write_text("{}\n")
    one = Selection(sends=("camera_records", "connection_records"), cameras=("oak",), since="2026-06-01")
    assert write_letters_about_records(target, "store", one, NOW) == 1
    assert write_letters_about_records(target, "store", Selection(sends=("accepted",)), NOW) == 0


def test_what_was_deleted_is_forgotten_and_a_note_that_cannot_be_read_sends_all_again(target: Path) -> None:
    write_camera_record(target, "oak", {})
    assert write_letters_about_records(target, "store", ALL, NOW) == 1
    (target / "outbox/store/.records.json").write_text("[")
    assert write_letters_about_records(target, "store", ALL, NOW) == 1
    (target / "cameras/oak.json").unlink()
    assert write_letters_about_records(target, "store", ALL, NOW) == 0
    assert "oak" not in (target / "outbox/store/.records.json").read_text()


def test_a_record_that_cannot_be_read_has_no_letter(target: Path) -> None:
    write_camera_record(target, "oak", {})
    (target / "cameras/oak.json").write_text("{")
    os.utime(target / "cameras/oak.json")
    write_letters_about_records(target, "store", ALL, NOW)
    assert letters(target) == []
