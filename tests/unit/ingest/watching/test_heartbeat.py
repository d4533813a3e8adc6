"""The watcher's signs of life: to pages by a file, to systemd by a message."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.watching.heartbeat import FILE, Heartbeat, notify, read_heartbeat, write_heartbeat

AT = "2026-04-01T12:00:00.000000Z"
HEARTBEAT = Heartbeat(1, "1", AT, AT, 0, 0, None, 5, None, {}, ["ü cannot be taken"], {"accepted": 5}, [3, 2], 1.5)


def test_a_heartbeat_is_read_as_it_was_written(root: Path) -> None:
    assert read_heartbeat(root) is None
    write_heartbeat(root, HEARTBEAT)
    assert read_heartbeat(root) == HEARTBEAT


def test_a_heartbeat_gets_through_where_no_new_file_can_be_written(root: Path) -> None:
    write_heartbeat(root, replace(HEARTBEAT, trouble="a sentence that is longer than what follows"))
    (root / "cache" / "watcher.new").mkdir()
    write_heartbeat(root, replace(HEARTBEAT, trouble="No space left"))
    assert read_heartbeat(root) == replace(HEARTBEAT, trouble="No space left")


def test_a_disk_that_takes_no_heartbeat_does_not_stop_the_watcher(tmp_path: Path) -> None:
    write_heartbeat(tmp_path / "missing", HEARTBEAT)
    assert read_heartbeat(tmp_path / "missing") is None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"pid": 1}', '{"colour": "red"}'])
def test_a_heartbeat_that_cannot_be_read_is_none(root: Path, text: str) -> None:
    (root / FILE).write_text(text)
    assert read_heartbeat(root) is None


@pytest.mark.parametrize("abstract", [False, True])
def test_systemd_hears_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, abstract: bool) -> None:
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(f"\0{address}" if abstract else address)
        systemd.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", f"@{address}" if abstract else address)
        notify("WATCHDOG=1")
        assert systemd.recv(100) == b"WATCHDOG=1"


def test_without_systemd_or_after_its_end_nothing_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    notify("READY=1")
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    notify("READY=1")
    assert list(tmp_path.iterdir()) == []
