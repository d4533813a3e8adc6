"""What it costs that uploads are written through to the disk (chattr +S on uploads/), for three sizes of photos.

vsftpd writes once for each TLS record that a client sends: 8 KB with Python's ftplib, 16 KB at most. No option of
vsftpd makes its writes larger; trans_chunk_size can only make them smaller.
"""

import tempfile
import time
from collections.abc import Sequence
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median

from ingest.ftps.listener import write_configurations
from ingest.ftps.sender import upload
from ingest.spool.write_through import set_write_through
from tests.bench.figures import Table
from tests.bench.files import KINDS, photos
from tests.bench.ftps_costs import serve, vsftpd_words
from tests.bench.ftps_load import send_all
from tests.bench.spool import bench_gateway
from tests.integration.gateway import ftps

COUNTS = (96, 24, 16)
ALONE = 5
RUNS = 3
SLOW_FLUSH_MS = 15


def through() -> Table:
    """Return rates and times without and with the attribute, and how many writes of one upload go to the disk."""
    rows = {}
    for kind, number in zip(KINDS, COUNTS, strict=True):
        content = list(photos(kind, number))
        runs = [[*_run(content, through=False), *_run(content, through=True)] for _ in range(RUNS)]
        rate, alone, rate_through, alone_through = (median(column) for column in zip(*runs, strict=True))
        writes = _writes(content[0])
        rows[kind.name] = {
            "photos/s": rate,
            "written through": rate_through,
            "one alone, ms": alone,
            "written through, ms": alone_through,
            "writes": writes,
            "ms if each took 15": writes * SLOW_FLUSH_MS,
        }
    return Table("Uploads written through, no watcher", rows)


def _run(content: Sequence[bytes], *, through: bool) -> tuple[float, float]:
    """Return photos per second of all clients, and the milliseconds of one upload alone."""
    with bench_gateway() as gateway:
        set_write_through(gateway.root / "uploads", through)
        with ftps(gateway):
            rate = len(content) / send_all(gateway.explicit, content)
            alone = []
            for number in range(ALONE):
                began = time.perf_counter()
                upload(gateway.explicit, f"A{number}.JPG", content[number])
                alone.append(1000 * (time.perf_counter() - began))
            return rate, median(alone)


def _writes(photo: bytes) -> int:
    """Return how many writes vsftpd needs for one upload, counted by strace."""
    with bench_gateway() as gateway, tempfile.NamedTemporaryFile(prefix="camspool-writes-") as trace:
        conf = write_configurations(gateway.settings, gateway.folder)["explicit"]
        strace = ["strace", "-f", "-y", "-e", "trace=write", "-o", trace.name]
        client = partial(upload, path="counted.jpg", content=photo)
        serve([*strace, *vsftpd_words(gateway, conf, count())], client, gateway.explicit)
        lines = Path(trace.name).read_text("utf-8", "replace").splitlines()
    return sum("write(" in line and "/counted.jpg>" in line for line in lines)
