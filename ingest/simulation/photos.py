"""Makes the photos that cameras send, with realistic EXIF and names.

Pictures are drawn once for each size and scene; a new photo only gets new EXIF and a comment that changes its sha256.
"""

import struct
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import piexif

from ingest.reading.imei import check_digit
from ingest.simulation.forest import Size, forest_picture

Exif = Mapping[str, Mapping[int, Any]]
"""Tags as piexif takes them: by directory ("0th", "Exif", "GPS") and tag number."""

SIZE: Size = (1280, 960)
_SCENES = 5
_EXIF_TIME = "%Y:%m:%d %H:%M:%S"
COMPACT_TIME = "%d%m%Y%H%M%S"
"""How names carry a time: DDMMYYYYHHMMSS."""


def simulated_imei(number: int) -> str:
    """Return a valid IMEI, another for each number from 0 to 999,999.

    >>> simulated_imei(6802)
    '861943070068027'
    """
    first_14 = f"86194307{number:06d}"
    return first_14 + check_digit(first_14)


def willfine_photo(
    imei: str, captured_at: datetime, latitude: float | None, longitude: float | None, *, size: Size = SIZE, seed: int
) -> bytes:
    """Return a Willfine 4.0T CG photo; without a position when latitude or longitude is None."""
    return photo(willfine_exif(imei, captured_at, latitude, longitude, size), size=size, seed=seed)


def willfine_exif(
    imei: str, captured_at: datetime, latitude: float | None, longitude: float | None, size: Size = SIZE
) -> dict[str, dict[int, Any]]:
    """Return the tags of a Willfine 4.0T CG, whose serial number is its IMEI."""
    exif = _common_exif("Willfine", "4.0T CG Regular lens", "R1.0", captured_at, size)
    exif["Exif"][piexif.ExifIFD.BodySerialNumber] = imei.encode()
    return exif | {"GPS": gps_tags(latitude, longitude)}


def willfine_name(number: int) -> str:
    """Return a photo's name: a counter, no ID, so names repeat across cameras.

    >>> willfine_name(159)
    'E1000159.JPG'
    """
    return f"E1{number % 1_000_000:06d}.JPG"


def swift_photo(
    captured_at: datetime, latitude: float | None, longitude: float | None, *, size: Size = SIZE, seed: int
) -> bytes:
    """Return a Swift Enduro 4.0PCG-R photo; which camera took it is in its name only, see `swift_name`."""
    return photo(swift_exif(captured_at, latitude, longitude, size), size=size, seed=seed)


def swift_exif(
    captured_at: datetime, latitude: float | None, longitude: float | None, size: Size = SIZE
) -> dict[str, dict[int, Any]]:
    """Return the tags of a Swift Enduro 4.0PCG-R."""
    exif = _common_exif("SY", "4.0PCG-R", "V2.11", captured_at, size)
    return exif | {"GPS": gps_tags(latitude, longitude)}


def swift_name(imei: str, captured_at: datetime, number: int, camera_name: str = "") -> str:
    """Return a photo's name; a camera that has a name puts it in front, padded with spaces to 12 characters.

    >>> swift_name("868020035314870", datetime(2026, 3, 10, 9, 1, 26), 67, "WBC398")
    'WBC398      -868020035314870-10032026090126-4-SYPR0067.JPG'
    """
    front = f"{camera_name:12}-" if camera_name else ""
    return f"{front}{imei}-{captured_at.strftime(COMPACT_TIME)}-4-SYPR{number % 10_000:04d}.JPG"


def plain_photo(*, size: Size = SIZE, seed: int) -> bytes:
    """Return a photo without EXIF, as INSTAR cameras send and as apps leave them."""
    return photo(None, size=size, seed=seed)


def instar_path(latitude: float, longitude: float, captured_at: datetime) -> str:
    """Return an INSTAR photo's upload path, which is all it says about itself.

    >>> instar_path(52.02368, 12.9829, datetime(2026, 4, 9, 16, 4, 5))
    'INSTAR/lat52.02368_lon12.98290/A_2026-04-09_16-04-05.jpeg'
    """
    return f"INSTAR/lat{latitude:.5f}_lon{longitude:.5f}/A_{captured_at:%Y-%m-%d_%H-%M-%S}.jpeg"


def photo(exif: Exif | None, *, size: Size = SIZE, seed: int) -> bytes:
    """Return a JPEG with these tags (None: without EXIF). Equal arguments give equal bytes, another seed others."""
    picture = forest_picture(size, seed % _SCENES)
    comment = _segment(0xFE, f"simulated {seed}".encode())
    return picture[:2] + (exif_segment(piexif.dump(exif)) if exif is not None else b"") + comment + picture[2:]


def exif_segment(content: bytes) -> bytes:
    r"""Return an APP1 segment; `content` begins with `Exif\0\0`. Raise ValueError when it is too long for one."""
    return _segment(0xE1, content)


def gps_tags(latitude: float | None, longitude: float | None) -> dict[int, Any]:
    """Return the GPS directory of a position in degrees; empty when there is none."""
    if latitude is None or longitude is None:
        return {}
    return {
        piexif.GPSIFD.GPSVersionID: (2, 2, 0, 0),
        piexif.GPSIFD.GPSLatitudeRef: b"N" if latitude >= 0 else b"S",
        piexif.GPSIFD.GPSLatitude: _triple(abs(latitude)),
        piexif.GPSIFD.GPSLongitudeRef: b"E" if longitude >= 0 else b"W",
        piexif.GPSIFD.GPSLongitude: _triple(abs(longitude)),
    }


def _common_exif(make: str, model: str, software: str, captured_at: datetime, size: Size) -> dict[str, dict[int, Any]]:
    when = captured_at.strftime(_EXIF_TIME).encode()
    night = not 7 <= captured_at.hour < 19
    first = {
        piexif.ImageIFD.Make: make.encode(),
        piexif.ImageIFD.Model: model.encode(),
        piexif.ImageIFD.Orientation: 1,
        piexif.ImageIFD.XResolution: (72, 1),
        piexif.ImageIFD.YResolution: (72, 1),
        piexif.ImageIFD.ResolutionUnit: 2,
        piexif.ImageIFD.Software: software.encode(),
        piexif.ImageIFD.DateTime: when,
    }
    exposure = {
        piexif.ExifIFD.ExposureTime: (1, 15 if night else 125),
        piexif.ExifIFD.FNumber: (24, 10),
        piexif.ExifIFD.ISOSpeedRatings: 1600 if night else 100,
        piexif.ExifIFD.ExifVersion: b"0220",
        piexif.ExifIFD.DateTimeOriginal: when,
        piexif.ExifIFD.DateTimeDigitized: when,
        piexif.ExifIFD.Flash: 1 if night else 0,
        piexif.ExifIFD.PixelXDimension: size[0],
        piexif.ExifIFD.PixelYDimension: size[1],
    }
    return {"0th": first, "Exif": exposure}


def _triple(degrees: float) -> tuple[tuple[int, int], ...]:
    whole_seconds, rest = divmod(round(degrees * 3_600_000), 1000)
    return (whole_seconds // 3600, 1), (whole_seconds // 60 % 60, 1), (whole_seconds % 60 * 1000 + rest, 1000)


def _segment(marker: int, content: bytes) -> bytes:
    if len(content) > 65533:
        raise ValueError(f"a JPEG segment holds at most 65533 bytes, not {len(content)}")
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content
