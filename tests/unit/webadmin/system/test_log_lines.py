"""The watcher's log: lines of the journal, or verdicts from the index, and which of them a filter lets through."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.index.store import read_index
from ingest.spool.stamp import parse_utc
from ingest.upkeep import journal_lines
from tests.unit.webadmin.site import Site, accepted, rejected
from webadmin.system.log_lines import LogLine, read_lines, verdict_lines, watcher_lines

AT = datetime(2026, 4, 30, 15, 46, 7, 250_000, UTC)


def _entry(message: object, priority: str | None = "6") -> str:
    words = {"__REALTIME_TIMESTAMP": str(int(AT.timestamp() * 1e6)), "PRIORITY": priority, "MESSAGE": message}
    return json.dumps({key: value for key, value in words.items() if value is not None})


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A script that is this machine's journalctl; without content there is none."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path / "bin" / "journalctl"


def _says(journal: Path, script: str) -> None:
    journal.write_text(f"#!/bin/sh\n{script}\n")
    journal.chmod(0o755)


def _read(site: Site, words: str = "", level: str = "", most: int = 120) -> tuple[list[str], str]:
    with closing(read_index(site.root)) as index:
        lines, source = read_lines(index, words, level, most)
    return [line.text for line in lines], source


@pytest.mark.parametrize(
    ("priority", "state"),
    [("0", "bad"), ("3", "bad"), ("4", "attention"), ("5", "good"), ("7", "good"), (None, "good")],
)
def test_how_bad_a_line_is_comes_from_its_priority(journal: Path, priority: str | None, state: str) -> None:
    (journal.parent / "lines").write_text(_entry("decided 3 files", priority) + "\n")
    _says(journal, f"exec /bin/cat {journal.parent}/lines")
    assert watcher_lines() == [LogLine(AT, state, "decided 3 files")]


def test_the_journal_is_asked_for_the_watcher_alone(site: Site, journal: Path) -> None:
    (journal.parent / "lines").write_text(f"{_entry('second')}\nnot a line\n{_entry('first')}\n")
    _says(journal, f'echo "$@" > {journal.parent}/asked; exec /bin/cat {journal.parent}/lines')
    site.put(accepted())
    assert _read(site) == (["second", "first"], "the journal")
    asked = (journal.parent / "asked").read_text()
    assert "--unit camspool-watch.service" in asked
    assert "--reverse" in asked


@pytest.mark.parametrize("script", [None, "exit 1", "exec /bin/sleep 60"], ids=["none", "fails", "hangs"])
def test_without_a_journal_the_verdicts_stand_in(
    site: Site, journal: Path, script: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if script:
        _says(journal, script)
    monkeypatch.setattr(journal_lines, "PATIENCE_S", 0.2)
    item = site.put(accepted())
    assert watcher_lines() == []
    (line,), source = _read(site)
    assert line.startswith(f"accepted id={item.id} ")
    assert source == "the index: the journal is not readable here, so only verdicts are shown"


def test_a_verdict_is_a_line_with_its_reason(site: Site) -> None:
    good = site.put(accepted(timedelta(minutes=9)))
    bad = site.put(rejected(timedelta(minutes=2), camera_id=None))
    with closing(read_index(site.root)) as index:
        lines = verdict_lines(index)
    assert lines == [
        LogLine(
            parse_utc(bad.decided_at),
            "attention",
            f"rejected id={bad.id} reason=missing_location client=100.64.1.7 path=E1000159.JPG "
            "because=The photo has no position.",
        ),
        LogLine(
            parse_utc(good.decided_at),
            "good",
            f"accepted id={good.id} camera=861943070068027 client=100.64.1.7 path=E1000159.JPG",
        ),
    ]


def test_a_line_must_hold_every_word_and_be_bad_enough(site: Site, journal: Path) -> None:
    entries = [
        _entry("Fox at the oak"),
        _entry("fox in a trap", "4"),
        _entry("badger, FOX", "3"),
        _entry("owl", "3"),
    ]
    (journal.parent / "lines").write_text("\n".join(entries) + "\n")
    _says(journal, f"exec /bin/cat {journal.parent}/lines")
    with closing(sqlite3.connect(":memory:")) as unused:
        found = {
            (words, level): [line.text for line in read_lines(unused, words, level)[0]]
            for words, level in [("fox", ""), ("FOX  oak", ""), ("fox", "attention"), ("", "bad"), ("fox", "nonsense")]
        }
        assert [line.text for line in read_lines(unused, "fox", most=2)[0]] == ["Fox at the oak", "fox in a trap"]
    foxes = ["Fox at the oak", "fox in a trap", "badger, FOX"]
    assert found == {
        ("fox", ""): foxes,
        ("FOX  oak", ""): foxes[:1],
        ("fox", "attention"): foxes[1:],
        ("", "bad"): ["badger, FOX", "owl"],
        ("fox", "nonsense"): foxes,
    }
