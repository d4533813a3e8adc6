"""Resident memory of the watcher and its workers while it gives 20,000 verdicts."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Table
from tests.bench.files import KINDS, fill_incoming
from tests.bench.spool import bench_spool, watching

STEP = 4000
STEPS = 5


def measure() -> Iterator[Table]:
    """Yield the memory after every 4,000 files."""
    rows = {}
    with bench_spool() as root, watching(root) as watcher:
        for step in range(STEPS):
            fill_incoming(root, KINDS[0], STEP, seed=step)
            while any((root / "incoming").iterdir()):
                time.sleep(0.2)
            time.sleep(1)
            rows[f"{(step + 1) * STEP} files"] = resident_mb(watcher)
    yield Table("Resident memory", rows)


def resident_mb(watcher: subprocess.Popen[bytes]) -> dict[str, float]:
    """Return the resident memory of the watcher and of the largest of its workers."""
    children = Path(f"/proc/{watcher.pid}/task/{watcher.pid}/children").read_text().split()
    return {"watcher MB": _rss_mb(watcher.pid), "largest worker MB": max(_rss_mb(int(child)) for child in children)}


def _rss_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))
