"""Makes hostile files without end: what broken cameras and attackers could upload. Equal seeds give equal files."""

import random
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import piexif

from ingest.simulation.photos import exif_segment, plain_photo
from tests.faults.scene import LIST, REPORT, picture

_HEADER = b"Exif\0\0"
_TYPES = range(14)
_NAMES = [
    b"E%d.JPG", b"%d.txt", b"-rf %d.jpg", b"\xff\xfe%d.jpeg", b"a\nb%d.jpg", b"%%2e%%2e%%2f%d.jpg", b"%d.jpg.json",
    b"<script>%d.JPG", b"\xf0\x9f\xa6\x8a%d.txt", b"$(reboot)%d.jpg", b"%d", b"CON%d.jpg", b"%d.JPG.exe", b"~%d~origin",
    b"x" * 200 + b"%d.jpg", b"\xe2\x80\xae%d.gpj", b"' OR 1=1 --%d.jpg",
]  # fmt: skip


@dataclass(frozen=True)
class Hostile:
    """One file: its name as bytes on disk, another for each number, and its content."""

    name: bytes
    content: bytes


def corpus(count: int, seed: str) -> Iterator[Hostile]:
    """Yield so many hostile files."""
    dice = random.Random(seed)
    for number in range(count):
        make = dice.choice(_KINDS)
        yield Hostile(dice.choice(_NAMES) % number, make(dice))


def _mutated(dice: random.Random) -> bytes:
    """A good photo with some of its first bytes changed."""
    content = bytearray(picture(dice.randrange(50)))
    for _ in range(dice.randrange(1, 30)):
        content[dice.randrange(min(len(content), 400))] = dice.randrange(256)
    return bytes(content)


def _cut(dice: random.Random) -> bytes:
    content = picture(dice.randrange(50))
    return content[: dice.randrange(len(content))]


def _absurd_directory(dice: random.Random) -> bytes:
    """EXIF that promises more entries, larger values and further places than there are, or runs in circles."""
    order = dice.choice("<>")
    start = struct.pack(order + "2sHI", b"II" if order == "<" else b"MM", 42, 8)
    entries = b"".join(_entry(dice, order) for _ in range(dice.randrange(40)))
    counted = struct.pack(order + "H", dice.choice([0, 1, len(entries) // 12, 65535]))
    following = struct.pack(order + "I", dice.choice([0, 8, 10, 2**31, 2**32 - 1]))
    body = _HEADER + start + counted + entries + following + dice.randbytes(dice.randrange(300))
    return _with_exif(body)


def _entry(dice: random.Random, order: str) -> bytes:
    tag = dice.choice([0x10F, 0x110, 0x8769, 0x8825, 0xA431, 0x9003, 0xA005, 0x14A, 0x927C, dice.randrange(65536)])
    amount = dice.choice([0, 1, 2, 100, 2**16, 2**31 - 1, 2**32 - 1])
    value = dice.choice([0, 8, 12, 26, 200, 2**31, 2**32 - 1, dice.randrange(1000)])
    return struct.pack(order + "HHII", tag, dice.choice(_TYPES), amount, value)


def _strange_values(dice: random.Random) -> bytes:
    """Well-formed EXIF whose values are none that a camera would write."""
    texts = [b"", b"\0" * 50, b"A" * 5000, b"\xff\xfe", b"../../x", b"0000:00:00 00:00:00", b"2099:99:99 99:99:99"]
    rationals = [(0, 0), (2**32 - 1, 1), (1, 0), (60, 1), (0, 1)]
    position = tuple(dice.choice(rationals) for _ in range(3))
    tags = {
        "0th": {piexif.ImageIFD.Make: dice.choice([b"Faultcam", b"Faultcam\0\0  ", dice.choice(texts)])},
        "Exif": {
            piexif.ExifIFD.BodySerialNumber: dice.choice([b"faultcam-1", *texts]),
            piexif.ExifIFD.DateTimeOriginal: dice.choice(texts),
            piexif.ExifIFD.MakerNote: dice.randbytes(dice.randrange(2000)),
        },
        "GPS": {
            piexif.GPSIFD.GPSLatitude: position,
            piexif.GPSIFD.GPSLongitude: position,
            piexif.GPSIFD.GPSLatitudeRef: dice.choice([b"N", b"", b"\0", b"X"]),
        },
    }
    return _with_exif(piexif.dump(tags))


def _with_exif(body: bytes) -> bytes:
    photo = plain_photo(size=(32, 24), seed=1)
    return photo[:2] + exif_segment(body[:65000]) + photo[2:]


def _bomb(dice: random.Random) -> bytes:
    """A picture of two gigapixels in a few bytes."""
    size = struct.pack(">HH", dice.choice([65535, 1, 0]), dice.choice([65535, 65500, 0]))
    content = plain_photo(size=(32, 24), seed=1)
    frame = content.find(b"\xff\xc0")
    return content[: frame + 5] + size + content[frame + 9 :]


def _png_bomb(_: random.Random) -> bytes:
    header = struct.pack(">II5B", 60000, 60000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 200_000)), (b"IEND", b""))
    framed = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


def _polyglot(dice: random.Random) -> bytes:
    """A photo that is a page, an archive or a script as well."""
    tail = dice.choice(
        [b"<html><script>alert(1)</script>", b"PK\x03\x04" + b"\0" * 26, b"\n#!/bin/sh\nreboot\n", REPORT]
    )
    head = dice.choice([b"", b"", b"%PDF-1.7\n", b"GIF89a"])
    return head + picture(dice.randrange(50)) + tail


def _segments(dice: random.Random) -> bytes:
    """Thousands of tiny segments, or segments whose lengths lie."""
    piece = dice.choice(
        [b"\xff\xe0\x00\x02", b"\xff\xfe\x00\x02", b"\xff\xe1\x00\x08Exif\0\0", b"\xff\xff", b"\xff\xe1\xff\xff"]
    )
    return b"\xff\xd8" + piece * dice.randrange(1, 5000) + b"\xff\xd9"


def _long_report(dice: random.Random) -> bytes:
    line = dice.choice(
        [b"Faultcam:faultcam-1\n", b":" * 500 + b"\n", b"Battery:" + b"9" * 3000 + b"%\n", b"\0\n", b"a:b\r"]
    )
    return REPORT + line * dice.randrange(1, 3000)


def _damaged_report(dice: random.Random) -> bytes:
    content = bytearray(dice.choice([REPORT * 3, LIST * 2]))
    for _ in range(dice.randrange(1, 20)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    return bytes(content)


def _noise(dice: random.Random) -> bytes:
    start = dice.choice([b"", b"\xff\xd8", b"\xff\xd8\xff\xe1", b"\xef\xbb\xbf", b"\xff\xfe"])
    return start + dice.randbytes(dice.randrange(3000))


_KINDS: list[Callable[[random.Random], bytes]] = [
    _mutated, _mutated, _cut, _absurd_directory, _absurd_directory, _strange_values, _bomb, _png_bomb, _polyglot,
    _segments, _long_report, _damaged_report, _noise,
]  # fmt: skip
