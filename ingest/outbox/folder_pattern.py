"""Where a photo goes in a folder tree: a pattern such as `{site}/{camera}/{date}/{name}`, filled in. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath

from ingest.spool.corrections import corrected
from ingest.spool.names import safe_name
from ingest.spool.sidecar import Sidecar
from ingest.spool.sites import Record, site_at, sites_in
from ingest.spool.stamp import id_time

NO_SITE = "no-site"
_PART_MAX_BYTES = 200
_UNSAFE = re.compile(r"[^\w .,+()=@-]", re.UNICODE)


def as_part(text: str, otherwise: str = "unknown") -> str:
    """Return a stranger's text as one part of a path: no separator, no control character, no hidden or special name.

    >>> as_part("Gate North"), as_part("../x"), as_part(" . "), as_part("a/b"), as_part("Höhle")
    ('Gate North', '_x', 'unknown', 'a_b', 'Höhle')
    """
    part = _UNSAFE.sub("_", text).strip(" .")
    while len(part.encode()) > _PART_MAX_BYTES:
        part = part[:-1]
    return part.strip(" .") or otherwise


def values_of(sidecar: Sidecar, record: Record | None) -> Mapping[str, str]:
    """Return what a pattern's words stand for: as people have corrected it, each fit for one part of a path."""
    now = corrected(sidecar)
    when = datetime.fromisoformat(now.captured_at) if now.captured_at else None
    site = site_at(sites_in(record), when)
    day = f"{id_time(sidecar.id):%Y-%m-%d}"
    return {
        "site": as_part(site.name if site else "", NO_SITE),
        "camera": as_part(now.camera_id or ""),
        "date": f"{when:%Y-%m-%d}" if when else day,
        "day": day,
        "id": sidecar.id,
        "name": safe_name(sidecar.upload_path).lstrip(".") or "photo",
    }


def filled_in(pattern: str, values: Mapping[str, str]) -> PurePosixPath:
    """Return the path below the folder that a pattern gives. The pattern has passed `pattern_problem`."""
    return PurePosixPath(pattern.format_map(values))


def beside(path: PurePosixPath, item_id: str) -> PurePosixPath:
    """Return another name for a photo whose name another one has taken: always the same for the same item.

    >>> beside(PurePosixPath("a/E1.JPG"), "20251205T154647.120034Z-4f2a")
    PurePosixPath('a/E1-20251205T154647.120034Z-4f2a.JPG')
    """
    return path.with_name(f"{path.stem}-{item_id}{path.suffix}")
