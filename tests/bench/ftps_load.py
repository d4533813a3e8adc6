"""The load of the FTPS figures: clients side by side, one connection for each photo. Python's ftplib, because curl
adds stalls of its own.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ingest.ftps.sender import FtpsServer, upload

CLIENTS = 8
_PATIENCE_S = 10.0


@dataclass(frozen=True)
class Speed:
    """How many photos came a second, and the processor time of each, clients included."""

    photos_per_s: float
    cpu_ms: float


def send_all(server: FtpsServer, content: Sequence[bytes], first: int = 0) -> float:
    """Upload everything, under names that are numbered from `first` on; return the seconds.

    Raise UploadError when one upload is not acknowledged.
    """
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        names = (f"E{first + number:07d}.JPG" for number in range(len(content)))
        list(pool.map(partial(upload, server), names, content))
    return time.perf_counter() - began


def speed(
    server: FtpsServer, content: Sequence[bytes], finish: Callable[[], None] = lambda: None, beside: str = ""
) -> Speed:
    """Upload everything, wait until it is finished, and return how fast it went. Needs `own_group`.

    `beside` names another control group whose processor time counts as well.
    """
    groups = [_group(), *([_top() / beside] if beside else [])]
    began, before = time.perf_counter(), _spent_ms(groups)
    send_all(server, content)
    finish()
    return Speed(len(content) / (time.perf_counter() - began), (_spent_ms(groups) - before) / len(content))


@contextmanager
def own_group() -> Iterator[None]:
    """Run this process and its descendants in a control group of their own, which counts their processor time."""
    top = _top()
    before, own = _group(), top / f"camspool-bench-{os.getpid()}"
    own.mkdir()
    (own / "cgroup.procs").write_text(str(os.getpid()))
    try:
        yield
    finally:
        (before / "cgroup.procs").write_text(str(os.getpid()))
        _remove(own)


def _spent_ms(groups: Sequence[Path]) -> float:
    lines = [line for group in groups for line in (group / "cpu.stat").read_text("ascii").splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("usage_usec ")) / 1000


def _group() -> Path:
    """Return this process's control group of version 2, alone or beside groups of version 1."""
    (line,) = [line for line in Path("/proc/self/cgroup").read_text("ascii").splitlines() if line.startswith("0::")]
    return _top() / line.removeprefix("0::/")


def _top() -> Path:
    beside = Path("/sys/fs/cgroup/unified")
    return beside if beside.is_dir() else beside.parent


def _remove(group: Path) -> None:
    """Remove a control group when its last process has ended."""
    deadline = time.monotonic() + _PATIENCE_S
    while group.exists() and time.monotonic() < deadline:
        with suppress(OSError):
            group.rmdir()
        time.sleep(0.05)
