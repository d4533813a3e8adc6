"""Spools to measure on: on a real disk, empty or with many items already there, with or without a watcher."""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.spool.root import prepare_spool
from ingest.watching.heartbeat import read_heartbeat
from tests.integration.gateway import Gateway, prepared_gateway

CAMSPOOL = str(Path(sys.executable).with_name("camspool"))


@contextmanager
def bench_spool() -> Iterator[Path]:
    """Yield an empty spool on the machine's disk (not in memory)."""
    with bench_folder() as root:
        prepare_spool(root)
        yield root


@contextmanager
def bench_gateway() -> Iterator[Gateway]:
    """Yield a gateway that nothing serves yet, on the machine's disk."""
    with prepared_gateway(bench_folder) as gateway:
        yield gateway


@contextmanager
def bench_folder() -> Iterator[Path]:
    """Yield an empty folder that other users can enter.

    Afterwards its files are emptied, and deleted only when this process ends: for minutes after files were deleted,
    ext4 looks at the inode of each before it makes a new file, so that every run would slow the next one down.
    """
    folder = Path(tempfile.mkdtemp(prefix="camspool-bench-", dir="/var/tmp"))
    folder.chmod(0o755)
    atexit.register(_delete, os.getpid(), folder)
    yield folder
    _empty(folder)


def _delete(pid: int, folder: Path) -> None:
    """Delete a folder, but not when a forked process ends."""
    if os.getpid() == pid:
        shutil.rmtree(folder)


def _empty(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            os.truncate(file, 0)


@contextmanager
def watching(root: Path, *before: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the watcher on a spool, from its first heartbeat on; `before` are the words of a command that runs it."""
    command = [*before, CAMSPOOL, "--root", str(root), "watch"]
    watcher = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        while (heartbeat := read_heartbeat(root)) is None:
            if watcher.poll() is not None:
                raise RuntimeError("the watcher ended instead of starting")
            time.sleep(0.05)
        yield watcher
        os.kill(heartbeat.pid, signal.SIGTERM)
        watcher.wait(30)
    finally:
        watcher.kill()
