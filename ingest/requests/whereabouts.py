"""What corrections depend on, from the camera records and the profiles: zones of clocks, and sites."""

import json
import sqlite3
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from ingest.profiles.catalogue import load_catalogue
from ingest.reading.location import Position
from ingest.requests.wanted import Surroundings
from ingest.settings.values import Settings
from ingest.spool.camera_records import zone_in
from ingest.spool.known_cameras import KnownCameras
from ingest.spool.sites import Record, Site, site_at, sites_in

_POSITIONS = "SELECT positions FROM cameras WHERE camera_id = ?"


def surroundings(settings: Settings, index: sqlite3.Connection) -> Surroundings:
    """Return what the notes of one request depend on. The profiles are read only where a zone is asked for."""
    known = KnownCameras(settings.root)

    def record(camera_id: str | None) -> Record | None:
        return known.record(camera_id) if camera_id else None

    @cache
    def zones() -> dict[str, ZoneInfo]:
        found = {one.id: one.image for one in load_catalogue(settings.profile_folders).profiles}
        return {name: zone for name, part in found.items() if part and (zone := part.zone)}

    def zone_of(camera_id: str | None, profile: str | None) -> ZoneInfo:
        return zone_in(record(camera_id)) or zones().get(profile or "") or settings.zone

    def site_of(camera_id: str | None, at: datetime | None) -> Site | None:
        return site_at(sites_in(record(camera_id)), at)

    def position_of(camera_id: str | None) -> Position | None:
        row = index.execute(_POSITIONS, (camera_id,)).fetchone()
        found = json.loads(row[0] or "[]") if row else []
        return (found[0][0], found[0][1]) if found else None

    return Surroundings(zone_of, site_of, position_of)
