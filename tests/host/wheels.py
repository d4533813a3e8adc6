"""Fetches, once for each state of the lock file, the Python packages that a host of a Debian suite needs."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from packaging.markers import Marker

from tests.host.image import CACHE, REPOSITORY, one_at_a_time

PYTHONS = {"bookworm": "311", "trixie": "313"}
PLATFORMS = ("manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_28_x86_64", "any")
SOURCE_ONLY = "pyinotify"


def wheels(suite: str) -> Path:
    """Return a folder with everything that requirements.txt names for the Python of a suite."""
    lock = (REPOSITORY / "requirements.txt").read_text("utf-8")
    folder = CACHE / f"wheels-{suite}-{hashlib.sha256(lock.encode()).hexdigest()[:12]}"
    with one_at_a_time(f"wheels-{suite}"):
        if not folder.exists():
            part = CACHE / f".wheels-{suite}-{os.getpid()}"
            shutil.rmtree(part, ignore_errors=True)
            _download(lock, PYTHONS[suite], part)
            part.rename(folder)
    return folder


@contextmanager
def package_index(packages: Path, address: str, folder: Path) -> Iterator[str]:
    """Serve packages as pip's index on an address of this machine; yield the pip.conf that a host needs for it."""
    for file in packages.iterdir():
        project = re.sub(r"[-_.]+", "-", file.name.split("-")[0].removesuffix(".tar.gz")).lower()
        (folder / "simple" / project).mkdir(parents=True, exist_ok=True)
        (folder / "simple" / project / file.name).symlink_to(file)
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer((address, 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            port = server.server_address[1]
            yield f"[global]\nindex-url = http://{address}:{port}/simple/\ntrusted-host = {address}\n"
        finally:
            server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the test's output is not an access log."""


def _download(lock: str, python: str, folder: Path) -> None:
    folder.mkdir(parents=True)
    entries = [wanted for entry in re.split(r"(?m)^(?=[A-Za-z0-9])", lock) if (wanted := _wanted(entry, python))]
    source_only = [entry for entry in entries if entry.startswith(f"{SOURCE_ONLY}==")]
    others = [entry for entry in entries if entry not in source_only]
    platforms = [f"--platform={platform}" for platform in PLATFORMS]
    _pip(folder, others, "--only-binary=:all:", "--implementation=cp", f"--python-version={python}", *platforms)
    _pip(folder, source_only, "--no-binary=:all:", "--no-build-isolation")


def _wanted(entry: str, python: str) -> str:
    """Return an entry without its condition, "" when this Python does not meet it: pip would ask its own Python."""
    version = f"{python[0]}.{python[1:]}"
    condition = re.search(r";([^\\\n]*)", entry)
    if condition and not Marker(condition[1]).evaluate({"python_version": version, "python_full_version": version}):
        return ""
    return entry.replace(condition[0], " ") if condition else entry


def _pip(folder: Path, entries: list[str], *options: str) -> None:
    lock = folder / "lock.txt"
    lock.write_text("".join(entries), "utf-8")
    words = [sys.executable, "-m", "pip", "download", "--quiet", "--require-hashes", "--no-deps"]
    subprocess.run([*words, *options, "-r", str(lock), "-d", str(folder)], check=True)
    lock.unlink()
