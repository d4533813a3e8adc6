"""The folder of what was deleted: what lies there by which request, and when it goes."""

from datetime import timedelta
from pathlib import Path

import pytest

from ingest.spool.moves import discard, put_back
from ingest.spool.stamp import id_time, new_id
from ingest.spool.trash import (
    due_in_trash,
    empty_trash,
    find_trashed,
    goes_at,
    requests_in_trash,
    size_in_trash,
    trash_folder,
    trashed_places,
)
from tests.spools import put_item

FIRST, LATER = "20260401T120000.000000Z-0001", "20260402T120000.000000Z-0002"


def test_each_request_keeps_what_it_deleted_until_its_days_are_over(root: Path) -> None:
    (one, place), (other, other_place) = put_item(root, b"12345"), put_item(root)
    discard(root, place, trash_folder(root, FIRST))
    discard(root, other_place, trash_folder(root, LATER))
    (root / "trash" / "notes").mkdir()
    assert requests_in_trash(root) == [FIRST, LATER]
    assert trashed_places(root, FIRST) == [place]
    assert (find_trashed(root, one.id), find_trashed(root, other.id)) == ((FIRST, place), (LATER, other_place))
    assert find_trashed(root, one.id, LATER) is None and find_trashed(root, new_id()) is None
    items, size_bytes = size_in_trash(root, FIRST)
    assert items == 1 and size_bytes > 5
    day_after = id_time(FIRST) + timedelta(days=15)
    assert goes_at(FIRST, 14) == day_after - timedelta(days=1)
    assert due_in_trash(root, 14, day_after - timedelta(seconds=1)) == [FIRST]
    empty_trash(root, FIRST)
    empty_trash(root, FIRST)
    assert requests_in_trash(root) == [LATER]
    assert not list((root / "accepted").rglob("*.*"))


def test_what_is_put_back_leaves_no_folder_and_never_replaces_anything(root: Path) -> None:
    _, place = put_item(root, b"12345")
    folder = trash_folder(root, FIRST)
    discard(root, place, folder)
    put_back(root, folder, place)
    assert (root / place).read_bytes() == b"12345" and (root / f"{place}.json").exists()
    assert list((root / "trash").iterdir()) == []
    discard(root, place, folder)
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).write_bytes(b"another")
    with pytest.raises(FileExistsError):
        put_back(root, folder, place)
    assert (root / place).read_bytes() == b"another" and (folder / f"{place}.json").exists()


def test_nothing_is_discarded_twice(root: Path) -> None:
    _, place = put_item(root)
    discard(root, place, trash_folder(root, FIRST))
    with pytest.raises(FileNotFoundError):
        discard(root, place, trash_folder(root, LATER))
    assert requests_in_trash(root) == [FIRST]


def test_a_spool_without_a_trash_has_an_empty_one(tmp_path: Path) -> None:
    assert requests_in_trash(tmp_path) == []
    assert size_in_trash(tmp_path, FIRST) == (0, 0)
