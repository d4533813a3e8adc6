"""Small spools to export, and what is read back from a package."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ingest.exports.building import build, survey_spool
from ingest.exports.camera_facts import CameraFacts, Shot, Told
from ingest.exports.package import Order
from ingest.exports.survey import Survey
from ingest.settings.values import Settings
from ingest.spool.camera_records import write_camera_record
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import new_id, utc_text
from tests.spools import make_sidecar
from tests.years import fill

DAY_S, HOUR_S = 86_400, 3_600
DAY = timedelta(days=1)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
NOON_S = int(NOON.timestamp())
OAK = (52.1, 5.1)


def photo(at: datetime, camera_id: str = "oak", late: timedelta = timedelta(seconds=30), **changes: Any) -> Sidecar:
    """Return the sidecar of a photo that was taken at a moment, by a clock in UTC, and arrived a little later."""
    captured = at.replace(microsecond=0)
    values: dict[str, Any] = {
        "camera_id": camera_id,
        "profile": "willfine-4.0t-cg",
        "captured_at": captured.replace(tzinfo=None).isoformat(),
        "captured_at_utc": utc_text(captured),
        "received_at": utc_text(at + late),
        "latitude": OAK[0],
        "longitude": OAK[1],
        "exif": {"Make": "Willfine", "Model": "4.0T CG"},
    }
    return make_sidecar(new_id(at + late), **(values | changes))


def report(at: datetime, camera_id: str = "oak", **fields: Any) -> Sidecar:
    """Return the sidecar of a report that was written at a moment and arrived a little later."""
    told = {"camera_id": camera_id, "reported_at": at.replace(tzinfo=None, microsecond=0).isoformat(), **fields}
    came_at = at + timedelta(seconds=20)
    return make_sidecar(
        new_id(came_at), kind="report", camera_id=camera_id, received_at=utc_text(came_at), fields=told, profile="x"
    )


def daily(days: int, camera_id: str = "oak", since: datetime = NOON, **changes: Any) -> list[Sidecar]:
    """Return a photo, with changes, and a report of each of some days."""
    moments = [since + number * DAY for number in range(days)]
    return [
        one for at in moments for one in (photo(at, camera_id, **changes), report(at + timedelta(hours=6), camera_id))
    ]


def enter_site(root: Path, camera_id: str = "oak", **site: Any) -> None:
    """Write a camera's record with one site."""
    values = {"name": "Old oak", "latitude": OAK[0], "longitude": OAK[1], "from": None, "until": None}
    write_camera_record(root, camera_id, {"name": "Camera of the oak", "sites": [values | site]})


def surveyed(root: Path, sidecars: Iterable[Sidecar], now: datetime, **settings: Any) -> tuple[Settings, Survey]:
    """Fill a spool and look at its cameras."""
    fill(root, sidecars)
    chosen = Settings(root=root, **settings)
    return chosen, survey_spool(chosen, now)


def exported(settings: Settings, found: Survey, to: Path, order: Order | None = None) -> Path:
    """Write a package and return where."""
    for _ in build(settings, found, order or Order(), to):
        pass
    return to


def shots(*hours: float, late_s: int = 30, **changes: Any) -> tuple[Shot, ...]:
    """Return photos that were taken so many hours after noon."""
    moments = [NOON_S + round(hour * HOUR_S) for hour in hours]
    return tuple(Shot(at, at + late_s, **changes) for at in moments)


def told(*hours: float, **figures: Any) -> tuple[Told, ...]:
    """Return reports that were written so many hours after noon, and came at once."""
    moments = [NOON_S + round(hour * HOUR_S) for hour in hours]
    return tuple(Told(at, at, **figures) for at in moments)


def facts(**values: Any) -> CameraFacts:
    """Return what is known of a camera whose clock is in UTC."""
    return CameraFacts(**{"camera_id": "oak", "zone": UTC, **values})
