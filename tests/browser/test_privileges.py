"""The admin as a user of its own: it reads the spool and writes requests, and the kernel lets it do nothing else."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from tests.demo_spool import fill
from tests.integration.admins import REPOSITORY, answers
from tests.integration.gateway import Gateway, prepared_gateway, process, wait_until, watcher
from tests.spools import newest_item

USER, GROUP = 65534, 65534
AS_NOBODY = ["setpriv", f"--reuid={USER}", f"--regid={GROUP}", "--clear-groups", "--no-new-privs"]


@pytest.fixture(scope="module")
def closed() -> Iterator[Gateway]:
    """A filled spool that the admin's user may read, with requests/ and a cache that it may write to."""
    with prepared_gateway() as gateway:
        fill(gateway.root, gateway.settings, days=3)
        for path in [gateway.folder, *gateway.folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        cache = gateway.folder / "cache"
        cache.mkdir()
        for path in (cache, gateway.root / "requests", gateway.root / "requests" / "done"):
            os.chown(path, 0 if path.name == "done" else USER, GROUP)
            path.chmod(0o2755)
        yield gateway


@pytest.fixture(scope="module")
def address(closed: Gateway) -> Iterator[str]:
    """The address of an admin that runs as nobody."""
    bind = closed.settings.admin.bind
    gunicorn = [str(Path(sys.executable).with_name("gunicorn")), "-c", str(REPOSITORY / "webadmin/gunicorn.conf.py")]
    settings = ["env", f"CAMSPOOL_CONFIG={closed.settings_file}", "PYTHONDONTWRITEBYTECODE=1", "HOME=/tmp"]
    with process([*AS_NOBODY, *settings, *gunicorn, "-b", bind, "webadmin.app:create_app()"], closed.folder):
        wait_until(lambda: answers(f"http://{bind}/alive"), "the admin answers")
        yield f"http://{bind}"


def _logged_in(closed: Gateway, address: str) -> OpenerDirector:
    person = build_opener(HTTPCookieProcessor(CookieJar()))
    form = {"name": "admin", "password": (closed.folder / "admin.password").read_text().strip()}
    person.open(f"{address}/log-in", urlencode({**form, "csrf_token": _token(person, f"{address}/log-in")}).encode())
    return person


def _token(person: OpenerDirector, page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', person.open(page).read().decode())
    return found[1] if found else ""


def test_pages_thumbnails_and_requests_work_while_the_watcher_rests_and_works(closed: Gateway, address: str) -> None:
    person = _logged_in(closed, address)
    for path in ("/overview", "/files", "/cameras", "/system", "/set-up"):
        assert person.open(address + path).status == 200
    photo = newest_item(closed.root, verdict="accepted", kind="image")
    assert person.open(f"{address}/files/{photo}/thumbnail").headers["Content-Type"] == "image/jpeg"
    rejected = newest_item(closed.root, reason="missing_location")
    with watcher(closed):
        page = f"{address}/files/{rejected}"
        form = {"action": "requeue", "csrf_token": _token(person, page)}
        wait_until(lambda: (closed.root / "cache" / "watcher.json").exists(), "the watcher works")
        answer = person.open(f"{page}/act", urlencode(form).encode()).read().decode()
        assert "1 file sent back for a new verdict." in answer or "has not answered yet" in answer
        wait_until(lambda: b"<dd>2</dd>" in person.open(page).read(), "the file has its second verdict")


def test_the_kernel_refuses_everything_else(closed: Gateway) -> None:
    for folder in ("accepted", "rejected", "incoming", "cameras", "profiles", "uploads", "connections", "cache"):
        words = [*AS_NOBODY, "touch", str(closed.root / folder / "made-by-the-admin")]
        assert subprocess.run(words, capture_output=True, check=False).returncode != 0, folder
    words = [*AS_NOBODY, "rm", "-f", str(next((closed.root / "accepted").rglob("*.json")))]
    assert subprocess.run(words, capture_output=True, check=False).returncode != 0
    assert subprocess.run([*AS_NOBODY, "touch", str(closed.root / "requests/x")], check=False).returncode == 0
    (closed.root / "requests/x").unlink()
