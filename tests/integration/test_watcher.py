"""The watcher against many files, bad files, kills and clumsy people. No FTPS: files are put down by hand."""

import random
import signal
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ingest.connections.record import ConnectionRecord, Transfer, connection_record_line
from ingest.connections.store import day_path
from ingest.index.store import read_index
from ingest.simulation.photos import simulated_imei, willfine_photo
from ingest.simulation.reports import willfine_report
from ingest.spool.stamp import id_time, utc_text
from ingest.upkeep.audit import Audit, audit
from ingest.watching.heartbeat import read_heartbeat
from tests.integration.watching import (
    ENDLESS,
    decided,
    drain,
    endless_profile,
    is_settled,
    lone_sidecars,
    new_connection,
    start_watcher,
    until,
    watching,
)
from tests.spools import make_spool

TAKEN = datetime(2026, 4, 1, 12, 0)  # noqa: DTZ001 - camera time is naive
IMEI = "861943070068027"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_spool(tmp_path)


@pytest.fixture(scope="module", autouse=True)
def second_of_two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A watcher on a spool that has one, and its log. It waits 15 s in vain: beside the other tests, not after them."""
    root = make_spool(tmp_path_factory.mktemp("two"))
    with watching(root):
        until(lambda: read_heartbeat(root) is not None, 60, "the watcher's start")
        with start_watcher(root) as second:
            yield second, root.parent / "watch.log"


def photo(seed: int = 0) -> bytes:
    return willfine_photo(IMEI, TAKEN, 52.1, 5.1, seed=seed, size=(64, 48))


def paths(root: Path) -> Counter[str]:
    """Count the decided items by upload path."""
    return Counter(sidecar.upload_path for sidecar in decided(root).values())


def test_a_photo_put_into_a_connection_folder_is_accepted(root: Path) -> None:
    with watching(root):
        (new_connection(root) / "E1.JPG").write_bytes(photo())
        until(lambda: len(decided(root)) == 1, 60, "a verdict")
    ((place, sidecar),) = decided(root).items()
    assert (sidecar.verdict, sidecar.camera_id, sidecar.source) == ("accepted", IMEI, "ftps")
    assert (root / place).read_bytes() == photo()
    assert is_settled(root)


def test_whatever_a_person_moves_into_incoming_is_processed(root: Path, tmp_path: Path) -> None:
    with watching(root):
        (tmp_path / "my photo~1.jpg").write_bytes(photo())
        (tmp_path / "my photo~1.jpg").rename(root / "incoming" / "my photo~1.jpg")
        (tmp_path / "folder").mkdir()
        (tmp_path / "folder" / "b.jpg").write_bytes(photo(1))
        (tmp_path / "folder").rename(root / "incoming" / "folder")
        until(lambda: len(decided(root)) == 2, 60, "two verdicts")
    assert {(one.upload_path, one.source) for one in decided(root).values()} == {
        ("my photo~1.jpg", "local"),
        ("folder/b.jpg", "local"),
    }


def test_a_file_that_is_copied_slowly_into_incoming_is_taken_whole(root: Path) -> None:
    content = photo()
    with watching(root):
        with (root / "incoming" / "slow.jpg").open("wb") as file:
            for start in range(0, len(content), 400):
                file.write(content[start : start + 400])
                file.flush()
                time.sleep(0.1)
        until(lambda: len(decided(root)) == 1, 60, "a verdict")
    assert [(one.size_bytes, one.warnings) for one in decided(root).values() if "truncated" in str(one.warnings)] == []
    assert next(iter(decided(root).values())).size_bytes == len(content)


def _record(connection: str, transfer: Transfer) -> ConnectionRecord:
    """Return the record of a connection that sent one file."""
    at = transfer.at
    none: tuple[str, ...] = ()
    return ConnectionRecord(connection, "100.64.1.7", "camera", None, None, None, none, (transfer,), none, at, at, "")


def test_a_list_that_grows_is_one_transfer_each_time_and_each_of_its_reports_one_item(root: Path) -> None:
    said = [willfine_report(IMEI, TAKEN + timedelta(days=day), battery_percent=90 - day) for day in range(3)]
    said.insert(1, willfine_report(simulated_imei(7), TAKEN, battery_percent=12))

    def known() -> list[tuple[str, int]]:
        try:
            with closing(read_index(root)) as index:
                rows = index.execute("SELECT camera_id, battery_percent FROM reports ORDER BY 1, 2")
                return [(row[0], row[1]) for row in rows]
        except sqlite3.Error:
            return []

    def send(content: bytes) -> None:
        folder = new_connection(root)
        transfer = Transfer("/list-dr.txt", len(content), "complete", utc_text(id_time(folder.name)))
        with day_path(root, id_time(folder.name).date()).open("a") as file:
            file.write(connection_record_line(_record(folder.name, transfer)))
        (root.parent / "list").write_bytes(content)
        (root.parent / "list").rename(folder / "list-dr.txt")

    with watching(root):
        for count in (3, 4, 4):
            send(b"".join(said[:count]))
            until(lambda: len(known()) == count, 60, "a report of each")  # noqa: B023 - waited for at once
        until(lambda: len(decided(root)) == 5 and is_settled(root), 60, "all verdicts")
        assert audit(root) == Audit(3, ())
    assert known() == sorted([(simulated_imei(7), 12), (IMEI, 88), (IMEI, 89), (IMEI, 90)])
    (again,) = [one for one in decided(root).values() if one.verdict == "rejected"]
    assert again.reason == "duplicate"


@pytest.mark.parametrize("deleted", ["cache", "cache/index.sqlite", "cache/index.sqlite-wal"])
def test_the_cache_deleted_under_the_watcher_loses_no_verdict_and_cries_no_loss(root: Path, deleted: str) -> None:
    def known() -> set[str]:
        try:
            with closing(read_index(root)) as index:
                return {row[0] for row in index.execute("SELECT upload_path FROM items")}
        except sqlite3.Error:
            return set()

    def send(name: str, seed: int) -> None:
        folder = new_connection(root)
        transfer = Transfer(f"/{name}", len(photo(seed)), "complete", utc_text(id_time(folder.name)))
        with day_path(root, id_time(folder.name).date()).open("a") as file:
            file.write(connection_record_line(_record(folder.name, transfer)))
        (root.parent / name).write_bytes(photo(seed))
        (root.parent / name).rename(folder / name)

    with watching(root):
        send("1.jpg", 1)
        until(lambda: known() == {"1.jpg"}, 60, "the first in the index")
        subprocess.run(["rm", "-rf", root / deleted], check=True)
        assert audit(root) == Audit(1, ())
        send("2.jpg", 2)
        send("again.jpg", 1)
        until(lambda: len(decided(root)) == 3, 60, "their verdicts")
        assert audit(root) == Audit(3, ())
        until(lambda: known() == {"1.jpg", "2.jpg", "again.jpg"}, 60, "an index that knows all")
        send("late.jpg", 2)
        until(lambda: len(known()) == 4, 60, "an index that is in use")
        assert audit(root) == Audit(4, ())
    assert paths(root) == Counter(known())
    assert Counter(one.reason for one in decided(root).values()) == {None: 2, "duplicate": 2}
    assert b"making it anew" in (root.parent / "watch.log").read_bytes()


def test_the_same_photo_again_is_a_duplicate_of_the_first(root: Path) -> None:
    for _ in range(3):
        (new_connection(root) / "E1.JPG").write_bytes(photo())
    drain(root)
    verdicts = sorted((one.verdict, one.reason, one.id, one.duplicate_of) for one in decided(root).values())
    assert [verdict[:2] for verdict in verdicts] == [("accepted", None)] + [("rejected", "duplicate")] * 2
    assert {verdict[3] for verdict in verdicts[1:]} == {verdicts[0][2]}


def test_5000_files_put_down_while_the_watcher_is_stopped_get_one_verdict_each(root: Path) -> None:
    content = photo()
    folders = [new_connection(root) for _ in range(50)]
    for number in range(5000):
        (folders[number % 50] / f"{number}.jpg").write_bytes(content + b"%d" % number)
    drain(root)
    assert paths(root) == Counter(f"{number}.jpg" for number in range(5000))
    assert is_settled(root)


@pytest.mark.timeout(400)
def test_more_files_at_once_than_the_queue_of_the_kernel_holds_get_one_verdict_each(root: Path, tmp_path: Path) -> None:
    count = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text()) + 500
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(count):
        (folder / f"{number}.txt").write_bytes(b"%d" % number)
    connection = new_connection(root)
    with watching(root) as watcher:
        until(lambda: read_heartbeat(root) is not None, 60, "the watcher's start")
        watcher.send_signal(signal.SIGSTOP)
        for file in folder.iterdir():
            file.rename(connection / file.name)
        watcher.send_signal(signal.SIGCONT)
        until(lambda: is_settled(root), 250, f"{count} verdicts")
    assert paths(root) == Counter(f"{number}.txt" for number in range(count))


def holder(root: Path) -> int | None:
    """Return the process that took the spool's lock, as /proc/locks has it."""
    inode = f":{(root / '.lock').stat().st_ino} " if (root / ".lock").exists() else "none yet"
    lines = Path("/proc/locks").read_text("ascii").splitlines()
    return next((int(line.split()[4]) for line in lines if inode in line), None)


