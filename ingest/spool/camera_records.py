"""The records that admins keep of cameras: cameras/<camera_id>.json. A camera with a record is registered."""

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ingest.settings.time_zones import zone_named
from ingest.spool.durable import replace_file
from ingest.spool.json_text import parse_json
from ingest.spool.names import is_camera_id, one_line
from ingest.spool.sites import Record

TAG_MAX, TAGS_MAX = 40, 20


def camera_record_file(root: Path, camera_id: str) -> Path:
    """Return where a camera's record lies. Raise ValueError for an ID that may not become a file name."""
    if not is_camera_id(camera_id):
        raise ValueError(f"{camera_id!r} is not a camera ID")
    return root / "cameras" / f"{camera_id}.json"


def registers(record: Record | None) -> bool:
    """Say whether a record registers its camera; notes alone do not when they say so."""
    return record is not None and record.get("registered", True) is True


def zone_in(record: Record | None) -> ZoneInfo | None:
    """Return the time zone of a camera's clock; None where its record names none, or one that nobody knows."""
    return zone_named(record.get("zone")) if record else None


def wrong_zone(record: Record | None) -> str:
    """Say what is wrong with the time zone in a record; nothing where it names none or a known one."""
    name = (record or {}).get("zone")
    if name in (None, "") or zone_named(name):
        return ""
    return f"The time zone {one_line(str(name), 60)} is unknown; expected a name such as Africa/Nairobi."


def owns_folder(record: Record | None) -> bool:
    """Say whether what lies in the folder of a camera's name is from that camera alone: its record says so."""
    return record is not None and record.get("folder") is True


def read_camera_record(root: Path, camera_id: str) -> dict[str, Any] | None:
    """Return a camera's record, None when there is none or it is not readable as JSON."""
    try:
        record = parse_json(camera_record_file(root, camera_id).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def write_camera_record(root: Path, camera_id: str, record: dict[str, Any]) -> None:
    """Write a camera's record, whole or not at all. Raise ValueError for a bad camera ID."""
    replace_file(camera_record_file(root, camera_id), json.dumps(record, indent=1).encode() + b"\n")


def tags_from(listed: object) -> tuple[str, ...]:
    """Return the tags in what people wrote or a record holds: texts between commas or in a list, each once, in order.

    >>> tags_from(" north, Reserve  A,,north "), tags_from(["b", 7, "a"]), tags_from(None)
    (('north', 'Reserve A'), ('b', 'a'), ())
    """
    texts = listed.split(",") if isinstance(listed, str) else listed if isinstance(listed, list | tuple) else ()
    tags = (" ".join(one_line(text, TAG_MAX).split()) for text in texts if isinstance(text, str))
    return tuple(dict.fromkeys(tag for tag in tags if tag))[:TAGS_MAX]


def tags_in(record: Record | None) -> tuple[str, ...]:
    """Return the tags of a camera, by which people group them."""
    return tags_from((record or {}).get("tags"))
