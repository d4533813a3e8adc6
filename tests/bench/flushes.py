"""Disk flushes, counted: how many a verdict costs alone and under load, and what a slow volume makes of that."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.spool.stamp import new_id
from tests.bench.figures import Table
from tests.bench.files import KINDS, photos
from tests.bench.latency import PAUSE_S, one_verdict
from tests.bench.spool import bench_spool, watching

CALLS = "fsync,fdatasync,syncfs,sync,msync"
ALONE = 150
"""Files that come alone; the first 50 each bring a camera that is new on this day, so new folders are counted too."""
LOADED = 1000
SLOW_MS = 15


def measure() -> Iterator[Table]:
    """Yield flushes per file, those of the index included, and verdicts per second when each flush takes 15 ms."""
    kind = KINDS[0]
    with _counted() as (root, trace):
        alone = _alone(root, ALONE), _count(trace)
    with _counted() as (root, trace):
        loaded = _loaded(root, LOADED), _count(trace)
    rows = {"one file at a time": _figures(ALONE, *alone), "a backlog": _figures(LOADED, *loaded)}
    yield Table(f"Flushes of the real watcher, photos of {kind.name}", rows)
    with _counted(SLOW_MS) as (root, trace):
        alone = _alone(root, ALONE), _count(trace)
    with _counted(SLOW_MS) as (root, trace):
        loaded = _loaded(root, LOADED), _count(trace)
    rows = {"one file at a time": _figures(ALONE, *alone), "a backlog": _figures(LOADED, *loaded)}
    yield Table(f"The same, each flush delayed by {SLOW_MS} ms", rows)


def _figures(files: int, took_s: float, flushes: int) -> dict[str, float]:
    return {"flushes per file": flushes / files, "verdicts/s": files / took_s, "ms per file": took_s / files * 1000}


@contextmanager
def _counted(delay_ms: int = 0) -> Iterator[tuple[Path, Path]]:
    """Run the watcher under strace, which writes every flush to a file and can delay it; yield spool and file."""
    with tempfile.NamedTemporaryFile(prefix="camspool-flushes-") as trace, bench_spool() as root:
        delay = ["-e", f"inject={CALLS}:delay_enter={delay_ms * 1000}"] if delay_ms else []
        with watching(root, "strace", "-f", "--seccomp-bpf", "-o", trace.name, "-e", f"trace={CALLS}", *delay):
            Path(trace.name).write_text("")
            yield root, Path(trace.name)


def _count(trace: Path) -> int:
    """Return how many flushes have ended; one that was interrupted by another process's takes two lines."""
    return sum(" = 0" in line for line in trace.read_text().splitlines())


def _alone(root: Path, files: int) -> float:
    """Let each file come a while after the last has its verdict; return the seconds waited for verdicts."""
    connection = root / "uploads" / new_id()
    connection.mkdir()
    took_s = 0.0
    for number, photo in enumerate(photos(KINDS[0], files)):
        took_s += one_verdict(root, connection, number, photo)
        time.sleep(PAUSE_S)
    return took_s


def _loaded(root: Path, files: int) -> float:
    """Let files arrive all at once, as the folder of one connection; return the seconds until the last verdict."""
    made, connection = root / "cache" / "connection", root / "uploads" / new_id()
    made.mkdir()
    for number, photo in enumerate(photos(KINDS[0], files)):
        (made / f"E{number:07d}.JPG").write_bytes(photo)
    began = time.perf_counter()
    made.rename(connection)
    while _has_files(connection) or _has_files(root / "incoming"):
        time.sleep(0.01)
    return time.perf_counter() - began


def _has_files(folder: Path) -> bool:
    return folder.exists() and any(folder.iterdir())
