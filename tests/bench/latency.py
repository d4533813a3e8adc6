"""From the moment a writer closes a file to its committed verdict: on an idle machine and while cameras upload."""

import multiprocessing
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

from ingest.ftps.sender import FtpsServer, upload
from ingest.simulation.photos import simulated_imei
from ingest.spool.stamp import new_id
from tests.bench.figures import Table
from tests.bench.files import KINDS, Kind, photos
from tests.bench.spool import bench_gateway, bench_spool, watching
from tests.integration.gateway import ftps, wait_until, watcher

FILES = 200
CLIENTS = 8
LOOK_S = 0.0005
PATIENCE_S = 30.0
PAUSE_S = 0.2
"""Between two files on an idle machine: more than ten a second would be taken together, see watching/schedule.py."""

_FORK = multiprocessing.get_context("fork")


def measure() -> Iterator[Table]:
    """Yield median, p95, p99 and worst in milliseconds for the three sizes."""
    yield Table("On an idle machine", {kind.name: _idle(kind) for kind in KINDS})
    rows = {kind.name: _beside_uploads(kind) for kind in KINDS[:2]}
    yield Table(f"While {CLIENTS} cameras upload 0.15 MB photos over FTPS, on the same cores", rows)


def _idle(kind: Kind) -> dict[str, float]:
    with bench_spool() as root, watching(root):
        return _verdict_times(root, kind)


def _beside_uploads(kind: Kind) -> dict[str, float]:
    with bench_gateway() as gateway, ftps(gateway), watcher(gateway), _uploads(gateway.explicit):
        wait_until(lambda: any((gateway.root / "accepted").iterdir()), "the first photo over FTPS has its verdict")
        return _verdict_times(gateway.root, kind)


@contextmanager
def _uploads(server: FtpsServer) -> Iterator[None]:
    """Have 8 cameras upload without a pause, one connection for each photo, in a process of their own."""
    cameras = _FORK.Process(target=_upload_for_ever, args=(server,), daemon=True)
    cameras.start()
    try:
        yield
    finally:
        cameras.kill()
        cameras.join()


def _upload_for_ever(server: FtpsServer) -> None:
    def camera(seed: int) -> None:
        for number, photo in enumerate(photos(KINDS[0], 1_000_000, seed)):
            upload(server, f"E{number:07d}.JPG", photo)

    with ThreadPoolExecutor(CLIENTS) as cameras:
        list(cameras.map(camera, range(1, CLIENTS + 1)))


def _verdict_times(root: Path, kind: Kind) -> dict[str, float]:
    connection = root / "uploads" / new_id()
    connection.mkdir()
    took_ms = []
    for number, photo in enumerate(photos(kind, FILES)):
        took_ms.append(one_verdict(root, connection, number, photo) * 1000)
        time.sleep(PAUSE_S)
    cuts = quantiles(took_ms, n=100)
    return {"median ms": cuts[49], "p95 ms": cuts[94], "p99 ms": cuts[98], "worst ms": max(took_ms)}


def one_verdict(root: Path, connection: Path, number: int, photo: bytes) -> float:
    """Return the seconds from close to verdict of one photo."""
    day = datetime.now(UTC).strftime("%Y-%m-%d")
    target, name = root / "accepted" / simulated_imei(number % 50) / day, f"P{number:07d}.JPG"
    with (connection / name).open("wb") as file:
        file.write(photo)
    closed = time.perf_counter()
    while not _has_item(target, name):
        if time.perf_counter() - closed > PATIENCE_S:
            raise TimeoutError(f"no verdict for {file.name} within {PATIENCE_S} s")
        time.sleep(LOOK_S)
    return time.perf_counter() - closed


def _has_item(folder: Path, name: str) -> bool:
    try:
        return any(found.endswith(name) for found in os.listdir(folder))
    except FileNotFoundError:
        return False