def test_the_watcher_killed_50_times_while_500_files_arrive_loses_and_doubles_nothing(root: Path) -> None:
    chance = random.Random(4)

    def arrive() -> None:
        for start in range(0, 500, 5):
            folder = new_connection(root)
            for number in range(start, start + 5):
                (folder / f"{number}.jpg").write_bytes(photo(number))
                time.sleep(0.02)

    arriving = threading.Thread(target=arrive)
    arriving.start()
    # Those that wait for the lock have started already: every kill meets one at work, and the next follows at once.
    watchers = {watcher.pid: watcher for watcher in (start_watcher(root) for _ in range(3))}
    for _ in range(50):
        until(lambda: holder(root) in watchers, 60, "a watcher at work")
        time.sleep(chance.random() * 0.2)
        watcher = watchers.pop(holder(root) or 0)
        watcher.kill()
        watcher.wait()
        another = start_watcher(root)
        watchers[another.pid] = another
    arriving.join()
    for watcher in watchers.values():
        watcher.kill()
        watcher.wait()
    drain(root)
    found = decided(root)
    assert Counter(one.upload_path for one in found.values()) == Counter(f"{number}.jpg" for number in range(500))
    assert {one.verdict for one in found.values()} == {"accepted"}
    assert lone_sidecars(root) == [] and is_settled(root)
    with closing(read_index(root)) as index:
        assert {row[0] for row in index.execute("SELECT place FROM items")} == set(found)
    print("50 kills, 500 files")


