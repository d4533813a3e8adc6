"""Samples of the Swift Enduro 4.0PCG-R: the IMEI is in the file name; reports with `Total Pics`."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from piexif import GPSIFD, ExifIFD, ImageIFD

from ingest.simulation.photos import swift_exif, swift_name, swift_photo
from ingest.simulation.reports import swift_report, swift_report_name
from tests.samples.drawing import drawn

IMEI = "868020035314870"
WHEN = datetime(2026, 4, 30, 9, 1, 26)  # noqa: DTZ001 - a camera's clock has no zone
POSITION = (-32.935, 117.16)
Tags = dict[str, dict[int, Any]]


def samples() -> Iterator[tuple[str, bytes]]:
    """Yield upload path and content."""
    yield swift_name(IMEI, WHEN, 67, "WBC398"), swift_photo(WHEN, *POSITION, seed=2)
    yield swift_name(IMEI, WHEN, 68), drawn(_tags())
    yield f"truncated/{swift_name(IMEI, WHEN, 69)}", drawn(_tags())[:4000]
    yield from _names()
    yield from _tag_faults()
    yield from _reports()


def _names() -> Iterator[tuple[str, bytes]]:
    photo = drawn(_tags())
    yield "no-imei-in-name/SYPR0070.JPG", photo
    yield f"14-digits/{swift_name(IMEI[:14], WHEN, 71)}", photo
    yield f"16-digits/{swift_name(IMEI + '1', WHEN, 72)}", photo
    yield f"imei-in-folder-only/{IMEI}/SYPR0073.JPG", photo
    yield f"imei-check-digit/{swift_name('868020035314871', WHEN, 74)}", photo
    yield f"underscore/WBC398_{swift_name(IMEI, WHEN, 75)}", photo
    yield f"second-of-its-name/{swift_name(IMEI, WHEN, 76)}.1", photo


def _tag_faults() -> Iterator[tuple[str, bytes]]:
    plain = ("0th", ImageIFD.Model, b"4.0PCG")
    yield f"plain-4.0PCG-is-not-supported/{swift_name(IMEI, WHEN, 80)}", drawn(_tags(plain))
    yield f"other-make/{swift_name(IMEI, WHEN, 81)}", drawn(_tags(("0th", ImageIFD.Make, b"SYNTEK")))
    padded = (("0th", ImageIFD.Make, b"SY      \0\0"), ("0th", ImageIFD.Model, b"4.0PCG-R\0\0\0\0"))
    yield f"padded-make/{swift_name(IMEI, WHEN, 82)}", drawn(_tags(*padded))
    yield f"no-date/{swift_name(IMEI, WHEN, 83)}", drawn(_tags(("Exif", ExifIFD.DateTimeOriginal, b"")))
    zero = ("Exif", ExifIFD.DateTimeOriginal, b"0000:00:00 00:00:00")
    yield f"zero-date/{swift_name(IMEI, WHEN, 84)}", drawn(_tags(zero))
    yield f"no-position/{swift_name(IMEI, WHEN, 85)}", drawn({**_tags(), "GPS": {}})
    far = ("GPS", GPSIFD.GPSLongitude, ((217, 1), (9, 1), (36, 1)))
    yield f"longitude-out-of-range/{swift_name(IMEI, WHEN, 86)}", drawn(_tags(far))
    yield f"no-exif/{swift_name(IMEI, WHEN, 87)}", drawn(None)


def _reports() -> Iterator[tuple[str, bytes]]:
    name = swift_report_name(IMEI, WHEN)
    text = swift_report(IMEI, WHEN).decode()
    yield name, text.encode()
    yield f"crlf/{name}", text.replace("\n", "\r\n").encode()
    yield f"byte-order-mark/{name}", b"\xef\xbb\xbf" + text.encode()
    yield f"gbk/{name}", text.replace(" Celsius Degree", "℃").encode("gbk")
    yield f"latin-1/{name}", text.replace(" Celsius Degree", "°C").encode("latin-1")
    yield f"utf-16/{name}", text.encode("utf-16")
    yield f"fahrenheit/{name}", text.replace("21 Celsius Degree", "70 Fahrenheit Degree").encode()
    yield f"below-zero/{name}", text.replace("21 Celsius", "-7 Celsius").encode()
    yield f"signal-unknown/{name}", text.replace("CSQ:18", "CSQ:99").encode()
    yield f"no-camera-name/{name}", text.replace("WBC398", "").encode()
    yield f"other-counters/{name}", text.replace("Total Pics", "Pictures").replace("Send times", "Mailed").encode()
    yield f"no-imei-line/{name}", text.replace(f"IMEI:{IMEI}\n", "").encode()
    yield f"bad-imei/{name}", text.replace(IMEI, "none yet").encode()
    yield f"imei-check-digit/{name}", text.replace(IMEI, "868020035314871").encode()
    yield f"impossible-gps/{name}", text.replace("S32*56'06\"", "S92*56'06\"").encode()
    yield f"values-left-out/{name}", f"IMEI:{IMEI}\nTotal Pics:\nSend times:\n".encode()


def _tags(*changes: tuple[str, int, Any]) -> Tags:
    tags = swift_exif(WHEN, *POSITION)
    for directory, tag, value in changes:
        tags[directory][tag] = value
    return tags
