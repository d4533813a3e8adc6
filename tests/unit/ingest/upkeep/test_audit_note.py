"""The note of the last audit."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.upkeep.audit import Audit
from ingest.upkeep.audit_note import FILE, SHOWN_MAX, AuditNote, note_of, read_note, write_note
from ingest.upkeep.finding import Explanation, Finding

NOW = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
NOTE = AuditNote("2026-04-01T12:00:00.000000Z", 7, 0, [])


def test_a_note_is_read_as_it_was_written_and_the_last_one_counts(root: Path) -> None:
    assert read_note(root) is None
    for note in (NOTE, AuditNote(NOTE.at, 8, 1, ["grün.jpg has no outcome."])):
        write_note(root, note)
        assert read_note(root) == note


def test_a_note_counts_everything_and_names_the_first(root: Path) -> None:
    findings = tuple(Finding("c", f"{number}.jpg", 1, 0) for number in range(SHOWN_MAX + 5))
    told = Explanation(Finding("c", "gone.jpg", 1, 0), "anna", NOTE.at, "I removed it.")
    note = note_of(Audit(100, findings, (told,)), NOW)
    assert (note.at, note.transfers, note.wrong, note.explained) == (NOTE.at, 100, SHOWN_MAX + 5, 1)
    assert note.sentences == [finding.sentence for finding in findings[:SHOWN_MAX]]
    write_note(root, note)
    assert read_note(root) == note


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"at": "x"}', '{"at": "x", "more": 1}'])
def test_a_note_that_cannot_be_read_is_none(root: Path, text: str) -> None:
    (root / FILE).write_text(text)
    assert read_note(root) is None


def test_a_disk_that_takes_no_note_takes_nothing_from_the_audit(root: Path) -> None:
    write_note(root, NOTE)
    (root / "cache" / "audit.new").mkdir()
    write_note(root, AuditNote(NOTE.at, 8, 0, []))
    assert read_note(root) == NOTE


def test_without_a_spool_there_is_an_error_and_no_empty_answer(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_note(tmp_path / "missing")
