"""Filters with names, on somebody's word."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ingest.requests.actions import ACTIONS
from ingest.spool.filters import filter_id, filters_in


def _do(root: Path, index: sqlite3.Connection, action: str, **words: Any) -> str:
    (result,) = ACTIONS[action](root, index, "r1", {"action": action, "by": "anna", **words}, lambda: None)
    return str(result.outcome)


def test_a_filter_is_saved_and_forgotten_however_often_it_is_carried_out(root: Path, index: sqlite3.Connection) -> None:
    for _ in range(2):
        assert _do(root, index, "save_filter", name=" foxes\n", query="found=animal") == "saved"
    ((saved),) = filters_in(root)
    assert (saved.name, saved.query, saved.made_by) == ("foxes�", "found=animal", "anna")
    for _ in range(2):
        assert _do(root, index, "drop_filter", filter=filter_id("foxes�")) == "forgotten"
    assert list(filters_in(root)) == []


@pytest.mark.parametrize(
    "words",
    [
        {"name": " ", "query": "q=a"},
        {"name": "a", "query": ""},
        {"name": "a", "query": "q=\n"},
        {"name": "a", "query": "x" * 2001},
    ],
)
def test_what_is_no_filter_is_refused(root: Path, index: sqlite3.Connection, words: dict[str, str]) -> None:
    assert _do(root, index, "save_filter", **words) == "refused"
    assert list(filters_in(root)) == []
