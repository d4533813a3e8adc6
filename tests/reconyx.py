"""Draws photos as Reconyx HyperFire cameras take them: who took it and when is in the MakerNote alone.

The layout of the MakerNote is that of exiftool's Reconyx.pm: shorts, little-endian, whatever the EXIF around it is.
"""

import struct
from datetime import datetime

import piexif

from ingest.simulation.photos import photo

SERIAL = "H500HF05170042"
WHEN = datetime(2026, 11, 21, 1, 15, 30)  # noqa: DTZ001 - camera time is naive
PROFILE = """
name = "Reconyx HyperFire HC500"
evidence = "exiftool's Reconyx.pm"
[image]
match = { "exif.Make" = '^RECONYX$', "exif.Model" = '^HC500 ' }
require = ["camera_id", "captured_at"]
[image.fields]
camera_id = { from = "makernote.SerialNumber" }
captured_at = { from = "makernote.DateTimeOriginal", format = "%Y:%m:%d %H:%M:%S" }
"""


def hyperfire_makernote(serial: str, captured_at: datetime, label: str = "NORTH RIDGE") -> bytes:
    """Return the MakerNote of a HyperFire: version, firmware, trigger, sequence, event, time, moon, weather, serial."""
    taken = captured_at
    return b"".join(
        (
            struct.pack("<H3H2H", 0xF101, 3, 2, 0, 0x2010, 0x0401),
            b"M\0" + struct.pack("<2H2H", 1, 3, 0, 77),
            struct.pack("<6H", taken.second, taken.minute, taken.hour, taken.month, taken.day, taken.year),
            struct.pack("<HH2h", taken.isoweekday() % 7, 4, 50, 10),
            serial.encode("utf-16-le").ljust(30, b"\0")[:30],
            struct.pack("<4H3H", 10, 11, 12, 13, 1, 3, 8500),
            label.encode().ljust(22, b"\0")[:22],
        )
    )


def hyperfire_photo(
    serial: str = SERIAL,
    captured_at: datetime = WHEN,
    *,
    makernote: bytes | None = None,
    make: str = "RECONYX",
    seed: int = 1,
    size: tuple[int, int] = (64, 48),
) -> bytes:
    """Return a photo of an HC500, or one with another MakerNote or make."""
    note = hyperfire_makernote(serial, captured_at) if makernote is None else makernote
    exif = {
        "0th": {piexif.ImageIFD.Make: make.encode(), piexif.ImageIFD.Model: b"HC500 HYPERFIRE"},
        "Exif": {piexif.ExifIFD.MakerNote: note},
    }
    return photo(exif, size=size, seed=seed)
