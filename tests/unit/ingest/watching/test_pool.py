import time
from pathlib import Path

from ingest.settings.values import Settings
from ingest.watching.pool import Worker, count_time, end, start_worker
from tests.spools import make_spool


def worker_for(root: Path) -> Worker:
    return start_worker(root, Settings(root=root))


def test_time_counts_only_while_a_worker_reads_and_says_nothing(tmp_path: Path) -> None:
    worker = worker_for(make_spool(tmp_path))
    try:
        assert count_time(worker, 5.0) == 0.0
        worker.phase = "deciding"
        assert [count_time(worker, 5.0), count_time(worker, 5.0)] == [5.0, 10.0]
        worker.phase = "committing"
        assert count_time(worker, 5.0) == 0.0
    finally:
        end(worker)


def test_a_worker_whose_news_wait_unread_is_not_blamed(tmp_path: Path) -> None:
    """So it is after the machine stood still: the watcher's clock went on, the worker has long finished."""
    worker = worker_for(make_spool(tmp_path))
    worker.phase = "deciding"
    worker.process.kill()
    deadline = time.monotonic() + 10
    while not worker.pipe.poll() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert count_time(worker, 60.0) == 0.0
    end(worker)


def test_a_worker_that_was_ended_is_gone(tmp_path: Path) -> None:
    worker = worker_for(make_spool(tmp_path))
    assert end(worker) == -9
    assert not worker.process.is_alive()
