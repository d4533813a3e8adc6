"""Fills a spool with up to a million accepted items, quickly: real sidecars, and items that share a few empty files."""

import multiprocessing
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.pipeline import give_verdict
from ingest.profiles.catalogue import load_catalogue
from ingest.reading.exiftool import Exiftool
from ingest.settings.values import Settings
from ingest.spool.item import Item
from ingest.spool.moves import place_of
from ingest.spool.sidecar import Sidecar, sidecar_text
from ingest.spool.stamp import new_id, utc_text
from tests.bench.files import KINDS, photos

CAMERAS, DAYS = 200, 100
LINKS_MAX = 60_000
"""Names that one file gets; ext4 takes 65,000."""

_FORK = multiprocessing.get_context("fork")


def fill_accepted(root: Path, count: int) -> None:
    """Put accepted items into a spool, spread over 200 cameras and 100 days."""
    pattern, cores = _real_sidecar(root), os.cpu_count() or 1
    shares = [
        _FORK.Process(target=_fill_cameras, args=(root, pattern, count, range(first, CAMERAS, cores)))
        for first in range(cores)
    ]
    for share in shares:
        share.start()
    for share in shares:
        share.join()
    os.sync()


def _real_sidecar(root: Path) -> Sidecar:
    """Return the verdict on a simulated photo: its sidecar is as large as any other photo's."""
    photo, settings = root / "incoming" / "photo", Settings(root=root)
    photo.write_bytes(next(photos(KINDS[0], 1)))
    item = Item(new_id(), b"E0000000.JPG", "ftps", new_id(), "camera", "127.0.0.1")
    decided = give_verdict(root, photo.name, item, load_catalogue(settings.profile_folders), settings, Exiftool())
    photo.unlink()
    return decided.sidecar


def _fill_cameras(root: Path, pattern: Sidecar, count: int, cameras: range) -> None:
    text = sidecar_text(_with(pattern, "@id", "@path", "@camera", "@at", "@sha256"))
    start = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=DAYS)
    numbers = (number for camera in cameras for number in range(camera, count, CAMERAS))
    for index, number in enumerate(numbers):
        if index % LINKS_MAX == 0:
            empty = root / "cache" / new_id()
            empty.touch()
        _put(root, pattern, text, number, start, empty)


def _put(root: Path, pattern: Sidecar, text: str, number: int, start: datetime, empty: Path) -> None:
    """Put one item down. Every replaced value occurs in the pattern's text, so the sidecar is one of its item."""
    day, of_day = number // CAMERAS % DAYS, number // (CAMERAS * DAYS)
    at = start + timedelta(days=day, seconds=of_day * 60, microseconds=number % 1_000_000)
    camera, path = f"8619430{number % CAMERAS:08d}", f"E{number:07d}.JPG"
    one = _with(pattern, new_id(at), path, camera, utc_text(at), f"{number:064x}")
    for mark, value in (
        ("@id", one.id),
        ("@path", path),
        ("@camera", camera),
        ("@at", one.received_at),
        ("@sha256", one.sha256 or ""),
    ):
        text = text.replace(mark, value)
    place = str(root / place_of(one))
    try:
        os.link(empty, place)
    except FileNotFoundError:
        Path(place).parent.mkdir(parents=True, exist_ok=True)
        os.link(empty, place)
    with open(f"{place}.json", "x") as file:  # noqa: PTH123 - a million times: Path.open costs more
        file.write(text)


def _with(pattern: Sidecar, item_id: str, path: str, camera: str, at: str, sha256: str) -> Sidecar:
    return replace(
        pattern, id=item_id, upload_path=path, camera_id=camera, received_at=at, decided_at=at, sha256=sha256
    )
