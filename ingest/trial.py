"""What would happen to a file: the same verdict as the watcher's, for a file anywhere, and nothing is stored."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.index.store import find_original, read_index
from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.reading.facts import Facts, bytes_to_read, read_facts
from ingest.settings.values import Settings
from ingest.spool.item import Item
from ingest.spool.registry import is_registered
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import new_id
from ingest.verdict.decision import as_duplicate, decide


def sound_catalogue(settings: Settings) -> Catalogue:
    """Return the profiles in use. Raise CamspoolError when one is broken: a person is there to mend it."""
    catalogue = load_catalogue(settings.profile_folders)
    if catalogue.broken:
        raise CamspoolError(next(iter(catalogue.broken.values())))
    return catalogue


def upload_path(file: Path, wanted: str | None, *, alone: bool) -> bytes:
    """Return the upload path to try a file under: as wanted, in the wanted folder (`folder/`), or its own name.

    Raise CamspoolError when several files would get the same path.
    """
    own = os.fsencode(file.name)
    if not wanted:
        return own
    if wanted.endswith("/"):
        return os.fsencode(wanted.lstrip("/")) + own
    if not alone:
        raise CamspoolError(f"--as {wanted} would give several files one path; expected a folder, ending in /.")
    return os.fsencode(wanted.lstrip("/"))


def read_file(file: Path, path: str, settings: Settings) -> Facts:
    """Read a file's facts as if it had been uploaded as `path`. Raise CamspoolError when it cannot be read."""
    try:
        if not file.is_file():
            raise CamspoolError(f"{file} is not a file." if file.exists() else f"There is no file {file}.")
        with file.open("rb") as content:
            return read_facts(
                content.read(bytes_to_read(path, settings.limits)), file.stat().st_size, path, settings.limits
            )
    except OSError as error:
        raise CamspoolError(f"{file} cannot be read: {error.strerror}.") from error


def try_file(file: Path, path: bytes, catalogue: Catalogue, settings: Settings) -> Sidecar:
    """Return the verdict that a file would get now under this upload path, as a duplicate of what is here too."""
    item = Item(new_id(), path, "local")
    facts = read_file(file, item.path, settings)
    sidecar = decide(
        item,
        facts,
        catalogue,
        settings,
        decided_at=datetime.now(UTC),
        registered=lambda camera_id: is_registered(settings.root, camera_id),
    )
    original = _original(sidecar, settings.root) if sidecar.verdict == "accepted" else None
    return as_duplicate(sidecar, original) if original else sidecar


def _original(sidecar: Sidecar, root: Path) -> str | None:
    """Return the accepted item with the same content; None as well when this machine has no index to ask."""
    try:
        with closing(read_index(root)) as index:
            return find_original(index, sidecar.camera_id, sidecar.sha256 or "")
    except sqlite3.Error:
        return None
