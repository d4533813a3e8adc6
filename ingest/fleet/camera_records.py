"""The admins' records of cameras (cameras/*.json), kept in memory and read again when a file has changed."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from ingest.spool.camera_records import read_camera_record
from ingest.spool.names import is_camera_id


@dataclass
class CameraRecords:
    """The records read so far, with the change time of each file; a changed folder is looked through again."""

    _folder_changed_ns: int = -1
    _changed_ns: dict[str, int] = field(default_factory=dict)
    _records: dict[str, dict[str, Any]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def all(self, root: Path) -> dict[str, dict[str, Any]]:
        """Return every record by camera ID. CameraRecords are replaced by renaming, which changes the folder."""
        with self._lock:
            try:
                changed_ns = (root / "cameras").stat().st_mtime_ns
            except FileNotFoundError:
                return {}
            if changed_ns != self._folder_changed_ns:
                self._read(root)
                self._folder_changed_ns = changed_ns
            return self._records

    def _read(self, root: Path) -> None:
        with os.scandir(root / "cameras") as entries:
            found = {entry.name[:-5]: entry.stat().st_mtime_ns for entry in entries if entry.name.endswith(".json")}
        records = {}
        for camera_id, changed_ns in found.items():
            if not is_camera_id(camera_id):
                continue
            if self._changed_ns.get(camera_id) == changed_ns and camera_id in self._records:
                records[camera_id] = self._records[camera_id]
            elif (record := read_camera_record(root, camera_id)) is not None:
                records[camera_id] = record
        self._records, self._changed_ns = records, found


def camera_name(record: dict[str, Any] | None) -> str:
    """Return the name that an admin gave the camera, empty when there is none."""
    name = (record or {}).get("name")
    return name if isinstance(name, str) else ""
