"""Letters lie in the outbox, one file each, and never change."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.outbox.parcels import find, is_as_it_was
from ingest.spool.deliveries import Delivery, note_failed
from ingest.spool.letters import Letter, delete_old_letters, letter_days, letter_text, read_letter, write_letter
from ingest.spool.outbox import mark_again, marked_ids, targets_on_disk
from ingest.spool.stamp import new_id

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ID = "20260409T120000.000001Z-10000001"


def a_letter(letter_id: str = ID) -> Letter:
    return Letter(letter_id, "camera_record", "oak", "2026-04-09T12:00:00.000001Z", {"name": "Höhle"})


def test_a_letter_is_read_as_it_was_written(root: Path) -> None:
    write_letter(root, a_letter())
    write_letter(root, a_letter())
    assert read_letter(root, ID) == a_letter()
    assert [day.name for day in letter_days(root)] == ["2026-04-09"]
    assert a_letter().key == ID and a_letter().sha256 == a_letter().sha256 != a_letter(new_id()).sha256


def test_there_may_be_no_letter(root: Path) -> None:
    assert read_letter(root, ID) is None and list(letter_days(root)) == []


@pytest.mark.parametrize("content", [b"{", b"[]", b"{}", letter_text(a_letter()).replace(b"camera_record", b"poem")])
def test_a_letter_that_is_none_says_so(root: Path, content: bytes) -> None:
    write_letter(root, a_letter())
    next(letter_days(root)).joinpath(f"{ID}.json").write_bytes(content)
    with pytest.raises(ValueError, match=r"."):
        read_letter(root, ID)
    found = find(root, [ID])
    assert found.goods == () and found.unreadable[ID].startswith("The letter cannot be read: ")


def test_a_mark_leads_to_its_letter_as_to_an_item(root: Path) -> None:
    write_letter(root, a_letter())
    mark_again(root, [("shelf", ID)])
    assert marked_ids(root, "shelf") == [ID] and targets_on_disk(root) == ["shelf"]
    assert find(root, [ID]).letters == [a_letter()] and is_as_it_was(root, a_letter())


def test_old_letters_go_when_no_target_needs_them(root: Path) -> None:
    ids = [new_id(NOW - timedelta(days=age)) for age in (100, 99, 98, 10)]
    for one in ids:
        write_letter(root, a_letter(one))
    mark_again(root, [("shelf", ids[1])])
    note_failed(root, "shelf", Delivery(ids[2], ids[2], None, "", "failed", "No."))
    assert delete_old_letters(root, 0, NOW) == 0
    assert delete_old_letters(root, 90, NOW) == 1
    assert [read_letter(root, one) is None for one in ids] == [True, False, False, False]
    assert len(list(letter_days(root))) == 3
