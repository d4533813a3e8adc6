import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.upkeep.journal_lines import JournalLine, journal_lines, parse_journal_line

LINE = {
    "__REALTIME_TIMESTAMP": "1764949567190211",
    "PRIORITY": "4",
    "_SYSTEMD_UNIT": "camspool-watch.service",
    "MESSAGE": "Attempt 1 failed",
}


def test_a_line_tells_when_which_unit_how_bad_and_what() -> None:
    at = datetime(2025, 12, 5, 15, 46, 7, 190211, tzinfo=UTC)
    assert parse_journal_line(json.dumps(LINE)) == JournalLine(at, "camspool-watch.service", 4, "Attempt 1 failed")


def test_text_that_is_not_utf8_comes_as_numbers_and_is_read_all_the_same() -> None:
    line = parse_journal_line(json.dumps(LINE | {"MESSAGE": [0x61, 0xFF, 0x62]}))
    assert line is not None
    assert line.text == "a\ufffdb"


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "[]",
        "{}",
        json.dumps(LINE | {"PRIORITY": "high"}),
        json.dumps({"MESSAGE": "x"}),
        json.dumps(LINE | {"MESSAGE": ["said", "twice"]}),
    ],
)
def test_what_is_no_line_is_none(raw: str) -> None:
    assert parse_journal_line(raw) is None


def test_lines_are_asked_of_the_unit_newest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "journalctl"
    program.write_text(f"#!/bin/sh\necho \"$@\" >{tmp_path}/asked\nprintf '%s\\nrubbish\\n' '{json.dumps(LINE)}'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert [line.text for line in journal_lines("camspool-*", 7)] == ["Attempt 1 failed"]
    asked = (tmp_path / "asked").read_text()
    assert "--unit camspool-* " in asked and "--lines 7 " in asked and "--reverse" in asked and "--all" in asked


def test_without_a_journal_there_are_no_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert journal_lines("camspool-*", 7) == []
