"""How a camera is spelled that files are here of: `cam1` and `CAM1` are one camera, and the first spelling stays."""

import sqlite3
from collections.abc import Collection
from pathlib import Path

from ingest.spool.camera_records import camera_record_file
from ingest.spool.sidecar import Sidecar, changed

_ITSELF = "SELECT 1 FROM tallies WHERE camera_id = ? AND items > 0 LIMIT 1"
_OTHERWISE = (
    "SELECT camera_id FROM tallies INDEXED BY tallies_spelling WHERE camera_id = ? COLLATE NOCASE AND items > 0 "
    "ORDER BY verdict, camera_id LIMIT 1"
)
"""Asked apart: for nearly every file the first is enough, at half the cost of both in one."""


def in_known_spelling(root: Path, index: sqlite3.Connection, sidecar: Sidecar, coming: Collection[str] = ()) -> Sidecar:
    """Return a verdict with its camera's ID as it is spelled here; its own spelling becomes what the file says.

    `coming` are the IDs of verdicts that are not in the index yet. A spelling with a record or files of its own stays.
    """
    camera_id = sidecar.camera_id
    if camera_id is None:
        return sidecar
    known = spelling_in(index, camera_id) or next((one for one in coming if one.lower() == camera_id.lower()), None)
    if known in (None, camera_id) or _stands_alone(root, camera_id):
        return sidecar
    return changed(sidecar, camera_id=known, camera_text=sidecar.camera_text or camera_id)


def spelling_in(index: sqlite3.Connection, camera_id: str) -> str | None:
    """Return the spelling of an ID that items have: its own before others, those of accepted items before others."""
    if index.execute(_ITSELF, (camera_id,)).fetchone():
        return camera_id
    row = index.execute(_OTHERWISE, (camera_id,)).fetchone()
    return row[0] if row else None


def _stands_alone(root: Path, camera_id: str) -> bool:
    return camera_record_file(root, camera_id).exists() or (root / "accepted" / camera_id).is_dir()
