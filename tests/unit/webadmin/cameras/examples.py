"""A healthy camera as the index tells of it, and its daily report: what the tests of this folder begin with."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from ingest.fleet.attention import Refusal
from ingest.fleet.health import Camera, read_camera
from ingest.spool.sidecar import Sidecar
from tests.unit.webadmin.site import CAMERA, accepted

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""The moment that the row is judged at, an hour after its last contact."""


def row(**changes: Any) -> dict[str, Any]:
    """Return a camera's row of the index, joined with its last report."""
    whole = {
        "camera_id": CAMERA,
        "profile": "willfine-4.0t-cg",
        "last_received_at": "2026-06-01T11:00:00.000000Z",
        "last_image_at": None,
        "last_report_at": None,
        "images_accepted": 3,
        "rejected": 1,
        "last_image_id": None,
        "clock_errors_s": "30 40 35",
        "positions": "[[52.0, 5.0], [52.0, 5.0]]",
        "home": "[52.0, 5.0]",
        "battery_percent": 96,
        "battery_volts": None,
        "signal_csq": 18,
        "signal_dbm": None,
        "signal_percent": None,
        "temperature_c": 21,
        "sd_used_percent": 2.6,
        "images_sent": 4,
    }
    return {**whole, **changes}


def judged(
    record: dict[str, Any] | None = None,
    refusal: Refusal | None = None,
    called: tuple[str, ...] = (),
    **changes: Any,
) -> Camera:
    """Return the camera of a row, judged at noon."""
    return read_camera(row(**changes), record, NOON, 7, refusal, called)


def report(ago: timedelta, **fields: Any) -> Sidecar:
    """Return the sidecar of an accepted report with these figures."""
    whole = accepted(ago, kind="report", upload_path=f"{CAMERA}-dr.txt", captured_at=None, captured_at_utc=None)
    return replace(whole, fields={"camera_id": CAMERA, **fields})
