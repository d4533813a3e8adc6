"""What waits for a verdict: read from the names in incoming/, newest first."""

from datetime import UTC, datetime
from pathlib import Path

from ingest.spool.names import aside_name, copy_name, incoming_name, origin_name
from ingest.spool.origin import Origin, origin_text
from webadmin.files.waiting import find_partial, find_waiting, waiting_items, waiting_partials

CONNECTION = "20251205T154600.000000Z-00007498"
FIRST, SECOND, THIRD = (f"20251205T154647.12003{number}Z-4f2a" for number in range(3))


def _put(root: Path, item_id: str, upload_path: bytes = b"a.jpg", content: bytes = b"jpg") -> Path:
    (root / "incoming").mkdir(exist_ok=True)
    file = root / "incoming" / incoming_name(item_id, CONNECTION, upload_path)
    file.write_bytes(content)
    return file


def test_the_newest_are_shown_and_all_are_counted(tmp_path: Path) -> None:
    for item_id in (SECOND, FIRST, THIRD):
        _put(tmp_path, item_id)
    items, number = waiting_items(tmp_path, 2)
    assert ([one.id for one in items], number) == ([THIRD, SECOND], 3)


def test_an_item_tells_where_it_comes_from_and_when_it_was_taken(tmp_path: Path) -> None:
    file = _put(tmp_path, FIRST, b"INSTAR/a b\xff.jpg", b"twelve bytes")
    ((one,), _) = waiting_items(tmp_path)
    assert (one.upload_path, one.connection, one.size_bytes) == ("INSTAR/a b\\xff.jpg", CONNECTION, 12)
    assert one.received_at == datetime(2025, 12, 5, 15, 46, 47, 120030, UTC)
    assert one.name == file.name
    assert find_waiting(tmp_path, FIRST) == one


def test_what_lies_beside_an_item_is_no_item(tmp_path: Path) -> None:
    _put(tmp_path, FIRST)
    for name in (aside_name(FIRST), copy_name(FIRST), origin_name(FIRST), aside_name(SECOND), "put by hand.jpg"):
        (tmp_path / "incoming" / name).touch()
    items, number = waiting_items(tmp_path)
    assert ([one.id for one in items], number) == ([FIRST], 1)
    assert find_waiting(tmp_path, SECOND) is None


def test_a_path_that_is_too_long_for_a_name_is_said(tmp_path: Path) -> None:
    _put(tmp_path, FIRST, b"folder/" * 60 + b"a.jpg")
    ((one,), _) = waiting_items(tmp_path)
    assert one.upload_path == "(a path too long for a name)"


def test_without_a_folder_nothing_waits(tmp_path: Path) -> None:
    assert waiting_items(tmp_path) == ([], 0)
    assert find_waiting(tmp_path, FIRST) is None


def test_the_size_of_what_has_just_left_is_not_known(tmp_path: Path) -> None:
    file = _put(tmp_path, FIRST)
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere")
    ((one,), _) = waiting_items(tmp_path)
    assert one.size_bytes is None


def test_a_beginning_tells_where_it_comes_from_and_how_long_it_waits(tmp_path: Path) -> None:
    folder, path = tmp_path / "partial" / "short", b"d/" * 150 + b"a.jpg"
    folder.mkdir(parents=True)
    for item_id in (SECOND, FIRST, THIRD):
        (folder / incoming_name(item_id, CONNECTION, path)).write_bytes(b"jp")
        (folder / origin_name(item_id)).write_bytes(origin_text(Origin(path, "ftps", CONNECTION, transfer="cut")))
    found, number = waiting_partials(tmp_path, 24, 2)
    assert ([one.id for one in found], number) == ([THIRD, SECOND], 3)
    one = find_partial(tmp_path, FIRST, 24)
    assert one and (one.upload_path, one.connection, one.size_bytes) == (path.decode(), CONNECTION, 2)
    assert one.until == datetime(2025, 12, 6, 15, 46, 47, 120030, UTC)
    assert find_partial(tmp_path, CONNECTION, 24) is None
