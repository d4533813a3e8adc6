"""Where items lie, whatever else lies there, and one of them by its id."""

import logging
import sqlite3
from pathlib import Path

import pytest

from ingest.index.places import day_folders, find_item, folders_of_day, id_in, items_in, read_sidecar, waiting_ids
from ingest.index.store import enter
from ingest.spool.names import aside_name, incoming_name, origin_name
from ingest.spool.stamp import new_id
from tests.spools import put_item

OLD, NEW, LAST = (f"2026030{day}T120000.000000Z-aaaa" for day in (1, 2, 3))


def test_day_folders_of_both_verdicts_are_listed_from_a_day_on(root: Path) -> None:
    for item_id in (OLD, NEW):
        put_item(root, item_id=item_id)
    put_item(root, item_id=LAST, verdict="rejected", reason="no_metadata")
    new = ["accepted/861943070068027/2026-03-02", "rejected/no_metadata/2026-03-03"]
    assert list(day_folders(root)) == ["accepted/861943070068027/2026-03-01", *new]
    assert list(day_folders(root, "2026-03-02")) == new


def test_the_folders_of_one_day_are_told_from_the_cameras_and_reasons_that_are_there(root: Path) -> None:
    put_item(root, item_id=OLD, camera_id="A")
    put_item(root, item_id=NEW, camera_id="B")
    put_item(root, item_id=OLD[:-1] + "b", verdict="rejected", reason="no_metadata", camera_id=None)
    told = list(folders_of_day(root, "2026-03-01"))
    assert [folder for folder in told if (root / folder).is_dir()] == [
        "accepted/A/2026-03-01",
        "rejected/no_metadata/2026-03-01",
    ]
    assert {folder: len(items_in(root, folder)) for folder in told} == {
        "accepted/A/2026-03-01": 1,
        "accepted/B/2026-03-01": 0,
        "rejected/no_metadata/2026-03-01": 1,
    }


def test_a_link_to_a_folder_elsewhere_is_not_followed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "2026-03-01").mkdir(parents=True)
    (root / "accepted" / "camera").symlink_to(tmp_path / "elsewhere")
    assert list(day_folders(root)) == []


def test_the_items_of_a_day_are_there_without_their_sidecars(root: Path) -> None:
    ids = {OLD: "b.jpg", f"{OLD}0001": "a.json"}
    places = [put_item(root, item_id=item_id, upload_path=name)[1] for item_id, name in ids.items()]
    assert items_in(root, places[0].rpartition("/")[0]) == sorted(places)
    assert items_in(root, "accepted/nobody/2026-03-01") == []


def test_an_id_is_read_from_a_name_that_has_hyphens_of_its_own() -> None:
    assert id_in(f"accepted/x/2026-03-01/{OLD}-a-b-c.jpg") == OLD
    assert id_in("accepted/x/2026-03-01/by-hand.jpg") is None


def test_an_item_is_found_by_the_index_and_where_that_is_wrong_in_the_folders(
    root: Path, index: sqlite3.Connection
) -> None:
    sidecar, place = put_item(root, item_id=OLD)
    put_item(root, item_id=f"{OLD}0001")
    assert find_item(root, index, OLD) == place
    enter(index, [(sidecar, "accepted/861943070068027/2026-03-01/moved-away.jpg")])
    assert find_item(root, index, OLD) == place
    (root / place).unlink()
    assert find_item(root, index, OLD) is None


def test_a_sidecar_that_is_missing_or_torn_is_named_in_the_log(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    sidecar, place = put_item(root)
    assert read_sidecar(root, place) == sidecar
    with caplog.at_level(logging.ERROR):
        (root / f"{place}.json").write_text("{")
        assert read_sidecar(root, place) is None
        (root / f"{place}.json").unlink()
        assert read_sidecar(root, place) is None
    assert [record.message.startswith(f"The sidecar of {place} cannot be read") for record in caplog.records] == [
        True,
        True,
    ]


def test_items_wait_oldest_first_and_what_accompanies_them_does_not_count(root: Path) -> None:
    for item_id in (NEW, OLD):
        (root / "incoming" / incoming_name(item_id, "local", b"a.jpg")).write_bytes(b"jpg")
        for companion in (aside_name(item_id), origin_name(item_id), aside_name(new_id())):
            (root / "incoming" / companion).write_text("{}")
    (root / "incoming" / "by hand.jpg").write_bytes(b"jpg")
    assert waiting_ids(root) == [OLD, NEW]
