"""The worker's side of the pipe, spoken to as the watcher does."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.pipeline import item_in
from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.profiles.profile_file import parse_profile
from ingest.settings.values import SHIPPED_PROFILES, Limits
from ingest.spool.moves import Decided
from ingest.spool.sidecar import parse_sidecar
from ingest.watching.pool import Worker, end, start_worker
from ingest.watching.worker import Batch, Committed, Failed, Gone, Task
from tests.reconyx import PROFILE, SERIAL, hyperfire_photo
from tests.samples.willfine import IMEI
from tests.unit.ingest.watching.photos import ROOMY, photo, put_waiting, settings_for

SHIPPED = load_catalogue([SHIPPED_PROFILES])


@contextmanager
def worker_of(root: Path, limits: Limits = ROOMY) -> Iterator[Worker]:
    worker = start_worker(root, settings_for(root, limits))
    try:
        yield worker
    finally:
        if worker.process.is_alive():
            end(worker)


def task(root: Path, name: str, condemned: str | None = None, traceback: str | None = None) -> Task:
    return Task(name, item_in(root, name, lambda _: (None, None)), condemned, traceback)


def receive(worker: Worker) -> Any:
    return worker.pipe.recv()


def decided_about(worker: Worker, *tasks: Task, catalogue: Catalogue | None = SHIPPED) -> list[Any]:
    """Send a batch; return the outcomes, after the word on each task that its reading has begun."""
    worker.pipe.send(Batch(tasks, catalogue))
    assert [receive(worker) for _ in tasks] == list(range(len(tasks)))
    outcomes: list[Any] = receive(worker)
    return outcomes


def committed_by(worker: Worker, decided: list[Decided]) -> Committed:
    worker.pipe.send(decided)
    answer = receive(worker)
    assert isinstance(answer, Committed)
    return answer


def test_a_batch_is_decided_and_lies_in_its_places_when_the_worker_says_so(root: Path) -> None:
    first, second = put_waiting(root, "E1.JPG", photo()), put_waiting(root, "a.txt", b"hello")
    with worker_of(root) as worker:
        outcomes = decided_about(worker, task(root, first), task(root, second))
        assert [(one.name, one.sidecar.verdict) for one in outcomes] == [(first, "accepted"), (second, "rejected")]
        answer = committed_by(worker, outcomes)
    assert (answer.trouble, answer.disk) == (None, False)
    for outcome, place in zip(outcomes, answer.places, strict=True):
        assert (root / place).exists()
        assert parse_sidecar((root / f"{place}.json").read_bytes()) == outcome.sidecar


def test_the_profiles_of_the_last_batch_count_until_others_come(root: Path) -> None:
    names = [put_waiting(root, f"{number}.JPG", photo(number)) for number in range(3)]
    with worker_of(root) as worker:
        verdicts = []
        for name, catalogue in zip(names, (SHIPPED, None, Catalogue()), strict=True):
            (outcome,) = decided_about(worker, task(root, name), catalogue=catalogue)
            verdicts.append((outcome.sidecar.camera_id, outcome.sidecar.reason))
            committed_by(worker, [])
    assert verdicts == [(IMEI, None), (IMEI, None), (None, "no_matching_profile")]


def test_one_that_is_gone_or_cannot_be_read_costs_the_others_nothing(root: Path) -> None:
    gone, folder, good = (put_waiting(root, f"{number}.JPG", photo(number)) for number in range(3))
    for name in (gone, folder):
        (root / "incoming" / name).unlink()
    (root / "incoming" / folder).mkdir()
    with worker_of(root) as worker:
        outcomes = decided_about(worker, *(task(root, name) for name in (gone, folder, good)))
    assert outcomes[0] == Gone(gone)
    assert isinstance(outcomes[1], Failed)
    assert (outcomes[1].name, outcomes[1].too_much) == (folder, False)
    assert "IsADirectoryError" in outcomes[1].traceback
    assert outcomes[2].sidecar.verdict == "accepted"


def test_a_condemned_item_is_rejected_without_being_read(root: Path) -> None:
    name, gone = put_waiting(root, "E1.JPG", photo()), put_waiting(root, "E2.JPG", photo(2))
    (root / "incoming" / gone).unlink()
    with worker_of(root) as worker:
        tasks = [task(root, one, "It took too long.", "Traceback: ...") for one in (name, gone)]
        outcome, missing = decided_about(worker, *tasks)
    assert missing == Gone(gone)
    sidecar = outcome.sidecar
    assert (sidecar.reason, sidecar.problems[0].message) == ("internal_error", "It took too long.")
    assert (sidecar.traceback, sidecar.size_bytes, sidecar.camera_id) == ("Traceback: ...", len(photo()), None)


def test_a_file_that_needs_more_memory_than_allowed_fails_as_too_much_and_the_next_is_read(root: Path) -> None:
    has_bytes = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    huge, good = put_waiting(root, "huge.JPG", photo()), put_waiting(root, "E1.JPG", photo())
    os.truncate(root / "incoming" / huge, 1 << 30)
    limits = replace(ROOMY, image_bytes=1 << 31, file_memory_bytes=has_bytes + (1 << 29))
    with worker_of(root, limits) as worker:
        failed, decided = decided_about(worker, task(root, huge), task(root, good))
    assert isinstance(failed, Failed)
    assert (failed.name, failed.too_much) == (huge, True)
    assert decided.sidecar.verdict == "accepted"


def test_a_commit_that_fails_says_why_and_the_worker_goes_on(root: Path) -> None:
    name = put_waiting(root, "E1.JPG", photo())
    (root / "accepted" / IMEI).write_text("a file where the camera's folder should be")
    with worker_of(root) as worker:
        outcomes = decided_about(worker, task(root, name))
        failed = committed_by(worker, outcomes)
        assert (failed.places, failed.disk) == ((), False)
        assert failed.trouble and IMEI in failed.trouble
        assert (root / "incoming" / name).exists()
        (root / "accepted" / IMEI).unlink()
        decided_about(worker, task(root, name), catalogue=None)
        assert committed_by(worker, outcomes).trouble is None


def test_a_worker_ends_by_itself_when_its_watcher_closes_the_pipe(root: Path) -> None:
    with worker_of(root) as worker:
        worker.pipe.close()
        worker.process.join()
        assert worker.process.exitcode == 0


def test_a_worker_keeps_one_exiftool_for_its_batches_which_ends_with_it(root: Path) -> None:
    names = [put_waiting(root, f"{number}.JPG", hyperfire_photo(seed=number)) for number in range(3)]
    catalogue = Catalogue((parse_profile(PROFILE, Path("reconyx")),))
    with worker_of(root) as worker:
        ids, kept = [], []
        for name in names:
            (outcome,) = decided_about(worker, task(root, name), catalogue=catalogue)
            ids.append(outcome.sidecar.camera_id)
            committed_by(worker, [])
            kept.append(children_of(worker.process.pid or 0))
        assert ids == [SERIAL] * 3
        assert kept[0] == kept[1] == kept[2]
        (exiftool,) = kept[0]
        end(worker)
    deadline = time.monotonic() + 30
    while is_running(exiftool) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not is_running(exiftool)


def test_a_worker_starts_no_exiftool_for_ordinary_photos(root: Path) -> None:
    name = put_waiting(root, "E1.JPG", photo())
    with worker_of(root) as worker:
        decided_about(worker, task(root, name))
        assert children_of(worker.process.pid or 0) == []


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
