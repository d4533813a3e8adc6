"""The table of cameras as CSV."""

from ingest.fleet.health import Camera
from ingest.fleet.signals import signal_band

CSV_HEADER = (
    "camera_id", "name", "state", "last_contact_utc", "last_photo_utc", "last_report_utc", "battery_percent",
    "signal_csq", "signal", "sd_used_percent", "temperature_c", "photos_received", "photos_sent", "rejected",
    "clock_error_s", "clock", "latitude", "longitude", "profile", "registered", "attention", "notes",
    "battery_volts", "signal_dbm", "signal_percent", "camera_text",
)  # fmt: skip


def csv_row(camera: Camera) -> tuple[object, ...]:
    """Return a camera's row, in the order of CSV_HEADER."""
    latitude, longitude = camera.position or (None, None)
    return (
        camera.id,
        camera.name,
        camera.state,
        camera.contact.isoformat(timespec="seconds") if camera.contact else None,
        camera.last_image_at,
        camera.last_report_at,
        camera.battery_percent,
        camera.signal_csq,
        signal_band(camera.signal.strength if camera.signal else None),
        camera.sd_used_percent,
        camera.temperature_c,
        camera.images,
        camera.images_sent,
        camera.rejected,
        camera.clock.seconds if camera.clock else None,
        camera.clock.words if camera.clock else None,
        latitude,
        longitude,
        camera.profile,
        camera.registered,
        "; ".join(one.words for one in camera.attention),
        camera.notes,
        camera.battery_volts,
        camera.signal_dbm,
        camera.signal_percent,
        "; ".join(camera.called),
    )
