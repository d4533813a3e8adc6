"""Samples of makes whose EXIF says what they are and when; where it has no serial number, the account is the ID.

What lies below `own-account/` comes by an account that belongs to one camera, as its expected sidecar says.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from piexif import ExifIFD, ImageIFD

from ingest.simulation.photos import gps_tags
from tests.reconyx import hyperfire_makernote
from tests.samples.drawing import plain

Samples = Iterator[tuple[str, bytes]]
WHEN = b"2026:04:30 15:46:07"


def bushnell() -> Samples:
    """Yield upload path and content."""
    yield from _without_serial(b"BUSHNELL", b"", "04300001.JPG")


def cuddeback() -> Samples:
    """Yield upload path and content; the last has the make as its model."""
    yield from _without_serial(b"CUDDEBACK", b"Ambush", "IMG0001.JPG")
    yield "own-account/in-the-model/IMG0002.JPG", _photo(b"G6.1", b"CUDDEBACK")


def reconyx() -> Samples:
    """Yield upload path and content; serial number, and in the second the time as well, are in the MakerNote."""
    make, model, gps = b"RECONYX", b"HC500 HYPERFIRE", gps_tags(-33.92487, 18.42406)
    note = {ExifIFD.MakerNote: hyperfire_makernote("H500DE01120343", datetime(2026, 4, 30, 15, 46, 7))}  # noqa: DTZ001
    yield "RCNX0002.JPG", _photo(make, model, note, gps)
    yield "time-in-the-note/RCNX0003.JPG", _photo(make, model, {**note, **_at(b"")}, gps)
    yield from _without_serial(make, model, "RCNX0001.JPG")


def gopro() -> Samples:
    """Yield upload path and content."""
    serial = {ExifIFD.BodySerialNumber: b"C3461325454327"}
    yield "GOPR0056.JPG", _photo(b"GoPro", b"HERO10 Black", serial, gps_tags(53.374225, -1.580497))
    yield "no-gps/GOPR0057.JPG", _photo(b"GoPro", b"HERO5 Black", serial)
    yield "own-account/no-serial/GOPR0058.JPG", _photo(b"GoPro", b"HERO10 Black")
    yield "no-serial/GOPR0059.JPG", _photo(b"GoPro", b"HERO10 Black")
    yield "zero-date/GOPR0060.JPG", _photo(b"GoPro", b"HERO10 Black", {**serial, **_at(b"0000:00:00 00:00:00")})
    yield "other-make/GOPR0061.JPG", _photo(b"GoProX", b"HERO10 Black", serial)
    yield "other-model/GOPR0062.JPG", _photo(b"GoPro", b"Camera", serial)


def _without_serial(make: bytes, model: bytes, name: str) -> Samples:
    yield f"own-account/{name}", _photo(make, model)
    yield f"own-account/padded/{name}", _photo(make + b"   \0\0", model)
    yield f"own-account/with-gps/{name}", _photo(make, model, gps=gps_tags(-33.92487, 18.42406))
    yield f"own-account/no-date/{name}", _photo(make, model, _at(b""))
    yield f"shared-account/{name}", _photo(make, model)
    yield f"other-make/{name}", _photo(b"Oakfine", b"T9")


def _at(time: bytes) -> dict[int, bytes]:
    return {ExifIFD.DateTimeOriginal: time}


def _photo(make: bytes, model: bytes, exif: dict[int, Any] | None = None, gps: dict[int, Any] | None = None) -> bytes:
    return plain(
        {"0th": {ImageIFD.Make: make, ImageIFD.Model: model}, "Exif": {**_at(WHEN), **(exif or {})}, "GPS": gps or {}}
    )
