"""Starts a real admin for tests: gunicorn with its two workers."""

import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.integration.gateway import Gateway, process, wait_until

REPOSITORY = Path(__file__).resolve().parents[2]


@contextmanager
def admin(gateway: Gateway) -> Iterator[str]:
    """Run a gateway's admin; yield its address."""
    bind = gateway.settings.admin.bind

    words = ["env", f"CAMSPOOL_CONFIG={gateway.settings_file}", str(Path(sys.executable).with_name("gunicorn"))]
    words += ["-c", str(REPOSITORY / "webadmin/gunicorn.conf.py"), "-b", bind, "webadmin.app:create_app()"]
    with process(words, gateway.folder):
        wait_until(lambda: answers(f"http://{bind}/alive"), "the admin answers")
        yield f"http://{bind}"


def answers(address: str) -> bool:
    """Say whether a GET is answered with 200; wait a moment before it says no."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        time.sleep(0.1)
        return False
