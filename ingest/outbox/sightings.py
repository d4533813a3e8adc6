"""What EarthRanger and Gundi want to know of a photo: which camera, when, and where. Pure but for camera records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ingest.spool.corrections import corrected
from ingest.spool.known_cameras import KnownCameras
from ingest.spool.names import one_line, safe_name
from ingest.spool.sidecar import Sidecar
from ingest.spool.sites import Record, site_at, sites_in


@dataclass(frozen=True)
class Sighting:
    """A photo as a map sees it. `at` has its zone; where the photo has no time it is that of its arrival.

    `location` is {"latitude", "longitude"} in degrees, None where nobody knows it. `file_name` begins with the item's
    id: EarthRanger takes two files of one name for the same photo, and cameras' own names repeat.
    """

    item_id: str
    camera_id: str
    camera_name: str
    at: str
    location: Mapping[str, float] | None
    file_name: str


def sighting_of(sidecar: Sidecar, cameras: KnownCameras) -> Sighting:
    """Return what is known of a photo, as people have corrected it."""
    now = corrected(sidecar)
    camera_id = now.camera_id or "unknown"
    record = cameras.record(now.camera_id) if now.camera_id else None
    name = (record or {}).get("name")
    return Sighting(
        sidecar.id,
        camera_id,
        one_line(name) if isinstance(name, str) and name else camera_id,
        now.captured_at_utc or now.received_at,
        _own_location(sidecar, now) or _location_of_site(now, record),
        f"{sidecar.id}-{safe_name(sidecar.upload_path)}",
    )


def _own_location(sidecar: Sidecar, now: Sidecar) -> Mapping[str, float] | None:
    """Return what the photo says itself, or its camera's site had been; not where another camera stood after all."""
    if now.camera_id != sidecar.camera_id and now.sources.get("location") == "record":
        return None
    if now.latitude is None or now.longitude is None:
        return None
    return {"latitude": now.latitude, "longitude": now.longitude}


def _location_of_site(now: Sidecar, record: Record | None) -> Mapping[str, float] | None:
    """Return where the camera stood then, as its record says now: a site may be entered after the photo has come."""
    when = datetime.fromisoformat(now.captured_at) if now.captured_at else None
    site = site_at(sites_in(record), when)
    return {"latitude": site.latitude, "longitude": site.longitude} if site else None
