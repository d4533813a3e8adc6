"""Verdicts per second with one and two workers, beside the floor and beside what the nearest systems do."""

import hashlib
import logging
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.context import ForkProcess
from pathlib import Path
from statistics import median

from ingest.reading.facts import read_facts
from ingest.settings.values import Limits, Settings
from ingest.spool.durable import flush_file, write_new
from ingest.watching.watcher import Watcher
from tests.bench.figures import Table
from tests.bench.files import KINDS, Kind, fill_incoming, photos
from tests.bench.rivals import SLEEP_S, exiftool_rate, watcher_rate
from tests.bench.spool import bench_spool
from tests.bench.steps import shares

_FORK = multiprocessing.get_context("fork")

RUNS = 3
FACTS = 300
SIDECAR = b"x" * 2500
"""As many bytes as a photo's sidecar has."""


def measure() -> Iterator[Table]:
    """Yield the rates, medians of three runs taken in turn; the share of each step; and what others would take."""
    logging.getLogger("camspool").setLevel(logging.ERROR)
    rates = {kind.name: _rates(kind, on_disk=True) for kind in KINDS}
    yield Table("Verdicts per second", rates)
    yield Table("The same, photos only in memory", {kind.name: _rates(kind, on_disk=False) for kind in KINDS})
    yield Table("Share of each step, one process", {kind.name: shares(kind) for kind in KINDS})
    yield Table("Computing alone, no disk", {"facts of a 2.5 MB photo": _computing()})
    yield Table("The nearest systems", {kind.name: _rivals(kind, rates[kind.name]["1 worker/s"]) for kind in KINDS})


def _rates(kind: Kind, *, on_disk: bool) -> dict[str, float]:
    """Measure with photos that vsftpd has written through, as it is shipped, or that wait to be written by us."""
    measured = [(_floor, 1), (_floor, 2), (_gateway, 1), (_gateway, 2)]
    runs = [[rate(kind, processes, on_disk) for rate, processes in measured] for _ in range(RUNS)]
    floor, two_floors, one, two = (median(figures) for figures in zip(*runs, strict=True))
    return {
        "floor/s": floor,
        "1 worker/s": one,
        "of floor": one / floor,
        "two floors/s": two_floors,
        "times one floor": two_floors / floor,
        "2 workers/s": two,
        "times 1 worker": two / one,
        "of two floors": two / two_floors,
    }


def _computing() -> dict[str, float]:
    """What a second process gains on this machine where neither disk nor watcher is in the way."""
    (photo,) = photos(KINDS[1], 1)
    one, two = (median(_facts_rate(photo, processes) for _ in range(RUNS)) for processes in (1, 2))
    return {"one process/s": one, "two processes/s": two, "times one": two / one}


def _facts_rate(photo: bytes, processes: int) -> float:
    began = time.perf_counter()
    _run_all([_FORK.Process(target=_read_often, args=(photo,)) for _ in range(processes)])
    return processes * FACTS / (time.perf_counter() - began)


def _read_often(photo: bytes) -> None:
    for _ in range(FACTS):
        read_facts(photo, len(photo), "E1000159.JPG", Limits())


def _run_all(shares: list[ForkProcess]) -> None:
    for share in shares:
        share.start()
    for share in shares:
        share.join()


def _rivals(kind: Kind, ours: float) -> dict[str, float]:
    tool, sleeping, awake = exiftool_rate(kind), watcher_rate(kind, SLEEP_S), watcher_rate(kind, 0)
    return {
        "1 worker/s": ours,
        "exiftool/s": tool,
        "times exiftool": ours / tool,
        "sleeping watcher/s": sleeping,
        "times the sleeping watcher": ours / sleeping,
        "the same without sleep/s": awake,
        "times that": ours / awake,
    }


def _timed(root: Path, kind: Kind, on_disk: bool, work: Callable[[], None]) -> float:
    os.sync()
    fill_incoming(root, kind, kind.count)
    if on_disk:
        os.sync()
    began = time.perf_counter()
    work()
    return kind.count / (time.perf_counter() - began)


def _floor(kind: Kind, processes: int, on_disk: bool) -> float:
    """Read, sha256, flush image and sidecar, rename both: what no durable gateway can do without."""
    with bench_spool() as root:

        def work() -> None:
            files = sorted((root / "incoming").iterdir())
            _run_all([_FORK.Process(target=_bare_steps, args=(root, files[n::processes])) for n in range(processes)])

        return _timed(root, kind, on_disk, work)


def _bare_steps(root: Path, files: list[Path]) -> None:
    for source in files:
        hashlib.sha256(source.read_bytes()).hexdigest()
        aside, target = root / "cache" / source.name, root / "accepted" / source.name
        write_new(aside, SIDECAR)
        flush_file(source)
        flush_file(aside)
        aside.rename(target.with_name(f"{target.name}.json"))
        source.rename(target)


def _gateway(kind: Kind, workers: int, on_disk: bool) -> float:
    with bench_spool() as root:
        watcher = Watcher(replace(Settings(root=root), workers=workers, profiles=()))
        try:
            return _timed(root, kind, on_disk, lambda: watcher.run(until_idle=True))
        finally:
            watcher.close()
