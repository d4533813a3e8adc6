"""`camspool canary`: sends a photo down the whole road, over both ports, and waits for its verdict."""

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import piexif

from ingest.commands.privileges import become_owner
from ingest.commands.send import password_of
from ingest.ftps.own import own_host
from ingest.ftps.sender import FtpsServer, UploadError, upload
from ingest.index.places import items_in, read_sidecar
from ingest.requests.asking import have_done
from ingest.settings.values import Settings
from ingest.simulation.photos import gps_tags, photo
from ingest.spool.names import safe_name
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import new_id
from ingest.vocabulary import SELF_TEST

HELP = "send a test photo over both FTPS ports and wait for its verdict; exit 1 when one is not accepted"
CAMERA_ID = "canary"
PATIENCE_S = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add --host and --keep."""
    parser.add_argument("--host", help="default: this machine")
    parser.add_argument("--keep", action="store_true", help="keep the accepted photos instead of deleting them")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Try both ports; print one sentence for each."""
    password = password_of(None, settings)
    become_owner(settings.root / "incoming")
    host = arguments.host or own_host(settings.ftps)
    ports = ((settings.ftps.port, False), (settings.ftps.implicit_port, True))
    servers = [FtpsServer(host, port, implicit, settings.ftps.account, password) for port, implicit in ports]
    results = [_try(settings.root, server, keep=arguments.keep) for server in servers]
    for sentence, _ in results:
        print(sentence)
    return 0 if all(good for _, good in results) else 1


def _try(root: Path, server: FtpsServer, *, keep: bool) -> tuple[str, bool]:
    name = f"canary-{new_id()}.jpg"
    began = time.monotonic()
    try:
        upload(server, name, _photo(datetime.now(UTC)))
    except UploadError as error:
        return f"Port {server.port}: {error}", False
    sidecar = _await(lambda: _find(root, name))
    if sidecar is None:
        return (
            f"Port {server.port}: the photo {name} was acknowledged and has no verdict after {PATIENCE_S:.0f} s.",
            False,
        )
    if sidecar.verdict != "accepted":
        return f"Port {server.port}: the photo was rejected: {sidecar.problems[0].message}", False
    if not keep:
        have_done(root, "delete", by=SELF_TEST, ids=[sidecar.id], for_good=True)
    return f"Port {server.port}: accepted after {time.monotonic() - began:.1f} s.", True


def _photo(now: datetime) -> bytes:
    """Return a photo that only the profile `canary` claims; another one each time, or it would be a duplicate."""
    tags = {
        "0th": {piexif.ImageIFD.Make: b"Camspool", piexif.ImageIFD.Model: b"Canary"},
        "Exif": {
            piexif.ExifIFD.BodySerialNumber: CAMERA_ID.encode(),
            piexif.ExifIFD.DateTimeOriginal: now.strftime("%Y:%m:%d %H:%M:%S").encode(),
            piexif.ExifIFD.OffsetTimeOriginal: b"+00:00",
        },
        "GPS": gps_tags(1.0, 1.0),
    }
    return photo(tags, seed=time.time_ns())


def _await(look: Callable[[], Sidecar | None]) -> Sidecar | None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.1)
    return None


def _find(root: Path, name: str) -> Sidecar | None:
    """Return the verdict on the photo: accepted as the canary's, or rejected for whatever reason."""
    groups = [root / "accepted" / CAMERA_ID, *(root / "rejected").iterdir()]
    days = (day for group in groups if group.is_dir() for day in group.iterdir())
    for folder in days:
        for place in items_in(root, str(folder.relative_to(root))):
            if place.endswith(f"-{safe_name(name)}"):
                return read_sidecar(root, place)
    return None
