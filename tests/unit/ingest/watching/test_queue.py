"""The queue: every item gets one verdict, whatever happens to the workers, the disk and the index."""

import logging
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.settings.targets import Target, defaults_of
from ingest.simulation.photos import simulated_imei
from ingest.spool.assignments import Assignment, with_assignment
from ingest.spool.camera_records import write_camera_record
from ingest.spool.moves import commit
from ingest.spool.outbox import marked_ids
from ingest.watching import queue as queue_module
from ingest.watching.queue import STUCK_S, Queue
from tests.samples.willfine import IMEI
from tests.unit.ingest.watching.driving import SHIPPED, decided, in_index, listen, put_photos, stop, work_off
from tests.unit.ingest.watching.locked import locked
from tests.unit.ingest.watching.photos import photo, put_waiting, settings_for


@pytest.fixture
def queue(root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[Queue]:
    """A queue with one worker, which does not rest after trouble."""
    monkeypatch.setattr(queue_module, "PAUSE_S", 0.0)
    queue = Queue(root, settings_for(root), index)
    yield queue
    queue.close()


def test_every_item_gets_its_verdict_and_the_index_knows(queue: Queue, index: sqlite3.Connection) -> None:
    names = put_photos(queue, 5)
    queue.add(names)
    assert (len(queue.waiting), queue.can_feed, queue.is_working) == (5, True, False)
    work_off(queue)
    assert {path: sidecar.verdict for path, sidecar in decided(queue.root).items()} == {
        f"{number}.JPG": "accepted" for number in range(5)
    }
    assert in_index(index) == sorted(decided(queue.root))
    assert queue.known == set()
    assert list((queue.root / "incoming").iterdir()) == []


def test_an_item_that_a_person_took_away_is_forgotten(queue: Queue) -> None:
    first, _ = put_photos(queue, 2)
    (queue.root / "incoming" / first).unlink()
    work_off(queue)
    assert list(decided(queue.root)) == ["1.JPG"]
    assert queue.known == set()


def test_the_same_photo_twice_in_one_batch_is_a_duplicate_of_the_first(queue: Queue) -> None:
    queue.add(put_waiting(queue.root, path, photo()) for path in ("a.JPG", "b.JPG"))
    work_off(queue)
    first, second = decided(queue.root)["a.JPG"], decided(queue.root)["b.JPG"]
    assert (first.verdict, second.reason, second.duplicate_of) == ("accepted", "duplicate", first.id)


def test_the_first_photos_of_one_camera_in_many_spellings_are_one_camera_in_two_workers_too(
    root: Path, index: sqlite3.Connection
) -> None:
    queue = Queue(root, replace(settings_for(root), workers=2), index)
    spellings = ("CAM1", "cam1", "Cam1", "cAm1") * 3
    queue.add(put_waiting(root, f"{seed}.JPG", photo(seed, one)) for seed, one in enumerate(spellings))
    queue.feed(SHIPPED)
    assert all(worker.phase == "deciding" for worker in queue.workers)
    work_off(queue)
    queue.close()
    (camera_id,) = {sidecar.camera_id for sidecar in decided(root).values()}
    assert camera_id in spellings and [folder.name for folder in (root / "accepted").iterdir()] == [camera_id]
    said = [decided(root)[f"{seed}.JPG"].camera_text or camera_id for seed in range(len(spellings))]
    assert said == list(spellings)


def test_a_record_that_changes_counts_for_the_next_file(queue: Queue) -> None:
    for seed, target in enumerate(("oak", "elm")):
        write_camera_record(queue.root, IMEI, with_assignment({}, Assignment(target)))
        queue.add([put_waiting(queue.root, f"{seed}.JPG", photo(seed))])
        work_off(queue)
    assert [decided(queue.root)[f"{seed}.JPG"].camera_id for seed in range(2)] == ["oak", "elm"]


def test_a_worker_that_dies_is_replaced_and_the_item_that_it_read_is_blamed_and_no_other(queue: Queue) -> None:
    put_photos(queue, 3)
    for _ in range(3):
        worker = queue.workers[0]
        stop(worker)
        queue.feed(SHIPPED)
        worker.process.kill()
        queue.listen(worker)
        assert worker not in queue.workers and len(queue.workers) == 1
    work_off(queue)
    found = decided(queue.root)
    assert [found[f"{number}.JPG"].reason for number in range(3)] == ["internal_error", None, None]
    assert found["0.JPG"].problems[0].message == "Camspool failed on this file 3 times."
    assert found["0.JPG"].traceback == "The worker process ended with exit code -9."


def test_an_item_is_tried_again_after_one_death(queue: Queue) -> None:
    put_photos(queue, 2)
    stop(queue.workers[0])
    queue.feed(SHIPPED)
    queue.workers[0].process.kill()
    work_off(queue)
    assert {sidecar.verdict for sidecar in decided(queue.root).values()} == {"accepted"}


def test_a_worker_that_died_idle_is_replaced_and_nobody_is_blamed(
    queue: Queue, caplog: pytest.LogCaptureFixture
) -> None:
    queue.workers[0].process.kill()
    queue.workers[0].process.join()
    put_photos(queue, 2)
    with caplog.at_level(logging.WARNING):
        work_off(queue)
    assert {sidecar.verdict for sidecar in decided(queue.root).values()} == {"accepted"}
    assert caplog.records == []


def test_an_item_that_is_read_for_too_long_is_rejected_saying_so(queue: Queue) -> None:
    put_photos(queue, 2)
    slow = queue.workers[0]
    stop(slow)
    queue.feed(SHIPPED)
    queue.check_times()
    assert queue.workers == [slow]
    slow.reading_s = queue.settings.limits.file_seconds + 1.0
    queue.check_times()
    assert queue.workers != [slow] and not slow.process.is_alive()
    work_off(queue)
    found = decided(queue.root)
    assert found["0.JPG"].problems[0].message == "Reading this file took more than 600 seconds."
    assert found["1.JPG"].verdict == "accepted"


def test_what_a_dead_worker_has_committed_stands_and_the_rest_is_tried_again(
    queue: Queue, index: sqlite3.Connection
) -> None:
    put_photos(queue, 2)
    queue.feed(SHIPPED)
    worker = queue.workers[0]
    for _ in range(2):
        listen(queue)
    assert worker.pipe.poll(None)
    stop(worker)
    queue.listen(worker)
    assert (worker.phase, len(worker.decided)) == ("committing", 2)
    commit(queue.root, list(worker.decided[:1]))
    worker.process.kill()
    queue.listen(worker)
    assert in_index(index) == ["0.JPG"]
    assert queue.trouble == "a worker ended with exit code -9 while it wrote verdicts"
    work_off(queue)
    assert in_index(index) == ["0.JPG", "1.JPG"]
    assert {sidecar.verdict for sidecar in decided(queue.root).values()} == {"accepted"}
    assert not queue.trouble and not queue.known


def test_an_item_that_has_no_place_to_go_spoils_its_batch_only_once(queue: Queue) -> None:
    """The file where its camera's folder should be stops the commit; the sentence names it."""
    other = simulated_imei(5)
    (queue.root / "accepted" / other).write_text("a file")
    paths = {"0.JPG": IMEI, "1.JPG": other, "2.JPG": IMEI}
    queue.add(put_waiting(queue.root, path, photo(number, imei)) for number, (path, imei) in enumerate(paths.items()))
    work_off(queue)
    found = decided(queue.root)
    assert [found[path].reason for path in paths] == [None, "internal_error", None]
    assert other in str(found["1.JPG"].traceback)


def test_content_that_was_taken_away_after_its_commit_failed_makes_no_duplicate(queue: Queue) -> None:
    (queue.root / "accepted" / IMEI).write_text("a file")
    (name,) = put_photos(queue, 1)
    queue.feed(SHIPPED)
    while queue.is_working:
        listen(queue)
    assert list(queue.waiting) == [name]
    for file in (queue.root / "incoming" / name, queue.root / "accepted" / IMEI):
        file.unlink()
    put_photos(queue, 1)
    work_off(queue)
    assert decided(queue.root)["0.JPG"].verdict == "accepted"


def test_an_index_that_cannot_be_written_is_told_later(queue: Queue, index: sqlite3.Connection) -> None:
    put_photos(queue, 2)
    queue.feed(SHIPPED)
    with locked(queue.root, index):
        while queue.is_working:
            listen(queue)
        assert sorted(decided(queue.root)) == ["0.JPG", "1.JPG"]
        assert "the index cannot be written" in str(queue.trouble)
        queue.feed(SHIPPED)
        assert queue.index_writer.is_behind
    work_off(queue)
    assert in_index(index) == ["0.JPG", "1.JPG"]
    assert queue.trouble is None


def test_an_outbox_that_cannot_be_written_loses_no_verdict_and_gets_its_marks_later(
    root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_module, "PAUSE_S", 0.0)
    archive = Target("archive", "archive", *defaults_of("archive"))
    queue = Queue(root, replace(settings_for(root), targets=(archive,)), index)
    try:
        (root / "outbox").rmdir()
        (root / "outbox").touch()
        queue.add(put_photos(queue, 3))
        queue.feed(SHIPPED)
        while queue.is_working:
            listen(queue)
        assert "the outbox cannot be written: Not a directory" in (queue.trouble or "")
        assert (len(decided(root)), in_index(index)) == (3, [])
        (root / "outbox").unlink()
        work_off(queue)
        assert (queue.trouble, in_index(index)) == (None, ["0.JPG", "1.JPG", "2.JPG"])
        assert marked_ids(root, "archive") == sorted(one.id for one in decided(root).values())
    finally:
        queue.close()


def test_after_trouble_the_queue_rests(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    (name,) = put_photos(queue, 1)
    queue.waiting.clear()
    monkeypatch.setattr(queue_module, "PAUSE_S", 3600.0)
    queue.rest([name], "No space left on device")
    queue.feed(SHIPPED)
    assert 3000 < queue.pause_left_s() <= 3600
    assert (list(queue.waiting), queue.is_working) == ([name], False)


def test_only_a_worker_at_work_that_gives_no_sign_is_stuck(queue: Queue) -> None:
    worker = queue.workers[0]
    late = worker.since + STUCK_S + 1
    assert not queue.is_stuck(late)
    stop(worker)
    put_photos(queue, 1)
    queue.feed(SHIPPED)
    assert not queue.is_stuck(worker.since + STUCK_S - 1)
    assert queue.is_stuck(worker.since + STUCK_S + 1)
