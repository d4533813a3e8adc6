"""The last measured status is read as it was noted."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.spool.status_note import StatusNote, read_status_note, write_status_note

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_it_is_read_as_it_was_noted(root: Path) -> None:
    assert read_status_note(root) is None
    write_status_note(root, [{"name": "disk", "state": "good", "sentence": "All is well.", "figures": {}}], NOW)
    assert read_status_note(root) == StatusNote(NOW, (("disk", "good", "All is well."),))


@pytest.mark.parametrize("content", ["{", "[]", '{"at": "x", "parts": []}', '{"at": 7, "parts": [[1]]}'])
def test_a_note_that_cannot_be_read_is_none(root: Path, content: str) -> None:
    (root / "incidents/.status.json").write_text(content)
    assert read_status_note(root) is None
