"""A watcher that ends without being asked to is noticed by the next one that starts."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.watching import starts
from ingest.watching.starts import FILE, KEPT_MAX, note_end, note_start, starts_after_breaking_off

NOW = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)


def start(root: Path, *, age_s: float = 0.0) -> None:
    note_start(root, NOW - timedelta(seconds=age_s))


def broken_off(root: Path) -> int:
    return len(starts_after_breaking_off(root, NOW))


def test_only_starts_after_one_that_broke_off_count(root: Path) -> None:
    for _ in range(3):
        start(root)
        note_end(root)
    assert broken_off(root) == 0
    for _ in range(3):
        start(root)
    assert broken_off(root) == 2
    note_end(root)
    start(root)
    assert broken_off(root) == 2


def test_a_watcher_that_went_down_with_its_machine_did_not_break_off(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    socket = tmp_path / "notify"
    monkeypatch.setattr(starts, "SYSTEMD", socket)
    for boot in range(4):
        socket.touch()
        os.utime(socket, (boot, boot))
        start(root)
    assert broken_off(root) == 0
    start(root)
    assert broken_off(root) == 1


def test_what_is_long_ago_is_forgotten_and_there_is_never_much_to_read(root: Path) -> None:
    for age_s in (900, 800, 500, 100):
        start(root, age_s=age_s)
    assert broken_off(root) == 2
    for _ in range(KEPT_MAX * 2):
        start(root)
    assert broken_off(root) == KEPT_MAX


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"running": true}', '{"broken_off": ["x"], "running": ""}'])
def test_a_note_that_cannot_be_read_is_none(root: Path, text: str) -> None:
    (root / FILE).write_text(text)
    assert broken_off(root) == 0
    start(root)
    start(root)
    assert broken_off(root) == 1


def test_a_disk_that_takes_no_note_stops_nothing(tmp_path: Path) -> None:
    start(tmp_path / "missing")
    note_end(tmp_path / "missing")
    assert broken_off(tmp_path / "missing") == 0
