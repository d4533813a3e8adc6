"""Draining a backlog with nothing and with 200,000 items already accepted: it must not become slower."""

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingest.index.reindex import rebuild
from ingest.index.store import FILE
from ingest.settings.values import Settings
from ingest.watching.watcher import Watcher
from tests.bench.accepted import fill_accepted
from tests.bench.figures import Table
from tests.bench.files import KINDS, fill_incoming
from tests.bench.spool import bench_spool

FILES = 2000


def measure() -> Iterator[Table]:
    """Yield verdicts per second, and what starting and rebuilding the index take, at both sizes."""
    logging.getLogger("camspool").setLevel(logging.ERROR)
    yield Table("Draining 2,000 files", {f"{count} items there": _with_items(count) for count in (0, 200_000)})


def _with_items(count: int) -> dict[str, float]:
    with bench_spool() as root:
        fill_accepted(root, count)
        began = time.perf_counter()
        rebuild(root, lambda counts, _total: counts)
        rebuilt_s = time.perf_counter() - began
        index_mb = (root / FILE).stat().st_size / 1e6
        return {**drained(root), "reindex s": rebuilt_s, "index MB": index_mb}


def drained(root: Path) -> dict[str, float]:
    """Start a watcher on a spool and let it drain a backlog; return how long starting took and verdicts per second."""
    fill_incoming(root, KINDS[0], FILES)
    began = time.perf_counter()
    watcher = Watcher(replace(Settings(root=root), profiles=()))
    started = time.perf_counter()
    watcher.run(until_idle=True)
    took_s = time.perf_counter() - started
    watcher.close()
    return {"start s": started - began, "verdicts/s": FILES / took_s}
