"""The last answers of a target are found at the ends of its files, whatever the files have become."""

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.spool.deliveries import done_file, note_done
from ingest.spool.stamp import new_id, utc_text
from tests.unit.webadmin.outbox.answers import delivery
from webadmin.outbox import latest
from webadmin.outbox.latest import latest_deliveries

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def test_a_target_that_has_answered_nothing_has_no_answers(tmp_path: Path) -> None:
    assert latest_deliveries(tmp_path, "nas") == []


def test_the_newest_answers_come_first_also_those_about_old_items(tmp_path: Path) -> None:
    told = []
    for minutes, days in ((1, 0), (2, 400), (3, 1), (4, 0)):
        at = utc_text(NOW + timedelta(minutes=minutes))
        told.append(delivery(new_id(NOW - timedelta(days=days)), at=at))
        note_done(tmp_path, "nas", told[-1:])
    assert latest_deliveries(tmp_path, "nas") == told[::-1]
    assert latest_deliveries(tmp_path, "nas", 2) == told[:1:-1]


def test_of_a_long_file_only_the_end_is_read_and_torn_lines_are_none(tmp_path: Path) -> None:
    item_id = new_id(NOW)
    file = done_file(tmp_path, "nas", "2026-11-27")
    file.parent.mkdir(parents=True)
    line = json.dumps(asdict(delivery(item_id, said="x" * 300))) + "\n"
    with file.open("w") as lines:
        lines.truncate(1 << 40)  # a file that nobody could read from its beginning
        lines.seek(0, os.SEEK_END)
        lines.write("\n" + line * 150 + '{"id": "torn')
    found = latest_deliveries(tmp_path, "nas")
    assert len(found) == 99
    assert {one.id for one in found} == {item_id}


def test_only_the_files_that_changed_last_are_read(tmp_path: Path) -> None:
    for days in range(latest.FILES_READ + 3):
        item_id = new_id(NOW - timedelta(days=days))
        note_done(tmp_path, "nas", [delivery(item_id, at=utc_text(NOW - timedelta(days=days)))])
        day = (NOW - timedelta(days=days)).strftime("%Y-%m-%d")
        os.utime(done_file(tmp_path, "nas", day), (1e9 - days, 1e9 - days))
    days_found = [one.id[:8] for one in latest_deliveries(tmp_path, "nas")]
    assert days_found == [(NOW - timedelta(days=days)).strftime("%Y%m%d") for days in range(latest.FILES_READ)]
