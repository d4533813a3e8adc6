"""The photos that are measured with: three sizes, each photo with bytes of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ingest.simulation.photos import simulated_imei, willfine_photo
from ingest.spool.names import incoming_name
from ingest.spool.stamp import new_id


@dataclass(frozen=True)
class Kind:
    """One size of photo, and how many make a run of some seconds."""

    name: str
    size: tuple[int, int]
    count: int


KINDS = (
    Kind("0.15 MB, 1280x960", (1280, 960), 1500),
    Kind("2.5 MB, 12 MP", (4000, 3000), 400),
    Kind("4.5 MB, 24 MP", (6000, 4000), 200),
)


def photos(kind: Kind, count: int, seed: int = 0) -> Iterator[bytes]:
    """Yield photos that differ in their bytes, from 50 cameras."""
    start = datetime(2026, 4, 1, 12, 0)  # noqa: DTZ001 - camera time is naive
    for number in range(count):
        taken = start + timedelta(seconds=number)
        yield willfine_photo(
            simulated_imei(number % 50), taken, 52.1, 5.1, size=kind.size, seed=seed * 1_000_000 + number
        )


def fill_incoming(root: Path, kind: Kind, count: int, seed: int = 0) -> int:
    """Put photos into incoming/ as taken uploads, each whole at once, without flushing them; return their bytes."""
    total, aside = 0, root / "cache" / "arriving"
    for number, photo in enumerate(photos(kind, count, seed)):
        aside.write_bytes(photo)
        aside.rename(root / "incoming" / incoming_name(new_id(), "local", b"E%07d.JPG" % number))
        total += len(photo)
    return total
