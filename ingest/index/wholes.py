"""Finds the whole photo of which another item is only the beginning."""

import os
import sqlite3
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from ingest.spool.sidecar import Sidecar

_SAME_PHOTO = (
    "SELECT id, place FROM items WHERE camera_id = ? AND captured_at = ? AND verdict = 'accepted' AND kind = 'image'"
    " AND size_bytes >= ? AND id <> ? ORDER BY number DESC LIMIT 20"
)


def find_whole(root: Path, index: sqlite3.Connection, cut: Sidecar) -> str | None:
    """Return the id of an accepted photo of the same camera and moment that begins with exactly these bytes."""
    asked = (cut.camera_id, cut.captured_at, cut.size_bytes, cut.id)
    for item_id, place in index.execute(_SAME_PHOTO, asked):
        with suppress(OSError):
            if _head_sha256(root / place, cut.size_bytes) == cut.sha256:
                return str(item_id)
    return None


def _head_sha256(file: Path, size_bytes: int) -> str:
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as opened:
        return sha256(opened.read(size_bytes)).hexdigest()
