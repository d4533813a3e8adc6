"""Filters with names, as they are kept."""

from pathlib import Path

import pytest

from ingest.spool.filters import SavedFilter, filter_id, filters_in, forget_filter, write_filter


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "filters").mkdir()
    return tmp_path


def _saved(name: str, query: str = "q=a") -> SavedFilter:
    return SavedFilter(filter_id(name), name, query, "anna")


def test_filters_are_listed_by_name_and_one_name_is_one_filter(root: Path) -> None:
    for saved in (_saved("zebras"), _saved("Füchse"), _saved("zebras", "q=b")):
        write_filter(root, saved)
    assert [(one.name, one.query) for one in filters_in(root)] == [("Füchse", "q=a"), ("zebras", "q=b")]
    assert filter_id("Zebras") == filter_id("zebras")
    assert forget_filter(root, filter_id("zebras")) and not forget_filter(root, filter_id("zebras"))
    assert [one.name for one in filters_in(root)] == ["Füchse"]


@pytest.mark.parametrize("damaged", [b"", b"[]", b"{}", b'{"id": "x", "name": "a", "query": "b", "made_by": 7}'])
def test_what_cannot_be_read_is_left_out(root: Path, damaged: bytes) -> None:
    (root / "filters" / f"{'a' * 16}.json").write_bytes(damaged)
    assert list(filters_in(root)) == []


def test_what_is_no_id_names_no_file(root: Path) -> None:
    assert not forget_filter(root, "../people/anna")
