"""Samples of the gateway's own test photo."""

from collections.abc import Iterator
from typing import Any

from piexif import ExifIFD, ImageIFD

from ingest.simulation.photos import gps_tags
from tests.samples.drawing import drawn

WHEN = b"2026:04:30 15:46:07"


def samples() -> Iterator[tuple[str, bytes]]:
    """Yield upload path and content."""
    yield "canary.jpg", drawn(_tags())
    yield "other-make.jpg", drawn(_tags(("0th", ImageIFD.Make, b"Camspool Ltd")))
    yield "other-model.jpg", drawn(_tags(("0th", ImageIFD.Model, b"Sparrow")))
    yield "no-camera-id.jpg", drawn(_tags(("Exif", ExifIFD.BodySerialNumber, b"")))
    yield "no-date.jpg", drawn(_tags(("Exif", ExifIFD.DateTimeOriginal, b"")))
    yield "no-position.jpg", drawn({**_tags(), "GPS": {}})


def _tags(*changes: tuple[str, int, Any]) -> dict[str, dict[int, Any]]:
    tags: dict[str, dict[int, Any]] = {
        "0th": {ImageIFD.Make: b"Camspool", ImageIFD.Model: b"Canary"},
        "Exif": {ExifIFD.DateTimeOriginal: WHEN, ExifIFD.BodySerialNumber: b"canary"},
        "GPS": gps_tags(52.1, 5.1),
    }
    for directory, tag, value in changes:
        tags[directory][tag] = value
    return tags
