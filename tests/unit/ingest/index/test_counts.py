"""The totals that `record` and `forget` keep are those that a rebuild counts, and the words find what is there."""

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.index.rows import item_row, number_of, report_row
from ingest.index.schema import INDEXES
from ingest.index.store import create_tables, enter, forget, insert_rows, open_index
from ingest.index.totals import TOTALS
from ingest.spool.moves import place_of
from ingest.spool.root import prepare_spool
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import new_id, utc_text
from tests.spools import make_sidecar

TOTAL_TABLES = ("counts", "tallies", "camera_texts", "causes", "unusable", "hours", "cameras", "feeds")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty spool."""
    prepare_spool(tmp_path)
    return tmp_path


def _items(number: int) -> list[Sidecar]:
    dice, start = random.Random(number), datetime(2026, 3, 1, tzinfo=UTC)
    return [_item(start + timedelta(minutes=7 * place), dice) for place in range(number)]


def _item(at: datetime, dice: random.Random) -> Sidecar:
    rejected, report = dice.random() < 0.3, dice.random() < 0.2
    position = (52 + dice.random(), 5.0) if dice.random() < 0.8 else (None, None)
    return make_sidecar(
        new_id(at),
        verdict="rejected" if rejected else "accepted",
        reason=dice.choice(("duplicate", "missing_location", "not_a_jpeg")) if rejected else None,
        kind="report" if report else "image",
        source=dice.choice(("ftps", "ftps", "upload")),
        camera_id=dice.choice(("861943070068027", "868020035314870", *([None] if rejected else []))),
        camera_text=dice.choice((None, "Höhle", "Gate North")),
        profile=dice.choice(("instar", None)),
        fields={"battery_percent": dice.randrange(100)} if report else {},
        received_at=utc_text(at),
        captured_at_utc=utc_text(at - timedelta(seconds=dice.randrange(900))) if dice.random() < 0.9 else None,
        latitude=position[0],
        longitude=position[1],
        upload_path=f"IMG_{dice.randrange(9999):04d}.JPG",
        exif={"Make": dice.choice(("Willfine", "SY")), "Model": "X"} if dice.random() < 0.7 else {},
        sources=dice.choice(({}, {"location": "record"}, {"location": "exif.GPS"})),
    )


def _totals(index: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return the totals, without what counts nothing any more."""
    found = {table: index.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall() for table in TOTAL_TABLES}  # noqa: S608
    found["unusable"] = index.execute("SELECT * FROM unusable ORDER BY 1, 2, 3, 4, 5").fetchall()
    found["feeds"] = index.execute("SELECT * FROM feeds ORDER BY 1, 2, 3, 4, 5, 6").fetchall()
    found["cameras"] = [row[:1] + row[2:] for row in found["cameras"]]
    return found


def _rebuilt(items: list[Sidecar]) -> sqlite3.Connection:
    index = sqlite3.connect(":memory:")
    create_tables(index)
    reports = [row for item in items if (row := report_row(item))]
    insert_rows(index, [item_row(item, place_of(item)) for item in items], reports)
    index.executescript(INDEXES)
    index.executescript(TOTALS)
    return index


def test_totals_kept_item_by_item_are_those_of_a_rebuild(root: Path) -> None:
    items = _items(300)
    with closing(open_index(root)) as index, closing(_rebuilt(items)) as rebuilt:
        for start in range(0, 300, 7):
            enter(index, [(item, place_of(item)) for item in items[start : start + 7]])
        assert _totals(index) == _totals(rebuilt)


def test_an_item_entered_twice_counts_once(root: Path) -> None:
    items = _items(40)
    with closing(open_index(root)) as index:
        enter(index, [(item, place_of(item)) for item in items])
        before = _totals(index)
        enter(index, [(item, place_of(item)) for item in items])
        assert _totals(index) == before
        assert index.execute("SELECT count(*) FROM items").fetchone()[0] == 40


def test_forgetting_everything_leaves_nothing_counted(root: Path) -> None:
    items = _items(60)
    with closing(open_index(root)) as index:
        enter(index, [(item, place_of(item)) for item in items])
        forget(index, [item.id for item in items])
        for table in ("counts", "tallies", "camera_texts", "causes", "unusable", "hours", "feeds"):
            assert index.execute(f"SELECT sum(items) FROM {table}").fetchone()[0] in (0, None)  # noqa: S608
        index.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        assert index.execute("SELECT count(*) FROM words WHERE words MATCH 'höhle'").fetchone()[0] == 0
        assert index.execute("SELECT count(*) FROM words WHERE words MATCH 'img*'").fetchone()[0] == 0


def test_what_can_never_be_accepted_counts_as_sent_after_it_was_deleted_and_not_after_it_was_tried_again(
    root: Path,
) -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    item = make_sidecar(
        new_id(at),
        verdict="rejected",
        reason="not_a_jpeg",
        received_at=utc_text(at),
        size_bytes=7,
        camera_id=None,
        client=None,
    )
    row = ("2026-03-01", "not_a_jpeg", "", "camera", "", 1, 7, utc_text(at), "E1000159.JPG")
    with closing(open_index(root)) as index:
        enter(index, [(item, place_of(item))])
        forget(index, [item.id], deleted=True)
        forget(index, [item.id], deleted=True)
        assert index.execute("SELECT * FROM unusable").fetchall() == [row]
        enter(index, [(item, place_of(item))])
        forget(index, [item.id])
        assert index.execute("SELECT items, size_bytes FROM unusable").fetchall() == [(1, 7)]
        assert index.execute("SELECT items FROM counts").fetchall() == [(0,)]


def test_the_last_photos_tell_clock_and_place(root: Path) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    with closing(open_index(root)) as index:
        for number in range(12):
            at = start + timedelta(minutes=number)
            item = make_sidecar(
                new_id(at),
                received_at=utc_text(at),
                captured_at_utc=utc_text(at - timedelta(seconds=number)),
                latitude=50 + number,
                longitude=5,
            )
            enter(index, [(item, place_of(item))])
        row = index.execute("SELECT clock_errors_s, positions, home FROM cameras").fetchone()
    assert row[0] == "11 10 9 8 7 6 5 4 3"
    assert row[1].startswith("[[61")
    assert row[2].startswith("[50")


def test_items_that_share_a_number_are_all_there(root: Path) -> None:
    at = "20260301T000000.000000Z"
    items = [make_sidecar(f"{at}-{tail}") for tail in ("00000abc", "10000abc", "20000abc")]
    assert number_of(items[0].id) == number_of(items[1].id)
    with closing(open_index(root)) as index, closing(_rebuilt(items)) as rebuilt:
        enter(index, [(item, place_of(item)) for item in items])
        for one in (index, rebuilt):
            assert one.execute("SELECT count(DISTINCT number), count(*) FROM items").fetchone() == (3, 3)
