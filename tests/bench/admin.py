"""The admin's pages over HTTP with 1,000,000 items, and with 10,000 cameras: server time, size, memory a worker."""

import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from argon2 import PasswordHasher

from ingest.index.store import read_index
from tests.bench.admin_spool import Size, fill_index, some_ids
from tests.bench.figures import Table

REPEATS = 40
WARM_UP = 6
"""Requests before measuring: each worker reads the fleet and its templates once."""
PASSWORD = "a bench is not a secret"
SIZES = (
    Size("1,000,000 items of 12 cameras", cameras=12, photos=1_000_000, days=90),
    Size("10,000 cameras with a year of daily reports", cameras=10_000, photos=350_000, days=365, daily_reports=True),
)


def measure() -> Iterator[Table]:
    """Yield a table of pages and one of memory for each size."""
    for size in SIZES:
        with TemporaryDirectory(prefix="camspool-bench-", dir="/var/tmp") as name:
            began = time.perf_counter()
            fill_index(Path(name) / "spool", size)
            print(f"\n{size.name}: index made in {time.perf_counter() - began:.0f} s")
            yield from measured_pages(Path(name), size.name)


def measured_pages(folder: Path, title: str) -> Iterator[Table]:
    """Yield server times of every page of an admin on the spool in a folder, and the memory of its workers."""
    with running_admin(folder) as (port, server):
        yield Table(title, {page: _measured(port, path) for page, path in pages(folder / "spool").items()})
        yield Table(f"{title}: workers", {"admin": {"largest worker MB": max(workers_mb(server))}})


def pages(root: Path) -> dict[str, str]:
    """Return the addresses to measure, by what they are."""
    camera, item, reason = some_ids(root)
    lists = {
        "files": {},
        "files, rejected": {"verdict": "rejected"},
        "files, one reason": {"reason": reason},
        "files, one camera": {"camera": camera},
        "files, camera and reason": {"camera": camera, "reason": reason},
        "files, camera and accepted": {"camera": camera, "verdict": "accepted"},
        "files, one day": {"day": "2026-10-01"},
        "files, day and reason": {"day": "2026-10-01", "reason": reason},
        "files, a word": {"q": "SYPR0042"},
        "files, a word's start": {"q": "SYPR"},
        "files, start of an IMEI": {"q": "8619"},
        "files, largest": {"sort": "largest"},
        "files, captured last": {"sort": "captured last"},
        "files, as pictures": {"view": "grid"},
        "files, camera, largest": {"camera": camera, "sort": "largest"},
        "files, deep in the list": {"after": str(_middle(root))},
    }
    found = {title: f"/files?{urlencode(words)}" for title, words in lists.items()}
    return found | {
        "overview": "/overview",
        "one file": f"/files/{item}",
        "cameras": "/cameras",
        "cameras, map": "/cameras?view=map",
        "visits": "/visits",
        "one camera, 30 days": f"/cameras/{camera}",
        "one camera, 90 days": f"/cameras/{camera}?days=90",
        "profiles": "/profiles",
        "upload": "/upload",
        "set up": "/set-up",
        "system": "/system",
    }


def _middle(root: Path) -> int:
    index = read_index(root)
    low, high = index.execute("SELECT min(number), max(number) FROM items").fetchone()
    index.close()
    return int((low + high) // 2)


@contextmanager
def running_admin(folder: Path) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Run the admin on the spool in a folder; yield its port and process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "admins").write_text(f"bench:{PasswordHasher(time_cost=1).hash(PASSWORD)}\n")
    (folder / "secret").write_text("s" * 40)
    (folder / "camspool.toml").write_text(
        f'root = "{folder}/spool"\n[admin]\npassword_file = "{folder}/admins"\nsecret_file = "{folder}/secret"\n'
    )
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name("gunicorn")), "-c", "webadmin/gunicorn.conf.py", "-b", f"127.0.0.1:{port}",
         "--log-level", "warning", "webadmin.app:create_app()"],
        env={**os.environ, "CAMSPOOL_CONFIG": str(folder / "camspool.toml")},
    )  # fmt: skip
    try:
        _wait_until_it_answers(port)
        yield port, server
    finally:
        server.terminate()
        server.wait(20)


def _wait_until_it_answers(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            HTTPConnection("127.0.0.1", port, timeout=5).request("GET", "/alive")
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the admin did not start")


_cookies: dict[int, str] = {}


def _cookie(port: int) -> str:
    """Log in once; return the cookie."""
    if port not in _cookies:
        _, page, cookie = _ask(port, "GET", "/log-in", "")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.decode())
        words = {"name": "bench", "password": PASSWORD, "csrf_token": token[1] if token else ""}
        _cookies[port] = _ask(port, "POST", "/log-in", cookie, urlencode(words))[2]
    return _cookies[port]


def _ask(port: int, method: str, path: str, cookie: str, body: str | None = None) -> tuple[int, bytes, str]:
    link = HTTPConnection("127.0.0.1", port, timeout=60)
    form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    link.request(method, path, body, {"Cookie": cookie, **form})
    answer = link.getresponse()
    content = answer.read()
    link.close()
    return answer.status, content, (answer.getheader("Set-Cookie") or cookie).partition(";")[0]


def _measured(port: int, path: str) -> dict[str, float]:
    cookie = _cookie(port)
    times, status, content = [], 0, b""
    for _ in range(WARM_UP):
        _ask(port, "GET", path, cookie)
    for _ in range(REPEATS):
        began = time.perf_counter()
        status, content, _ = _ask(port, "GET", path, cookie)
        times.append((time.perf_counter() - began) * 1000)
    if status != 200:
        raise RuntimeError(f"{path} answers {status}")
    p95 = sorted(times)[round(REPEATS * 0.95) - 1]
    return {"median ms": statistics.median(times), "p95 ms": p95, "kB": len(content) / 1000}


def workers_mb(server: "subprocess.Popen[bytes]") -> list[float]:
    """Return the resident memory of each worker."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    statuses = [Path(f"/proc/{child}/status").read_text() for child in children]
    return [int(line.split()[1]) / 1024 for text in statuses for line in text.splitlines() if line.startswith("VmRSS")]
