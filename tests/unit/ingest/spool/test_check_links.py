"""Links to check pages as they are kept."""

from pathlib import Path
from typing import Any

import pytest

from ingest.spool.check_links import (
    CheckLink,
    card_links_revoked,
    find_link,
    forget_link,
    has_ended,
    is_link_id,
    links_in,
    write_link,
)

LINK = CheckLink("ab" * 16, "gate", "Röse", True, False, "2026-06-02T00:00:00.000000Z", "2026-06-01", "anna")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "check_links").mkdir()
    return tmp_path


def test_a_link_comes_back_as_written_and_is_forgotten(root: Path) -> None:
    newer = CheckLink("cd" * 16, "gate", "b", True, True, "", "2026-06-05", "anna")
    for link in (LINK, newer):
        write_link(root, link)
    assert find_link(root, LINK.id) == LINK
    assert list(links_in(root)) == [newer, LINK]
    assert forget_link(root, LINK.id) and not forget_link(root, LINK.id) and find_link(root, LINK.id) is None


def test_a_link_ends_when_it_says_and_never_where_it_says_nothing() -> None:
    assert not has_ended(LINK, "2026-06-01T23:59:59.999999Z") and has_ended(LINK, "2026-06-02T00:00:00.000000Z")
    assert not has_ended(CheckLink("", "gate", "", True, True, "", "", ""), "2999")


@pytest.mark.parametrize("damaged", [b"", b"[]", b"{}", b'{"id": "' + b"ab" * 16 + b'"}'])
def test_a_link_that_cannot_be_read_opens_nothing(root: Path, damaged: bytes) -> None:
    (root / "check_links" / f"{LINK.id}.json").write_bytes(damaged)
    assert find_link(root, LINK.id) is None and list(links_in(root)) == []


@pytest.mark.parametrize("link_id", ["", "../people/anna", "AB" * 16, "ab" * 17, None])
def test_what_cannot_be_an_id_names_no_file(root: Path, link_id: Any) -> None:
    assert not is_link_id(link_id) and find_link(root, link_id) is None and not forget_link(root, link_id)


@pytest.mark.parametrize(("record", "number"), [(None, 0), ({}, 0), ({"card_links": 2}, 2), ({"card_links": True}, 0),
                                                ({"card_links": "2"}, 0), ({"card_links": -1}, 0)])  # fmt: skip
def test_how_often_cards_were_revoked_is_a_number_of_the_record(record: Any, number: int) -> None:
    assert card_links_revoked(record) == number
