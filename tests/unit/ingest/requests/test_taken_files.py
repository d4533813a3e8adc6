"""Whose accepted files a profile would take: named only where somebody really loses them."""

import sqlite3
from pathlib import Path

import pytest

from ingest.index.store import enter
from ingest.profiles.catalogue import load_catalogue
from ingest.profiles.profile_file import parse_profile
from ingest.requests import taken_files as module
from ingest.requests.taken_files import Taken, taken_files, taken_sentence
from ingest.settings.values import Settings
from tests.spools import put_item
from tests.unit.ingest.requests.profiles import put_photo, settings_of, text, write_own

BOTH = "^(Acme|Oakfine)$"
REPORT = """
name = 'x'
evidence = 'x'
[report]
match = {{ 'report.{key}' = '' }}
[report.fields]
camera_id = {{ from = 'report.Camera' }}
"""


@pytest.fixture
def settings(root: Path) -> Settings:
    return settings_of(root)


def taken(settings: Settings, index: sqlite3.Connection, content: str, name: str = "acme") -> list[Taken]:
    profile = parse_profile(content, settings.root / "profiles" / name)
    return taken_files(settings, index, profile, load_catalogue(settings.profile_folders), lambda: None)


def put(settings: Settings, index: sqlite3.Connection, make: str, camera: str, profile: str) -> str:
    item = put_photo(settings.root, make, camera, profile)
    enter(index, [item])
    return item[0].id


def test_a_file_that_both_would_claim_is_taken_and_one_of_another_make_is_not(
    settings: Settings, index: sqlite3.Connection
) -> None:
    write_own(settings, "oakfine", text("^Oakfine$"))
    ids = [put(settings, index, "Oakfine", camera, "oakfine") for camera in ("77", "78")]
    put(settings, index, "Elmfine", "79", "elmfine")
    found = taken(settings, index, text(BOTH))
    assert {(one.item_id, one.camera_id, one.profile) for one in found} == {
        (ids[0], "77", "oakfine"),
        (ids[1], "78", "oakfine"),
    }
    assert taken(settings, index, text()) == []


def test_what_an_unconfirmed_profile_leaves_is_taken_only_where_it_is_read_differently(
    settings: Settings, index: sqlite3.Connection
) -> None:
    write_own(settings, "oakfine", text("^Oakfine$", confirmed="false"))
    put(settings, index, "Oakfine", "77", "oakfine")
    assert taken(settings, index, text(BOTH)) == []
    other_camera = text(BOTH, source="exif.Make")
    assert [one.profile for one in taken(settings, index, other_camera)] == ["oakfine"]


def test_an_unconfirmed_profile_takes_nothing_from_a_confirmed_one(
    settings: Settings, index: sqlite3.Connection
) -> None:
    write_own(settings, "oakfine", text("^Oakfine$"))
    put(settings, index, "Oakfine", "77", "oakfine")
    assert taken(settings, index, text(BOTH, confirmed="false")) == []


def test_a_new_version_may_read_its_own_files_differently_but_not_leave_them(
    settings: Settings, index: sqlite3.Connection
) -> None:
    write_own(settings, "oakfine", text("^Oakfine$"))
    item_id = put(settings, index, "Oakfine", "77", "oakfine")
    assert taken(settings, index, text("^Oakfine$", source="exif.Make"), "oakfine") == []
    (left,) = taken(settings, index, text("^Oakfine 2$"), "oakfine")
    assert (left.item_id, left.profile) == (item_id, "oakfine")


def test_files_of_a_profile_that_is_gone_are_nobodys(settings: Settings, index: sqlite3.Connection) -> None:
    put(settings, index, "Oakfine", "77", "oakfine")
    assert taken(settings, index, text(BOTH)) == []


def test_the_last_report_of_a_camera_is_asked_by_its_lines(settings: Settings, index: sqlite3.Connection) -> None:
    content = b"Camera:77\nBattery:60\n"
    write_own(settings, "oakfine", REPORT.format(key="Camera"))
    item = put_item(settings.root, content, camera_id="77", profile="oakfine", kind="report", upload_path="a.txt")
    enter(index, [item])
    assert [one.path for one in taken(settings, index, REPORT.format(key="Battery"))] == ["a.txt"]
    assert taken(settings, index, REPORT.format(key="Voltage")) == []
    (settings.root / item[1]).unlink()
    assert taken(settings, index, REPORT.format(key="Battery")) == []


def test_of_each_camera_only_the_newest_files_are_asked(
    settings: Settings, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_own(settings, "oakfine", text("^Oakfine$"))
    for camera in ("77", "78"):
        for _ in range(3):
            put(settings, index, "Oakfine", camera, "oakfine")
    monkeypatch.setattr(module, "MOST_OF_A_CAMERA", 2)
    assert len(taken(settings, index, text(BOTH))) == 4
    monkeypatch.setattr(module, "MOST_FILES", 2)
    assert len(taken(settings, index, text(BOTH))) == 2


def test_of_many_a_few_are_named_and_the_other_cameras_counted() -> None:
    many = [Taken(str(number), f"{number}.jpg", f"cam{number}", "oak") for number in range(7)]
    sentence = taken_sentence("acme", many)
    assert "of cam0, which oak reads (0.jpg)" in sentence and sentence.endswith("and of 2 more cameras.")
    lost = taken_sentence("oak", [Taken("1", "a.jpg", "cam", "oak")])
    assert lost == "oak would no longer accept files: of cam, which it reads now (a.jpg)."
    assert "a\nb" not in taken_sentence("acme", [Taken("1", "a\nb", "c", "oak")])
