import os
import select
from pathlib import Path

from ingest.watching.wakeup import Wakeups


def is_awake(wakeups: Wakeups, patience_s: float = 1.0) -> bool:
    return bool(select.select([wakeups.fileno()], [], [], patience_s)[0])


def test_a_new_file_wakes(tmp_path: Path) -> None:
    wakeups = Wakeups()
    wakeups.watch(tmp_path)
    (tmp_path / "a").write_text("x")
    assert is_awake(wakeups)
    wakeups.drain()
    assert not is_awake(wakeups, 0.05)
    wakeups.close()


def test_folders_and_files_that_are_not_utf_8_wake_too(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe"))
    folder.mkdir()
    wakeups = Wakeups()
    wakeups.watch(folder)
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.jpg")).write_text("x")
    assert is_awake(wakeups)
    wakeups.drain()
    (tmp_path / "unwatched").write_text("x")
    assert not is_awake(wakeups, 0.05)
    wakeups.close()


def test_after_an_overflow_of_the_queue_it_still_wakes(tmp_path: Path) -> None:
    limit = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    wakeups = Wakeups()
    wakeups.watch(tmp_path)
    for number in range(limit // 2 + 100):
        (tmp_path / f"{number}").touch()
    assert is_awake(wakeups)
    wakeups.drain()
    assert not is_awake(wakeups, 0.05)
    (tmp_path / "after").touch()
    assert is_awake(wakeups)
    wakeups.close()


def test_a_folder_that_is_missing_is_left_to_the_regular_scan(tmp_path: Path) -> None:
    wakeups = Wakeups()
    wakeups.watch(tmp_path / "missing")
    (tmp_path / "missing").mkdir()
    wakeups.watch(tmp_path / "missing")
    (tmp_path / "missing" / "a").touch()
    assert is_awake(wakeups)
    wakeups.close()


def test_folders_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    wakeups = Wakeups()
    for number in range(50):
        folder = tmp_path / str(number)
        folder.mkdir()
        wakeups.watch(folder)
        folder.rmdir()
    wakeups.keep_only(set())
    assert not wakeups._manager._wmd
    wakeups.close()
