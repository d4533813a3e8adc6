"""After a correction the rows about both cameras are those of a rebuilt index."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.index.recount import recount_cameras
from ingest.index.reindex import rebuild
from ingest.index.store import enter, open_index
from ingest.spool.corrections import with_correction
from ingest.spool.moves import amend
from ingest.spool.stamp import new_id, utc_text
from tests.spools import put_item

START = datetime(2026, 3, 1, tzinfo=UTC)


def rows(index: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    tables = ("items", "reports", "tallies", "causes", "cameras", "feeds", "contact_days")
    return [
        sorted(index.execute(f"SELECT * FROM {table}{where}").fetchall(), key=repr)  # noqa: S608
        for table in tables
        for where in (" WHERE items > 0" if table in ("tallies", "causes") else "",)
    ]


def test_a_camera_that_is_counted_anew_is_what_a_rebuild_makes_of_it(root: Path, index: sqlite3.Connection) -> None:
    told = []
    for number in range(20):
        at = START + timedelta(minutes=number)
        report = number % 5 == 4
        told.append(
            put_item(
                root,
                id=new_id(at),
                received_at=utc_text(at),
                kind="report" if report else "image",
                fields={"battery_percent": 60} if report else {},
                camera_id="X",
                profile="p",
                captured_at_utc=utc_text(at),
                latitude=50.0 + number,
                longitude=5.0,
                upload_path=f"{number}.jpg",
            )
        )
    enter(index, told)
    later = [
        (with_correction(one, "camera_id", "Y", "anna", "now", ""), place)
        for one, place in told
        if one.id > told[9][0].id
    ]
    amend(root, later)
    enter(index, later)
    recount_cameras(index, ("X", "Y", "Z"))
    counted = rows(index)
    rebuild(root, lambda counts, _: counts)
    with closing(open_index(root)) as rebuilt:
        assert rows(rebuilt) == counted
    cameras = {row[0]: row[2:4] for row in counted[4]}
    assert cameras == {
        "X": (utc_text(START), utc_text(START + timedelta(minutes=9))),
        "Y": (utc_text(START + timedelta(minutes=10)), utc_text(START + timedelta(minutes=19))),
    }
    assert not index.in_transaction
