"""Connections in which a log-in was refused are found among all, of today and of days before."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.connections.record import ConnectionRecord, connection_record_line
from ingest.connections.refused import refused_since
from ingest.spool.stamp import new_id, utc_text

NOW = datetime(2026, 6, 2, 6, tzinfo=UTC)


def note(root: Path, hours: int, *refused: str) -> None:
    at = NOW - timedelta(hours=hours)
    record = ConnectionRecord(
        new_id(at), "100.64.1.7", None, None, None, None, refused, (), (), utc_text(at), utc_text(at), ""
    )
    (root / "connections").mkdir(exist_ok=True)
    with (root / "connections" / f"{at:%Y-%m-%d}.jsonl").open("a") as file:
        file.write(connection_record_line(record) + "half a li\n")


def test_those_since_a_moment_are_found_the_first_one_first(tmp_path: Path) -> None:
    for hours, refused in ((30, ["a"]), (20, ["b"]), (10, []), (2, ["c", "d"])):
        note(tmp_path, hours, *refused)
    found = list(refused_since(tmp_path, NOW - timedelta(hours=24), NOW))
    assert [one.logins_refused for one in found] == [("b",), ("c", "d")]


def test_there_may_be_none(tmp_path: Path) -> None:
    assert list(refused_since(tmp_path, NOW - timedelta(hours=24), NOW)) == []
