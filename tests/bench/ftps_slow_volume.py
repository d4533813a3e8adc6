"""One photo alone on a volume on which each flush takes 15 ms: how much longer its camera has its modem on."""

import tempfile
import time
from collections.abc import Sequence
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median

from ingest.ftps.listener import acceptor_command, write_configurations
from ingest.ftps.sender import upload
from ingest.settings.values import Settings
from tests.bench.figures import Table
from tests.bench.files import KINDS, photos
from tests.bench.flushes import CALLS, SLOW_MS
from tests.bench.ftps_costs import serve, vsftpd_words
from tests.bench.spool import bench_gateway
from tests.bench.vsftpds import not_flushing
from tests.integration.gateway import Gateway, ftps

PHOTOS = 15


def slow_volume() -> Table:
    """Return the time of one upload with and without flushing, the flushes delayed by strace; and for the gateway
    without the intake, where each write is a flush, how many writes there are.
    """
    rows = {}
    for kind in KINDS[:2]:
        content = list(photos(kind, PHOTOS))
        with bench_gateway() as one, bench_gateway() as other:
            shipped, unflushed = _alternately(one, other, content)
        writes = _writes(content[0])
        rows[kind.name] = {
            "not flushed, ms": unflushed,
            "as shipped, ms": shipped,
            "ms longer": shipped - unflushed,
            "writes": writes,
            "written through, ms longer": writes * SLOW_MS,
        }
    return Table(f"One photo alone, each flush delayed by {SLOW_MS} ms", rows)


def _alternately(one: Gateway, other: Gateway, content: Sequence[bytes]) -> tuple[float, float]:
    """Return the median milliseconds of an upload to one gateway as shipped and to another that flushes nothing."""
    took: dict[int, list[float]] = {0: [], 1: []}
    with ftps(one, listen=_delayed), ftps(other, not_flushing(other), listen=_delayed):
        for number, photo in enumerate(content):
            for which, gateway in enumerate((one, other)):
                began = time.perf_counter()
                upload(gateway.explicit, f"A{number}.JPG", photo)
                took[which].append(1000 * (time.perf_counter() - began))
    return median(took[0]), median(took[1])


def _delayed(settings: Settings, conf: Path, port: int) -> list[str]:
    strace = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", f"trace={CALLS}"]
    return [*strace, "-e", f"inject={CALLS}:delay_enter={SLOW_MS * 1000}", *acceptor_command(settings, conf, port)]


def _writes(photo: bytes) -> int:
    """Return how many writes vsftpd needs for one upload, counted by strace: one for each TLS record.

    8 KB with Python's ftplib, 16 KB at most. No option of vsftpd makes them larger; trans_chunk_size can only make them
    smaller.
    """
    with bench_gateway() as gateway, tempfile.NamedTemporaryFile(prefix="camspool-writes-") as trace:
        conf = write_configurations(gateway.settings, gateway.folder)["explicit"]
        strace = ["strace", "-f", "-y", "-e", "trace=write", "-o", trace.name]
        client = partial(upload, path="counted.jpg", content=photo)
        serve([*strace, *vsftpd_words(gateway, conf, count())], client, gateway.explicit)
        lines = Path(trace.name).read_text("utf-8", "replace").splitlines()
    return sum("write(" in line and "/counted.jpg>" in line for line in lines)
