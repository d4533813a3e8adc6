"""The camera records as the verdicts need them: one after the other, for every file, at the cost of a look at the file.

A record is read again when its file has changed, by whatever hand; the names of all when the folder has.
"""

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import time_ns
from typing import Any

from ingest.spool.camera_records import read_camera_record, wrong_zone
from ingest.spool.names import is_camera_id

log = logging.getLogger("camspool")

_FRESH_NS = 100_000_000
"""What changed less than this ago may change again without another time of change: file systems tell it in ticks."""

_Stamp = tuple[int, int, int]


@dataclass
class KnownCameras:
    """State that lives with a worker: the records read so far, and how the cameras that have one are spelled."""

    root: Path
    _records: dict[str, tuple[_Stamp, dict[str, Any] | None]] = field(default_factory=dict)
    _spellings: Mapping[str, list[str]] = field(default_factory=dict)
    _folder: _Stamp | None = None

    def record(self, camera_id: str) -> dict[str, Any] | None:
        """Return a camera's record, None where there is none. A time zone that nobody knows is complained of."""
        stamp = _stamp(f"{self.root}/cameras/{camera_id}.json") if is_camera_id(camera_id) else None
        if stamp is None:
            return None
        known = self._records.get(camera_id)
        if known and known[0] == stamp:
            return known[1]
        record = read_camera_record(self.root, camera_id)
        if problem := wrong_zone(record):
            log.error("cameras/%s.json: %s The zone of its profile or of the settings is used.", camera_id, problem)
        if not _is_fresh(stamp):
            self._records[camera_id] = stamp, record
        return record

    def spelling(self, camera_id: str) -> str:
        """Return how the camera is spelled that this ID means: capital and small letters make no other camera.

        An ID with a record or with accepted files of its own stays as it is, so an admin can tell two cameras apart
        that differ in nothing else; of several other spellings with a record the first in the alphabet is meant.
        """
        spellings = self._spelled().get(camera_id.lower())
        if not spellings or camera_id in spellings or (self.root / "accepted" / camera_id).is_dir():
            return camera_id
        return spellings[0]

    def _spelled(self) -> Mapping[str, list[str]]:
        """Return the spellings that have a record by their small letters. Records are replaced by renaming."""
        stamp = _stamp(f"{self.root}/cameras")
        if stamp is None or stamp != self._folder:
            self._spellings = _spellings(self.root)
            self._folder = None if stamp is None or _is_fresh(stamp) else stamp
        return self._spellings


def _spellings(root: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(file.name for file in (root / "cameras").glob("*.json")):
        camera_id = name.removesuffix(".json")
        if is_camera_id(camera_id):
            found.setdefault(camera_id.lower(), []).append(camera_id)
    return found


def _stamp(path: str) -> _Stamp | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - for every file; a Path would cost as much again
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size


def _is_fresh(stamp: _Stamp) -> bool:
    return time_ns() - stamp[0] < _FRESH_NS
