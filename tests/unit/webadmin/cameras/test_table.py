"""The table of cameras as CSV: each value under its own heading."""

from dataclasses import replace

from ingest.fleet.health import never_seen
from tests.unit.webadmin.cameras.examples import judged
from tests.unit.webadmin.site import CAMERA
from webadmin.cameras.table import CSV_HEADER, csv_row


def test_every_value_stands_under_its_heading() -> None:
    record = {"name": "Oak ride", "notes": "Key 14"}
    whole = judged(
        record,
        battery_percent=20,
        battery_volts=5.4,
        signal_dbm=-77,
        signal_percent=58,
        positions="[[52.1, 5.2]]",
        clock_errors_s="3600",
        last_image_at="2026-06-01T10:00:00.000000Z",
        last_report_at="2026-06-01T11:00:00.000000Z",
    )
    camera = replace(whole, called=("Oak 1", "CAM1"))
    assert dict(zip(CSV_HEADER, csv_row(camera), strict=True)) == {
        "camera_id": CAMERA,
        "name": "Oak ride",
        "state": "active",
        "last_contact_utc": "2026-06-01T11:00:00+00:00",
        "last_photo_utc": "2026-06-01T10:00:00.000000Z",
        "last_report_utc": "2026-06-01T11:00:00.000000Z",
        "battery_percent": 20,
        "signal_csq": 18,
        "signal": "good",
        "sd_used_percent": 2.6,
        "temperature_c": 21,
        "photos_received": 3,
        "photos_sent": 4,
        "rejected": 1,
        "clock_error_s": 3600,
        "clock": "1 h behind: the time zone or daylight saving is set wrong",
        "latitude": 52.1,
        "longitude": 5.2,
        "profile": "willfine-4.0t-cg",
        "registered": True,
        "attention": "Battery at 20 %; Clock 1 h behind: the time zone or daylight saving is set wrong",
        "notes": "Key 14",
        "battery_volts": 5.4,
        "signal_dbm": -77,
        "signal_percent": 58,
        "camera_text": "Oak 1; CAM1",
    }


def test_what_is_not_known_is_empty_and_no_zero() -> None:
    told = {name: value for name, value in zip(CSV_HEADER, csv_row(never_seen(CAMERA, {})), strict=True) if value}
    assert told == {"camera_id": CAMERA, "state": "never", "signal": "unknown"}
