"""Photos and reports that write an ID and a position wherever a camera could, for the tests of this folder."""

from pathlib import Path
from typing import Any

import piexif

from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import parse_profile
from tests.samples.drawing import drawn

PROFILE = """
name = "Acme"
evidence = "a test"
[image]
match = { "exif.Make" = '^ACME' }
find = { "exif.ImageDescription" = 'ID=(?P<id>[^;]+)', "xmp.aux:SerialNumber" = '(?P<xmp>.+)' }
require = ["camera_id", "captured_at"]
[image.fields]
camera_id = { from = ["{id}", "{xmp}", "exif.UserComment", "exif.XPComment", "comment", "path"] }
captured_at = { from = "exif.DateTimeOriginal", as = "datetime", format = "%Y:%m:%d %H:%M:%S" }
location = { from = "exif.GPS" }
[report]
match = { "report.IMEI" = '' }
[report.fields]
camera_id = { from = "report.IMEI" }
location = { from = "report.GPS" }
"""


def profile(text: str = PROFILE) -> Profile:
    """Return the profile that reads these photos."""
    return parse_profile(text, Path("acme"))


def with_block(photo: bytes, *segments: tuple[int, bytes]) -> bytes:
    """Return a photo with further segments behind its EXIF."""
    end = 4 + int.from_bytes(photo[4:6], "big")
    headed = (bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body for marker, body in segments)
    return photo[:end] + b"".join(headed) + photo[end:]


def everywhere(name: str, owner: str, position: tuple[float, float]) -> bytes:
    """Return a photo of a camera of this name that says so in every tag that can hold a text, and in a thumbnail."""
    narrow = name.encode()
    place = f"{position[0]:.6f},{position[1]:.6f}"
    first = {
        piexif.ImageIFD.Make: b"ACME",
        piexif.ImageIFD.Model: b"X1\0" + narrow,
        piexif.ImageIFD.Artist: owner.encode(),
        piexif.ImageIFD.Copyright: f"(c) {owner}".encode(),
        piexif.ImageIFD.ImageDescription: f"ID={name};at {place}".encode(),
        piexif.ImageIFD.XPComment: f"{name} of {owner}".encode("utf-16-le"),
        piexif.ImageIFD.XPTitle: place.encode("utf-16-le"),
        piexif.ImageIFD.CameraSerialNumber: narrow,
    }
    exif = {
        piexif.ExifIFD.DateTimeOriginal: b"2026:04:30 15:46:07",
        piexif.ExifIFD.BodySerialNumber: narrow,
        piexif.ExifIFD.CameraOwnerName: owner.encode(),
        piexif.ExifIFD.UserComment: b"UNICODE\0" + f"{name} {place} ".encode("utf-16-be"),
        piexif.ExifIFD.MakerNote: b"ACME\0" + narrow + b"\0" + name.encode("utf-16-be") + place.encode(),
    }
    gps = {
        piexif.GPSIFD.GPSLatitudeRef: b"N",
        piexif.GPSIFD.GPSLatitude: _degrees(position[0]),
        piexif.GPSIFD.GPSLongitudeRef: b"E",
        piexif.GPSIFD.GPSLongitude: _degrees(position[1]),
        piexif.GPSIFD.GPSAltitude: (4217, 10),
        piexif.GPSIFD.GPSAreaInformation: f"ASCII\0\0\0{name}".encode(),
    }
    thumbnail = drawn(None, (64, 48))[:-2] + narrow + b"\xff\xd9"
    block: dict[str, Any] = {
        "0th": first,
        "Exif": exif,
        "GPS": gps,
        "1st": {piexif.ImageIFD.Make: narrow},
        "thumbnail": thumbnail,
    }
    packet = (
        f'<x xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" xmlns:exif="http://ns.adobe.com/exif/1.0/" '
        f'aux:SerialNumber="{name}" exif:GPSLatitude="52,5.926N"><aux:OwnerName>{owner}</aux:OwnerName></x>'
    )
    return with_block(
        drawn(block, (1280, 960)),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet.encode()),
        (0xED, b"Photoshop 3.0\0" + narrow + owner.encode()),
        (0xE5, narrow),
        (0xFE, f"SN={name} owner={owner} {place}".encode()),
    )


def _degrees(number: float) -> tuple[tuple[int, int], ...]:
    minutes = number % 1 * 60
    return ((int(number), 1), (int(minutes), 1), (round(minutes % 1 * 60 * 100), 100))
