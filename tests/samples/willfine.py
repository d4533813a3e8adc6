"""Samples of the Willfine 4.0T CG: photos named by a counter, IMEI as serial number; reports in every encoding."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import piexif
from piexif import GPSIFD, ExifIFD, ImageIFD

from ingest.simulation.photos import willfine_exif, willfine_name, willfine_photo
from ingest.simulation.reports import willfine_report, willfine_report_name
from tests.samples.drawing import drawn, with_block

IMEI = "861943070068027"
WHEN = datetime(2026, 4, 30, 15, 46, 7)  # noqa: DTZ001 - a camera's clock has no zone
POSITION = (52.098767, 5.125342)
Tags = dict[str, dict[int, Any]]


def samples() -> Iterator[tuple[str, bytes]]:
    """Yield upload path and content."""
    whole = willfine_photo(IMEI, WHEN, *POSITION, seed=1)
    yield willfine_name(159), whole
    yield f"truncated/{willfine_name(160)}", whole[:30_000]
    yield f"trailing-bytes/{willfine_name(161)}", drawn(_tags()) + b"\0" * 500 + b"end of transfer\r\n"
    yield f"small-picture/{willfine_name(162)}", drawn(_tags(), (640, 480))
    yield from _identities()
    yield from _dates()
    yield from _positions()
    yield from _damage(whole)
    yield from _reports()


def _identities() -> Iterator[tuple[str, bytes]]:
    yield f"other-make/{willfine_name(200)}", drawn(_tags(("0th", ImageIFD.Make, b"Oakfine")))
    yield f"other-model/{willfine_name(201)}", drawn(_tags(("0th", ImageIFD.Model, b"3.0T CG")))
    padded = (("0th", ImageIFD.Make, b"  Willfine   \0\0\0"), ("0th", ImageIFD.Model, b"4.0T CG Regular lens \0\0"))
    yield f"padded-make/{willfine_name(202)}", drawn(_tags(*padded))
    yield f"no-camera-id/{willfine_name(203)}", drawn(_tags(("Exif", ExifIFD.BodySerialNumber, b"   ")))
    yield f"bad-camera-id/{willfine_name(204)}", drawn(_tags(("Exif", ExifIFD.BodySerialNumber, b"../../etc")))
    wrong_digit = b"861943070068028"
    yield f"imei-check-digit/{willfine_name(205)}", drawn(_tags(("Exif", ExifIFD.BodySerialNumber, wrong_digit)))


def _dates() -> Iterator[tuple[str, bytes]]:
    for number, (name, text) in enumerate(
        {
            "no-date": b"    :  :     :  :  ",
            "zero-date": b"0000:00:00 00:00:00",
            "bad-date": b"2026:13:45 25:61:61",
            "date-with-nul": b"2026:04:30 15:46:07\0",
            "date-in-2099": b"2099:01:01 00:00:00",
            "date-after-reset": b"2000:01:01 00:03:12",
        }.items()
    ):
        yield f"{name}/{willfine_name(300 + number)}", drawn(_tags(("Exif", ExifIFD.DateTimeOriginal, text)))
    offset = ("Exif", ExifIFD.OffsetTimeOriginal, b"+02:00")
    yield f"own-time-zone/{willfine_name(310)}", drawn(_tags(offset))


def _positions() -> Iterator[tuple[str, bytes]]:
    whole = ((52, 1), (5, 1), (5556, 100))
    for number, (name, latitude) in enumerate(
        {
            "60-seconds": ((52, 1), (5, 1), (60, 1)),
            "60-minutes": ((52, 1), (60, 1), (0, 1)),
            "61-minutes": ((52, 1), (61, 1), (0, 1)),
            "latitude-out-of-range": ((152, 1), (5, 1), (0, 1)),
            "latitude-0-by-0": ((0, 0), (0, 0), (0, 0)),
        }.items()
    ):
        yield f"{name}/{willfine_name(400 + number)}", drawn(_tags(("GPS", GPSIFD.GPSLatitude, latitude)))
    yield f"no-position/{willfine_name(410)}", drawn({**_tags(), "GPS": {}})
    zeros = ((0, 1), (0, 1), (0, 1))
    no_fix = _tags(("GPS", GPSIFD.GPSLatitude, zeros), ("GPS", GPSIFD.GPSLongitude, zeros))
    yield f"no-gps-fix/{willfine_name(411)}", drawn(no_fix)
    south_west = (("GPS", GPSIFD.GPSLatitudeRef, b"S"), ("GPS", GPSIFD.GPSLongitudeRef, b"W"))
    yield f"south-west/{willfine_name(412)}", drawn(_tags(*south_west))
    no_letter = _tags(("GPS", GPSIFD.GPSLatitude, whole))
    del no_letter["GPS"][GPSIFD.GPSLatitudeRef]
    yield f"no-hemisphere/{willfine_name(413)}", drawn(no_letter)
    half = _tags()
    del half["GPS"][GPSIFD.GPSLongitude]
    yield f"latitude-only/{willfine_name(414)}", drawn(half)
    everything = {**_tags(("Exif", ExifIFD.BodySerialNumber, b""), ("Exif", ExifIFD.DateTimeOriginal, b"")), "GPS": {}}
    yield f"nothing-but-make/{willfine_name(415)}", drawn(everything)


def _damage(whole: bytes) -> Iterator[tuple[str, bytes]]:
    yield f"empty/{willfine_name(500)}", b""
    yield f"not-a-jpeg/{willfine_name(501)}", b"\x89PNG\r\n\x1a\n" + b"\0" * 100
    yield f"no-exif/{willfine_name(502)}", drawn(None)
    block = piexif.dump(_tags())
    yield f"exif-without-header/{willfine_name(503)}", with_block(block[:6] + b"XX" + block[8:])
    gps_count = block.index(b"\x88\x25") + 8  # where the pointer to the GPS directory lies
    lost_gps = block[:gps_count] + b"\x7f\xff\xff\xff" + block[gps_count + 4 :]
    yield f"exif-partly-damaged/{willfine_name(504)}", with_block(lost_gps)
    yield f"only-the-beginning/{willfine_name(505)}", whole[:900]
    yield "no-suffix/E1000506", drawn(_tags())
    yield f"second-of-its-name/{willfine_name(507)}.1", drawn(_tags())


def _reports() -> Iterator[tuple[str, bytes]]:
    name = willfine_report_name(IMEI, WHEN)
    text = willfine_report(IMEI, WHEN).decode()
    yield name, text.encode()
    yield f"byte-order-mark/{name}", b"\xef\xbb\xbf" + text.encode()
    yield f"crlf/{name}", text.replace("\n", "\r\n").encode()
    yield f"gbk/{name}", text.encode("gbk")
    yield f"latin-1/{name}", text.replace("℃", "°C").encode("latin-1")
    yield f"utf-16/{name}", text.encode("utf-16")
    yield f"utf-16-without-mark/{name}", text.encode("utf-16-be")
    yield f"fahrenheit/{name}", text.replace("24℃", "75℉").encode()
    yield f"signal-unknown/{name}", text.replace("CSQ:31", "CSQ:99").encode()
    yield f"volts/{name}", text.replace("60%", "11.8V").encode()
    yield f"date-and-time-apart/{name}", text.replace(" 15:46:07", "\nTime:15:46:07").encode()
    yield f"map-link/{name}", text.replace("GPS:", "GPS:http://maps.google.com/?q=").encode()
    yield f"thousands/{name}", text.replace("Total:159", "Total:1,159").encode()
    yield f"wide-colon/{name}", text.replace(":", "：").encode()
    yield f"two-cameras/{name}", (text + "\n" + text.replace(IMEI, "490154203237518").replace("60%", "48%")).encode()
    yield f"card-in-gigabytes/{name}", text.replace("59405M/59628M", "58G/58.5G").encode()
    yield f"no-total/{name}", text.replace("Total:159\n", "").encode()
    yield f"other-counters/{name}", text.replace("Total:", "Pictures:").replace("Send:", "Mailed:").encode()
    yield f"no-imei-line/{name}", text.replace(f"IMEI:{IMEI}\n", "").encode()
    yield f"empty-imei/{name}", text.replace(IMEI, "").encode()
    yield f"imei-check-digit/{name}", text.replace(IMEI, "861943070068028").encode()
    yield f"impossible-gps/{name}", text.replace("52.098737", "152.098737").encode()
    yield f"unreadable-values/{name}", _unreadable(text).encode()
    yield f"strange-lines/{name}", (text + "good morning\n").encode()
    yield f"empty/{name}", b""
    yield f"no-lines/{name}", b"\x00\x01\x02 nothing to read here \xff\n"


def _unreadable(text: str) -> str:
    broken = {
        "CSQ:31": "CSQ:45",
        "24℃": "warm",
        f"{WHEN:%d/%m/%Y}": "00/00/0000",
        "60%": "600%",
        "59405M/59628M": "59628M/59405M",
        "Total:159": "Total:many",
        "Send:12": "Send:",
        "GPS:52.098737,5.125504": "GPS:0.000000,0.000000",
    }
    for good, bad in broken.items():
        text = text.replace(good, bad)
    return text


def _tags(*changes: tuple[str, int, Any]) -> Tags:
    tags = willfine_exif(IMEI, WHEN, *POSITION)
    for directory, tag, value in changes:
        tags[directory][tag] = value
    return tags
