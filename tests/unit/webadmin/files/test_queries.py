"""How the index answers a selection: from which of its indexes, and never by sorting what it holds."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ingest.index.store import enter, open_index, read_index
from ingest.spool.moves import place_of
from ingest.spool.root import prepare_spool
from ingest.spool.sidecar import Sidecar
from tests.unit.webadmin.site import CAMERA, accepted, rejected
from webadmin.files.queries import COMMON_AMONG_PROBED, ORDERS, let_know_found, queries_of, tallied
from webadmin.files.selection import Selection

ZONE = ZoneInfo("Europe/Amsterdam")
FEW, MANY = 3, COMMON_AMONG_PROBED + 5


def _items() -> Iterator[Sidecar]:
    """Yield many photos of foxes, and few of badgers: rejected, and most of them by another profile."""
    for number in range(MANY):
        yield accepted(timedelta(minutes=number), upload_path=f"fox-{number}.jpg", profile="willfine-4.0t-cg")
    for number in range(FEW):
        badger = rejected(timedelta(hours=2, minutes=number), upload_path=f"badger-{number}.jpg", camera_id=None)
        yield replace(badger, profile="instar" if number else "willfine-4.0t-cg")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """An index for reading, with these items."""
    root: Path = tmp_path_factory.mktemp("queries")
    prepare_spool(root)
    with closing(open_index(root)) as writing:
        enter(writing, [(item, place_of(item)) for item in _items()])
    with closing(read_index(root)) as reading:
        yield reading


def _sources(index: sqlite3.Connection, wanted: Selection) -> list[str]:
    return [query.source for query in queries_of(index, wanted, ZONE)]


def test_rare_words_are_looked_up_and_common_ones_met_on_a_walk(index: sqlite3.Connection) -> None:
    assert _sources(index, Selection(q="badger")) == ["words CROSS JOIN items ON words.rowid = items.number"]
    assert _sources(index, Selection(q="fox")) == ["items NOT INDEXED"]
    assert _sources(index, Selection(q="fox badger"))[0].startswith("words ")


@pytest.mark.parametrize(
    ("wanted", "source"),
    [
        (Selection(), "items NOT INDEXED"),
        (Selection(verdict="rejected"), "items INDEXED BY items_verdict"),
        (Selection(verdict="rejected", since="2026-03-29", until="2026-03-29"), "items NOT INDEXED"),
        (Selection(reason="missing_location"), "items INDEXED BY items_reason"),
        (Selection(camera=CAMERA, reason="missing_location"), "items INDEXED BY items_camera_reason"),
        (Selection(camera="-"), "items INDEXED BY items_verdict"),
        (Selection(sort="largest"), "items INDEXED BY items_size"),
        (Selection(sort="captured first", profile="willfine-4.0t-cg"), "items INDEXED BY items_captured"),
        (Selection(sort="largest", camera=CAMERA, reason="duplicate"), "items INDEXED BY items_camera_reason"),
    ],
)
def test_a_selection_is_read_from_the_index_that_holds_it_together(
    index: sqlite3.Connection, wanted: Selection, source: str
) -> None:
    assert _sources(index, wanted) == [source]


def test_of_a_reason_and_a_profile_the_rarer_leads(index: sqlite3.Connection) -> None:
    often = Selection(reason="missing_location", profile="willfine-4.0t-cg")
    assert _sources(index, often) == ["items INDEXED BY items_reason"]
    assert _sources(index, replace(often, profile="instar")) == ["items INDEXED BY items_profile"] * 2


def test_an_index_that_keeps_the_verdicts_apart_is_asked_once_for_each(index: sqlite3.Connection) -> None:
    queries = queries_of(index, Selection(camera=CAMERA), ZONE)
    assert {query.source for query in queries} == {"items INDEXED BY items_camera"}
    assert [query.values for query in queries] == [(CAMERA, "accepted"), (CAMERA, "rejected")]
    (only,) = queries_of(index, Selection(camera=CAMERA, verdict="rejected"), ZONE)
    assert only.values == (CAMERA, "rejected")


@pytest.mark.parametrize(
    "wanted",
    [
        *(Selection(), Selection(verdict="accepted"), Selection(camera=CAMERA), Selection(camera="-")),
        *(Selection(reason="missing_location"), Selection(camera=CAMERA, reason="missing_location")),
        *(Selection(profile="instar"), Selection(since="2026-03-29", until="2026-03-29", camera=CAMERA)),
        *(Selection(q="fox"), Selection(q="badger", verdict="rejected"), Selection(q="fox", camera=CAMERA)),
        *(Selection(since="2026-03-29", by="capture", sort="captured last"), Selection(since="2026-03-29")),
        *(Selection(sort="largest"), Selection(sort="captured last", verdict="accepted")),
    ],
    ids=lambda wanted: wanted.link(),
)
def test_rows_come_in_the_order_of_the_page_and_need_no_sorting(index: sqlite3.Connection, wanted: Selection) -> None:
    column = ORDERS[wanted.sort].column
    for query in queries_of(index, wanted, ZONE):
        order = f"{column} DESC, {query.number} DESC" if column else f"{query.number} DESC"
        where = " AND ".join(query.conditions) or "true"
        rows = f"EXPLAIN QUERY PLAN SELECT id FROM {query.source} WHERE {where} ORDER BY {order} LIMIT 51"  # noqa: S608
        plan = [row["detail"] for row in index.execute(rows, query.values)]
        assert not [step for step in plan if "TEMP B-TREE" in step], plan


def test_what_is_tallied_is_counted_by_verdict_and_reason(index: sqlite3.Connection) -> None:
    assert sorted(tallied(index, Selection())) == [("accepted", "", MANY), ("rejected", "missing_location", FEW)]
    assert list(tallied(index, Selection(profile="instar"))) == [("rejected", "missing_location", FEW - 1)]
    assert list(tallied(index, Selection(camera="-"))) == [("rejected", "missing_location", FEW)]
    assert list(tallied(index, Selection(camera="nobody"))) == []


def test_what_an_ai_has_found_is_where_the_search_starts(index: sqlite3.Connection) -> None:
    some = [row[0] for row in index.execute("SELECT id FROM items WHERE camera_id IS NOT NULL LIMIT 4")]
    for known in (some[:3], some[2:]):  # the second time replaces what was known
        let_know_found(index, known)
        (query,) = queries_of(index, Selection(found="animal"), ZONE)
        where = " AND ".join(query.conditions)
        found = index.execute(f"SELECT id FROM {query.source} WHERE {where}", query.values)  # noqa: S608 - our own
        assert sorted(row[0] for row in found) == sorted(known)
