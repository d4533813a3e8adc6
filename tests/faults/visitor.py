"""An admin in front of the pages: logs in, looks at one after the other, and notes how long each took.

`python -m tests.faults.visitor ADDRESS PASSWORD` looks on until its standard input ends, then prints the times in ms as
JSON: a process of its own, so that a test that keeps itself busy does not slow it down.
"""

import json
import re
import select
import statistics
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from itertools import cycle
from urllib.parse import urlencode

PAGES = ("/overview", "/files", "/files?verdict=rejected", "/cameras", "/system")
PAUSE_S = 0.2


@dataclass
class Visitor:
    """An admin who is logged in at HOST:PORT; `times_ms` has every page so far."""

    address: str
    password: str
    cookies: SimpleCookie = field(default_factory=SimpleCookie)
    times_ms: list[float] = field(default_factory=list)

    def log_in(self) -> None:
        """Pass the door. Raise AssertionError when it stays closed."""
        page = self._ask("GET", "/log-in")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token, "the door has no form"
        self._ask("POST", "/log-in", urlencode({"name": "admin", "password": self.password, "csrf_token": token[1]}))

    def look(self, path: str) -> str:
        """Return a page. Raise AssertionError when it is not there, or belongs to somebody else."""
        began = time.perf_counter()
        page = self._ask("GET", path)
        self.times_ms.append((time.perf_counter() - began) * 1000)
        assert "log-out" in page, f"{path} is not a page of an admin who is logged in"
        return page

    def _ask(self, method: str, path: str, body: str | None = None) -> str:
        link = HTTPConnection(self.address, timeout=60)
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        kept = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        link.request(method, path, body, {"Cookie": kept, **form})
        answer = link.getresponse()
        content = answer.read().decode()
        link.close()
        assert answer.status in (200, 302), f"{path} answered {answer.status}"
        for set_cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(set_cookie)
        return content


def percentiles(times_ms: list[float]) -> str:
    """Say how long things took: half of them, 95 and 99 in a hundred, and the slowest.

    >>> percentiles([float(number) for number in range(1, 101)])
    'p50 50, p95 95, p99 99, slowest 100 ms'
    """
    cuts = statistics.quantiles(times_ms, n=100, method="inclusive")
    return f"p50 {cuts[49]:.0f}, p95 {cuts[94]:.0f}, p99 {cuts[98]:.0f}, slowest {max(times_ms):.0f} ms"


def main(address: str, password: str) -> None:
    """Look at the pages until standard input ends."""
    visitor = Visitor(address, password)
    visitor.log_in()
    for path in cycle(PAGES):
        visitor.look(path)
        if select.select([sys.stdin], [], [], PAUSE_S)[0]:
            break
    print(json.dumps(visitor.times_ms))


if __name__ == "__main__":
    main(*sys.argv[1:])
