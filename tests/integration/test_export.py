"""`camspool export` on this machine: killed, without room, while photos come; and the memory that it takes."""

import io
import os
import re
import signal
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from ingest.exports.checking import check_package
from tests.exported import NOON, photo
from tests.integration.admins import admin
from tests.integration.gateway import CAMSPOOL, Gateway, prepared_gateway, wait_until
from tests.spools import make_spool
from tests.years import fill, read_rows

PHOTOS = 6000


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a spool with some thousands of photos of three cameras."""
    root = make_spool(tmp_path_factory.mktemp("export"))
    minute = timedelta(minutes=1)
    fill(root, (photo(NOON + number * 20 * minute, f"cam-{number % 3}") for number in range(PHOTOS)))
    return root


def export(root: Path, to: Path, *words: str) -> "subprocess.Popen[bytes]":
    # Who is started in the background has Ctrl-C switched off, and hands that on.
    command: list[str | Path] = [
        "env",
        "--default-signal=INT",
        CAMSPOOL,
        "--root",
        root,
        "export",
        "camtrap-dp",
        to,
        *words,
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def peak_kb(process: "subprocess.Popen[bytes]") -> int:
    """Wait for a process, which ends well, and return how much memory it had at most."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.communicate()
    assert process.returncode == 0
    return usage.ru_maxrss


def logged_in(gateway: Gateway, address: str) -> requests.Session:
    """Return a session of the first admin."""
    session = requests.Session()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', session.get(f"{address}/log-in", timeout=20).text)
    password = (gateway.folder / "admin.password").read_text("utf-8").strip()
    form = {"csrf_token": token[1] if token else "", "name": "admin", "password": password, "next": "/"}
    assert session.post(f"{address}/log-in", form, timeout=20, headers={"Referer": address}).ok
    return session


def unfinished(folder: Path) -> Iterator[Path]:
    return folder.glob(".*.unfinished-*")


@pytest.mark.parametrize("name", ["package", "package.zip"])
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT], ids=["killed", "Ctrl-C"])
def test_a_package_that_was_broken_off_is_never_taken_for_a_whole_one(
    root: Path, tmp_path: Path, name: str, ending: signal.Signals
) -> None:
    with export(root, tmp_path / name, "--photos") as process:
        wait_until(lambda: any(True for _ in unfinished(tmp_path)), "the package is begun")
        process.send_signal(ending)
        process.communicate()
    assert process.returncode in (-ending, 130)
    assert not (tmp_path / name).exists()
    left = list(unfinished(tmp_path))
    if ending == signal.SIGINT:
        assert left == []
    for one in left:
        checked = subprocess.run([CAMSPOOL, "export", "--check", one], capture_output=True, check=False)
        assert checked.returncode == 2
        assert b"not finished" in checked.stderr or b"no whole zip" in checked.stderr


def test_all_photos_are_in_a_zip_and_the_memory_is_that_of_a_few(root: Path, tmp_path: Path) -> None:
    few = peak_kb(export(root, tmp_path / "few.zip", "--photos", "--camera", "cam-0", "--until", "2026-06-02"))
    all_of_them = peak_kb(export(root, tmp_path / "all.zip", "--photos"))
    assert len(set(check_package(tmp_path / "all.zip"))) == 0
    assert all_of_them - few < 6 * 1024, f"{few} kB for a few, {all_of_them} kB for {PHOTOS}"


def test_what_arrives_meanwhile_waits_for_the_next_package(root: Path, tmp_path: Path) -> None:
    with export(root, tmp_path / "package", "--camera", "cam-1", "--check") as process:
        said, _ = process.communicate()
    assert process.returncode == 0 and b"no faults" in said
    assert len(read_rows(tmp_path / "package", "media")) == PHOTOS // 3
    assert os.listdir(tmp_path) == ["package"]


def test_a_download_that_a_browser_breaks_off_is_no_zip_and_the_page_says_so() -> None:
    with prepared_gateway() as gateway:
        fill(gateway.root, (photo(NOON + number * timedelta(hours=1)) for number in range(300)), bytes(200_000))
        with admin(gateway) as address:
            session = logged_in(gateway, address)
            with session.get(f"{address}/export/package.zip?photos=1", stream=True, timeout=60) as answer:
                pieces = answer.iter_content(1_000_000)
                part = b"".join(next(pieces) for _ in range(9))
                going = session.get(f"{address}/export?live=1", timeout=20).text
            assert "of 300 photos" in going
            assert not zipfile.is_zipfile(io.BytesIO(part))
            wait_until(
                lambda: "broken off" in session.get(f"{address}/export?live=1", timeout=20).text, "the page says so"
            )
            whole = session.get(f"{address}/export/package.zip", timeout=60).content
            with zipfile.ZipFile(io.BytesIO(whole)) as archive:
                assert archive.read("media.csv").count(b"\n") == 301
