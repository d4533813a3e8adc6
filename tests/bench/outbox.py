"""The way out: from mark to proof in an archive beside a plain copy, a long backlog, and what marks cost a verdict."""

import hashlib
import logging
import os
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from statistics import median

from ingest.index.places import day_folders, id_in, items_in
from ingest.outbox.answers import Job
from ingest.outbox.courier import Courier
from ingest.outbox.kinds import KINDS as TARGET_KINDS
from ingest.outbox.parcels import parcels_of
from ingest.settings.targets import ArchiveOptions, Selection, Target
from ingest.settings.values import Settings
from ingest.spool.moves import Decided, commit
from ingest.spool.outbox import make_marks, mark_again, marked_ids
from ingest.spool.stamp import new_id
from ingest.watching.watcher import Watcher
from tests.bench.accepted import fill_accepted
from tests.bench.figures import Table
from tests.bench.files import KINDS, Kind, fill_incoming, photos
from tests.bench.spool import bench_spool
from tests.seaweed import REMOTE, Seaweed, rclone_words, running_seaweed
from tests.spools import make_sidecar

NAME = "archive"
SMALL, MIDDLE = replace(KINDS[0], count=2000), KINDS[1]
WAITING = 100_000
RUNS, VERDICT_RUNS = 3, 5
TRANSFERS = 8


def measure() -> Iterator[Table]:
    """Yield the rates of archiving, the time of a courier's look at a backlog, and the cost of a mark."""
    logging.getLogger("camspool").setLevel(logging.ERROR)
    yield Table("From mark to proof", {kind.name: _rates(kind) for kind in (SMALL, MIDDLE)})
    yield Table("100,000 items wait", {"a courier's look": _look()})
    yield Table("Verdicts on photos of 0.15 MB, one worker", {"with one target": _cost_of_marks()})


def _rates(kind: Kind) -> dict[str, float]:
    """Archive the same items again and again, each time below another gateway's name; in turn with rclone alone."""
    with ExitStack() as stack:
        root = stack.enter_context(bench_spool())
        ids = _accept(root, kind)
        seaweed = stack.enter_context(running_seaweed(root.parent / "seaweed"))
        runs = [(_plain(root, seaweed, kind, run), _archive(root, seaweed, ids, run)) for run in range(RUNS)]
    plain, ours = (median(figures) for figures in zip(*runs, strict=True))
    return {"rclone copy/s": plain, "proved/s": ours, "of rclone copy": ours / plain}


def _accept(root: Path, kind: Kind) -> list[str]:
    """Commit photos with sidecars; return their ids."""
    ids = []
    for content in photos(kind, kind.count):
        item_id = new_id()
        name = f"{item_id}~local~x"
        (root / "incoming" / name).write_bytes(content)
        sidecar = make_sidecar(item_id, size_bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
        commit(root, [Decided(name, sidecar)])
        ids.append(item_id)
    os.sync()
    return ids


def _plain(root: Path, seaweed: Seaweed, kind: Kind, run: int) -> float:
    words = [*rclone_words(seaweed), f"--transfers={TRANSFERS}", f"--checkers={2 * TRANSFERS}"]
    began = time.perf_counter()
    subprocess.run([*words, "copy", f"{root}/accepted", f"{REMOTE}/plain-{run}/accepted"], check=True)
    return kind.count / (time.perf_counter() - began)


def _archive(root: Path, seaweed: Seaweed, ids: list[str], run: int) -> float:
    options = ArchiveOptions(REMOTE, seaweed.config_file, TRANSFERS)
    target = Target(NAME, "archive", Selection(sends=("accepted",)), options)
    mark_again(root, ((NAME, item_id) for item_id in ids))
    courier = Courier(Job(root, f"gateway-{run}", target), TARGET_KINDS["archive"])
    began = time.perf_counter()
    while marked_ids(root, NAME):
        courier.turn()
        if courier.outlook.trouble:
            raise RuntimeError(courier.outlook.trouble)
    return len(ids) / (time.perf_counter() - began)


def _look() -> dict[str, float]:
    """Time what a courier does before its first delivery: list what waits, and read the first lot's sidecars."""
    with bench_spool() as root:
        fill_accepted(root, WAITING)
        places = (place for folder in day_folders(root) for place in items_in(root, folder))
        make_marks(root, ((NAME, item_id) for place in places if (item_id := id_in(place))))
        lot = TARGET_KINDS["archive"].parcels_max
        looks = [(_ms(lambda: marked_ids(root, NAME)), _first_lot(root, lot)) for _ in range(RUNS)]
    listing, first = (median(figures) for figures in zip(*looks, strict=True))
    return {"list ms": listing, f"first {lot} ms": first}


def _first_lot(root: Path, lot: int) -> float:
    ids = marked_ids(root, NAME)
    return _ms(lambda: parcels_of(root, ids[:lot]))


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _cost_of_marks() -> dict[str, float]:
    """Let the same watcher decide with a target and without, in turn; by its processor time, and by the clock."""
    target = Target(NAME, "archive", Selection(sends=("accepted",)), ArchiveOptions("/nas"))
    runs = [(_verdicts(()), _verdicts((target,))) for _ in range(VERDICT_RUNS)]
    (cpu, clock), (cpu_marked, clock_marked) = (
        [median(figures) for figures in zip(*side, strict=True)] for side in zip(*runs, strict=True)
    )
    return {
        "ms of processor without": cpu,
        "ms of processor": cpu_marked,
        "% more": (cpu_marked / cpu - 1) * 100,
        "ms by the clock without": clock,
        "ms by the clock": clock_marked,
        "% longer": (clock_marked / clock - 1) * 100,
    }


def _verdicts(targets: tuple[Target, ...]) -> tuple[float, float]:
    """Return the processor time and the time of one verdict, in ms."""
    with bench_spool() as root:
        fill_incoming(root, KINDS[0], KINDS[0].count)
        os.sync()
        watcher = Watcher(replace(Settings(root=root), workers=1, profiles=(), targets=targets))
        used, began = _processor_s(), time.perf_counter()
        try:
            watcher.run(until_idle=True)
            passed = time.perf_counter() - began
        finally:
            watcher.close()
        return (_processor_s() - used) / KINDS[0].count * 1000, passed / KINDS[0].count * 1000


def _processor_s() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
