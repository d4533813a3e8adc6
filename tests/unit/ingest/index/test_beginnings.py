"""The index knows what went into items, from the sidecars alone, for as long as the item is there."""

import sqlite3
from contextlib import closing
from pathlib import Path

from ingest.index.beginnings import beginning_rows, beginnings_in, insert_beginnings, remove_beginnings
from ingest.index.reindex import rebuild
from ingest.index.store import enter, forget, open_index
from ingest.spool.sidecar import Beginning
from tests.spools import make_sidecar, put_item

BEGINNINGS = (
    Beginning("20261123T202316.314333Z-10007498", "short", "20261123T202310.000000Z-10007498", "a.jpg", 60),
    Beginning("20261123T202317.314333Z-10007498", "0123456789abcdef", None, "b.jpg", 6000),
)


def test_what_went_into_an_item_comes_back_and_goes_with_it(root: Path, index: sqlite3.Connection) -> None:
    sidecar, place = put_item(root, beginnings=BEGINNINGS)
    for _ in range(2):
        enter(index, [(sidecar, place)])
        assert beginnings_in(index, sidecar.id) == BEGINNINGS
    forget(index, [sidecar.id])
    assert beginnings_in(index, sidecar.id) == ()


def test_a_rebuilt_index_knows_it_from_the_sidecars(root: Path) -> None:
    sidecar, _ = put_item(root, beginnings=BEGINNINGS)
    rebuild(root, lambda counts, _: counts)
    with closing(open_index(root)) as index:
        assert beginnings_in(index, sidecar.id) == BEGINNINGS


def test_of_two_items_each_keeps_its_own(index: sqlite3.Connection) -> None:
    one, other = make_sidecar(beginnings=BEGINNINGS), make_sidecar(beginnings=BEGINNINGS[:1])
    for sidecar in (one, other):
        insert_beginnings(index, beginning_rows(sidecar))
    remove_beginnings(index, one.id)
    assert (beginnings_in(index, one.id), beginnings_in(index, other.id)) == ((), BEGINNINGS[:1])
