"""What EarthRanger and Gundi want to know of a photo: which camera, when, and where. Pure but for camera records."""

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.spool.corrections import corrected
from ingest.spool.known_cameras import KnownCameras
from ingest.spool.names import one_line, safe_name
from ingest.spool.sidecar import Sidecar


@dataclass(frozen=True)
class Sighting:
    """A photo as a map sees it. `at` has its zone; where the photo has no time it is that of its arrival.

    `location` is {"latitude", "longitude"} in degrees, None where nobody knows it.
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
        _location(now),
        safe_name(sidecar.upload_path),
    )


def _location(sidecar: Sidecar) -> Mapping[str, float] | None:
    if sidecar.latitude is None or sidecar.longitude is None:
        return None
    return {"latitude": sidecar.latitude, "longitude": sidecar.longitude}
