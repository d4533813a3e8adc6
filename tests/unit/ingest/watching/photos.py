"""Small photos that wait in incoming/, and settings under which a fork of the test may give them their verdicts."""

from pathlib import Path

from ingest.settings.values import Limits, Settings
from ingest.simulation.photos import willfine_photo
from ingest.spool.names import incoming_name
from ingest.spool.stamp import new_id
from tests.samples.willfine import IMEI, POSITION, WHEN

ROOMY = Limits(file_seconds=600, file_memory_bytes=1 << 36)
"""A fork of the test has all the memory that the tests before have taken, and the machine may be busy."""


def settings_for(root: Path, limits: Limits = ROOMY, profiles: Path | None = None) -> Settings:
    """Return settings for a spool: one worker, the shipped profiles, and at most one more folder of them."""
    folders = () if profiles is None else (profiles,)
    return Settings(root=root, profiles=folders, workers=1, limits=limits)


def photo(seed: int = 0, imei: str = IMEI) -> bytes:
    """Return a photo of few bytes, another for each seed."""
    return willfine_photo(imei, WHEN, *POSITION, seed=seed, size=(64, 48))


def put_waiting(root: Path, path: str, content: bytes) -> str:
    """Put an item into incoming/ that waits for its verdict; return its name there."""
    name = incoming_name(new_id(), "local", path.encode())
    (root / "incoming" / name).write_bytes(content)
    return name