def test_a_file_that_takes_too_long_is_rejected_saying_so_and_the_queue_goes_on(root: Path, tmp_path: Path) -> None:
    settings = endless_profile(tmp_path)
    folder = new_connection(root)
    (folder / ENDLESS).write_bytes(photo())
    for number in range(20):
        (folder / f"{number}.jpg").write_bytes(photo(number + 1))
    with watching(root, "--config", str(settings)):
        until(lambda: len(decided(root)) == 21, 60, "21 verdicts")
    verdicts = Counter((one.verdict, one.reason) for one in decided(root).values())
    assert verdicts == {("accepted", None): 20, ("rejected", "internal_error"): 1}
    (slow,) = (one for one in decided(root).values() if one.reason)
    assert "more than 1 seconds" in slow.problems[0].message


def test_a_file_that_needs_too_much_memory_is_rejected_saying_so(root: Path, tmp_path: Path) -> None:
    settings = tmp_path / "camspool.toml"
    settings.write_text("[limits]\nimage_bytes = 400000000\nfile_memory_bytes = 250000000\n")
    folder = new_connection(root)
    with (folder / "huge.jpg").open("wb") as huge:
        huge.write(photo())
        huge.truncate(300_000_000)
    (folder / "next.jpg").write_bytes(photo(1))
    drain(root, "--config", str(settings))
    (huge_one,) = (one for one in decided(root).values() if one.reason)
    assert (huge_one.reason, "more memory" in huge_one.problems[0].message) == ("internal_error", True)
    assert len(decided(root)) == 2


def test_a_folder_with_the_name_of_an_item_does_not_stop_the_queue(root: Path) -> None:
    folder = root / "incoming" / "20251205T154647.120034Z-4f2a9c01~local~a.jpg"
    folder.mkdir()
    (folder / "inside.jpg").write_bytes(photo(2))
    (new_connection(root) / "b.jpg").write_bytes(photo())
    drain(root)
    assert sorted(one.upload_path.rpartition("/")[2] for one in decided(root).values()) == ["b.jpg", "inside.jpg"]


def test_two_watchers_never_work_on_one_spool(second_of_two: tuple[subprocess.Popen[bytes], Path]) -> None:
    second, log = second_of_two
    assert second.wait(60) == 2
    assert "at work" in log.read_text()


def test_workers_end_with_their_watcher_even_when_it_is_killed(root: Path) -> None:
    watcher = start_watcher(root)
    until(lambda: read_heartbeat(root) is not None, 60, "the watcher's start")
    children = Path(f"/proc/{watcher.pid}/task/{watcher.pid}/children").read_text().split()
    assert len(children) == 2
    watcher.kill()
    watcher.wait()
    until(lambda: not any(Path(f"/proc/{child}").exists() for child in children), 60, "the workers' end")
