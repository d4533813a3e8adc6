"""Other ways to treat the same files: one exiftool process each, and a watcher that sleeps and decodes every photo."""

import io
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PIL import Image

from tests.bench.files import Kind, fill_incoming
from tests.bench.spool import bench_spool

FILES = 15
SLEEP_S = 0.5
THUMBNAIL_SIZE = (400, 400)


def exiftool_rate(kind: Kind) -> float:
    """Files per second by one exiftool process each, reading the metadata alone: no hash, no flush, no verdict."""
    with bench_spool() as root:
        return _rate(root, kind, _exiftool)


def watcher_rate(kind: Kind, sleep_s: float) -> float:
    """Files per second of a watcher that, one file at a time, sleeps, reads the metadata with exiftool, decodes the
    whole photo for a thumbnail, copies photo and thumbnail to its store, enters them and deletes the upload.
    """
    with bench_spool() as root, closing(sqlite3.connect(root / "cache" / "store.sqlite")) as index:
        index.execute("CREATE TABLE photos (name TEXT, metadata TEXT)")
        return _rate(root, kind, lambda file: _watch(root, file, index, sleep_s))


def _rate(root: Path, kind: Kind, treat: Callable[[Path], object]) -> float:
    fill_incoming(root, kind, FILES)
    files = sorted((root / "incoming").iterdir())
    began = time.perf_counter()
    for file in files:
        treat(file)
    return len(files) / (time.perf_counter() - began)


def _exiftool(file: Path) -> bytes:
    program = shutil.which("exiftool") or "exiftool"
    return subprocess.run([program, "-j", str(file)], check=True, capture_output=True).stdout


def _watch(root: Path, file: Path, index: sqlite3.Connection, sleep_s: float) -> None:
    time.sleep(sleep_s)
    metadata = _exiftool(file)
    photo = file.read_bytes()
    with Image.open(io.BytesIO(photo)) as picture:
        picture.load()
        picture.thumbnail(THUMBNAIL_SIZE, Image.Resampling.LANCZOS, reducing_gap=None)
        picture.save(root / "cache" / f"{file.name}.thumbnail", "JPEG")
    (root / "accepted" / file.name).write_bytes(photo)
    with index:
        index.execute("INSERT INTO photos VALUES (?, ?)", (file.name, metadata.decode()))
    file.unlink()
