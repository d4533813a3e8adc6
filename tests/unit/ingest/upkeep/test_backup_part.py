"""The age of the last backup, and whether one was tested, is told; one that fails is never silent."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.upkeep.backup_part import BackupNote, judge_backup, read_note

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
RUNS = {"ActiveState": "active"}


def note(age_h: float, is_good: bool = True, said: str = "done.") -> BackupNote:
    return BackupNote(NOW - timedelta(hours=age_h), is_good, said)


def test_a_host_without_backups_is_good_and_says_so() -> None:
    for timer in (None, {"ActiveState": "inactive"}):
        part = judge_backup(timer, note(1), None, NOW)
        assert (part.state, "No backup is set" in part.sentence) == ("good", True)


@pytest.mark.parametrize(
    ("made", "tested", "state", "told"),
    [
        (None, None, "attention", "No backup was made yet"),
        (note(9), None, "good", "The last backup is 9 hours old, not tested yet."),
        (note(9), note(50), "good", "tested 2 days ago."),
        (note(31), note(50), "attention", "was made 31 hours ago"),
        (note(80), note(50), "bad", "was made 3 days ago"),
        (note(2, False, "no space left."), note(50), "attention", "failed 2 hours ago: no space left."),
        (note(9), note(3, False, "pack is damaged."), "bad", "cannot be trusted: its test said pack is damaged."),
        (note(9), note(240), "attention", "the last test of one was 10 days ago"),
    ],
)
def test_a_backup_is_judged_by_its_age_and_its_test(
    made: BackupNote | None, tested: BackupNote | None, state: str, told: str
) -> None:
    part = judge_backup(RUNS, made, tested, NOW)
    assert part.state == state and told in part.sentence, part


def test_ages_are_figures() -> None:
    assert judge_backup(RUNS, note(1), note(2), NOW).figures == {"backup_age_s": 3600.0, "test_age_s": 7200.0}
    assert judge_backup(RUNS, note(1), None, NOW).figures["test_age_s"] is None


def test_a_note_is_read_as_the_program_writes_it_and_a_damaged_one_is_none(tmp_path: Path) -> None:
    written = {"at": "2026-11-28T02:41:07.123456+00:00", "is_good": True, "said": "processed 12 files"}
    (tmp_path / "backup.json").write_text(json.dumps(written))
    found = read_note("backup", tmp_path)
    assert found and found.at == datetime(2026, 11, 28, 2, 41, 7, 123456, UTC) and found.is_good
    assert read_note("backup-test", tmp_path) is None
    for damaged in ("", "[]", '{"at": 3, "is_good": true, "said": ""}', '{"at": "yesterday"}'):
        (tmp_path / "backup.json").write_text(damaged)
        assert read_note("backup", tmp_path) is None
