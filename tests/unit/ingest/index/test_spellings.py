"""`cam1` and `CAM1` are one camera, whichever came first, and two that are here already stay two."""

import sqlite3
from pathlib import Path

from ingest.index.reindex import rebuild
from ingest.index.spellings import in_known_spelling, spelling_in
from ingest.index.store import enter, forget, open_index
from ingest.spool.camera_records import write_camera_record
from ingest.spool.moves import place_of
from ingest.spool.sidecar import Sidecar
from tests.spools import make_sidecar, put_item


def spelled(root: Path, index: sqlite3.Connection, camera_id: str, *coming: str) -> tuple[str | None, str | None]:
    sidecar = in_known_spelling(root, index, make_sidecar(camera_id=camera_id), coming)
    return sidecar.camera_id, sidecar.camera_text


def enter_of(index: sqlite3.Connection, camera_id: str, reason: str | None = None) -> Sidecar:
    sidecar = make_sidecar(camera_id=camera_id, verdict="rejected" if reason else "accepted", reason=reason)
    enter(index, [(sidecar, place_of(sidecar))])
    return sidecar


def test_the_first_spelling_stays_and_the_others_are_what_the_file_says(root: Path, index: sqlite3.Connection) -> None:
    assert spelled(root, index, "CAM1") == ("CAM1", None)
    enter_of(index, "cam1")
    assert spelled(root, index, "CAM1") == ("cam1", "CAM1")
    assert spelled(root, index, "cam1") == ("cam1", None)
    assert spelled(root, index, "cam2") == ("cam2", None)


def test_what_the_file_said_before_stays_said(root: Path, index: sqlite3.Connection) -> None:
    enter_of(index, "hoehle")
    found = in_known_spelling(root, index, make_sidecar(camera_id="Hoehle", camera_text="Höhle"))
    assert (found.camera_id, found.camera_text) == ("hoehle", "Höhle")


def test_a_file_without_a_camera_stays_without(root: Path, index: sqlite3.Connection) -> None:
    enter_of(index, "cam1")
    nobody = make_sidecar(camera_id=None, verdict="rejected", reason="missing_camera_id")
    assert in_known_spelling(root, index, nobody) is nobody


def test_two_that_are_here_already_stay_two_and_a_third_spelling_is_the_accepted_one(
    root: Path, index: sqlite3.Connection
) -> None:
    enter_of(index, "CAM1", reason="missing_location")
    enter_of(index, "cam1")
    assert [spelled(root, index, one)[0] for one in ("CAM1", "cam1", "Cam1")] == ["CAM1", "cam1", "cam1"]


def test_it_is_the_same_after_a_rebuild(root: Path) -> None:
    put_item(root, camera_id="lat52.1_lon5.1")
    put_item(root, camera_id="3F0A9C")
    rebuild(root, lambda counts, _: counts)
    index = open_index(root)
    assert spelled(root, index, "LAT52.1_LON5.1") == ("lat52.1_lon5.1", "LAT52.1_LON5.1")
    assert spelled(root, index, "3f0a9c") == ("3F0A9C", "3f0a9c")
    index.close()


def test_what_is_only_coming_counts_as_well(root: Path, index: sqlite3.Connection) -> None:
    assert spelled(root, index, "CAM1", "oak", "cam1") == ("cam1", "CAM1")


def test_a_spelling_with_a_record_or_files_of_its_own_stays(root: Path, index: sqlite3.Connection) -> None:
    enter_of(index, "cam1")
    write_camera_record(root, "CAM1", {"registered": False})
    (root / "accepted/Cam1").mkdir()
    assert [spelled(root, index, one)[0] for one in ("CAM1", "Cam1", "cAM1")] == ["CAM1", "Cam1", "cam1"]


def test_what_was_forgotten_is_not_known(root: Path, index: sqlite3.Connection) -> None:
    gone = enter_of(index, "cam1", reason="missing_location")
    forget(index, [gone.id])
    assert spelling_in(index, "CAM1") is None
