"""What grows with the spool: verdicts, start-up, rescan, rebuilding the index and the pages, at 1 k to 1 M items."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.exports.building import build, survey_spool
from ingest.exports.package import Order
from ingest.index.reindex import catch_up, rebuild
from ingest.index.store import FILE, open_index
from ingest.settings.values import Settings
from ingest.spool.root import prepare_spool
from ingest.spool.stamp import new_id
from ingest.watching.watcher import Watcher
from tests.bench.accepted import fill_accepted
from tests.bench.admin import measured_pages
from tests.bench.backlog import drained
from tests.bench.figures import Table

SIZES = (1_000, 100_000, 1_000_000)


def measure() -> Iterator[Table]:
    """Yield one row for each size, and the pages at the largest."""
    logging.getLogger("camspool").setLevel(logging.ERROR)
    rows = {}
    for size in SIZES:
        with TemporaryDirectory(prefix="camspool-bench-", dir="/var/tmp") as name:
            rows[f"{size:,} items"] = _grown(Path(name) / "spool", size)
            if size == SIZES[-1]:
                yield Table("The spool grows", rows)
                yield from measured_pages(Path(name), f"Pages with {size:,} items on disk")


def _grown(root: Path, size: int) -> dict[str, float]:
    root.mkdir()
    prepare_spool(root)
    fill_accepted(root, size)
    reading_s = _timed(lambda: rebuild(root, lambda counts, _total: counts))
    index_mb = (root / FILE).stat().st_size / 1e6
    after_boot_s = _timed(lambda: _compare(root))
    export_s = _timed(lambda: _export(root))
    draining = drained(root)
    return {
        **draining,
        "start after a boot s": after_boot_s,
        "rescan ms": _rescan_s(root) * 1000,
        "reindex s": reading_s,
        "export s": export_s,
        "index MB": index_mb,
    }


def _timed(step: Callable[[], object]) -> float:
    began = time.perf_counter()
    step()
    return time.perf_counter() - began


def _export(root: Path) -> None:
    """Write a package of Camtrap DP without its photos."""
    settings = Settings(root=root)
    for _ in build(settings, survey_spool(settings), Order(), root.parent / new_id()):
        pass


def _compare(root: Path) -> None:
    """Compare the index with all names, as the watcher does when it starts after a boot."""
    with closing(open_index(root)) as index:
        index.execute("DELETE FROM state WHERE key = 'booted_at'")
        catch_up(root, index)


def _rescan_s(root: Path) -> float:
    """Return the seconds of one look at all folders while nothing waits."""
    watcher = Watcher(replace(Settings(root=root), profiles=()))
    took_s = _timed(lambda: watcher.run(until_idle=True))
    watcher.close()
    return took_s
