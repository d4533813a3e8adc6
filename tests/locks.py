"""Locks of another process, for tests: our own would be no obstacle to us."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def kept_locked(file: Path) -> Iterator[None]:
    """Have another process hold the shared lock that each connection holds on its log."""
    words = ["flock", "--shared", str(file), "sh", "-c", "echo locked; exec sleep 600"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, start_new_session=True) as holder:
        try:
            assert holder.stdout and holder.stdout.readline() == b"locked\n"
            yield
        finally:
            subprocess.run(["pkill", "-KILL", "-s", str(holder.pid)], check=True)
