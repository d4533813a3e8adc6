"""Writes EXIF blocks entry by entry, sound or not: piexif only writes what the standard allows."""

import struct
from dataclasses import dataclass

ASCII, SHORT, LONG, RATIONAL, UNDEFINED = 2, 3, 4, 5, 7
MAKE, MODEL, ORIENTATION, EXIF, GPS = 0x010F, 0x0110, 0x0112, 0x8769, 0x8825
DATE, SERIAL, COMMENT = 0x9003, 0xA431, 0x9286
LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE = 1, 2, 3, 4


@dataclass(frozen=True)
class Tag:
    """One entry: `count` is what it claims, `value` the bytes that are there."""

    tag: int
    type: int
    count: int
    value: bytes


def text(tag: int, value: bytes) -> Tag:
    """Return an ASCII entry without any NUL but those in the value."""
    return Tag(tag, ASCII, len(value), value)


def rationals(tag: int, *pairs: tuple[int, int]) -> Tag:
    """Return a RATIONAL entry, little-endian."""
    return Tag(tag, RATIONAL, len(pairs), b"".join(struct.pack("<LL", *pair) for pair in pairs))


def block(main: list[Tag], exif: list[Tag] | None = None, gps: list[Tag] | None = None) -> bytes:
    r"""Return a little-endian EXIF block, `Exif\0\0` included."""
    content = b"II*\0\x08\0\0\0"
    parts = [(EXIF, exif), (GPS, gps)]
    count = len(main) + sum(part is not None for _, part in parts)
    offset = len(content) + _directory_bytes(count)
    pointers, tail = [], b""
    for pointer, tags in parts:
        if tags is not None:
            pointers.append(Tag(pointer, LONG, 1, struct.pack("<L", offset + len(tail))))
            tail += _directory(tags, offset + len(tail))
    first = _directory(main + pointers, 8, offset + len(tail) - 8)
    return b"Exif\0\0" + content + first[: _directory_bytes(count)] + tail + first[_directory_bytes(count) :]


def willfine_block(**changes: list[Tag]) -> bytes:
    """Return the block of a good Willfine photo; `main`, `exif` and `gps` replace the good entries."""
    good = {
        "main": [text(MAKE, b"Willfine\0"), text(MODEL, b"4.0T CG Regular lens\0")],
        "exif": [text(DATE, b"2026:04:30 15:46:07\0"), text(SERIAL, b"861943070068027\0")],
        "gps": [
            text(LATITUDE_REF, b"N\0"),
            rationals(LATITUDE, (52, 1), (5, 1), (5556, 100)),
            text(LONGITUDE_REF, b"E\0"),
            rationals(LONGITUDE, (5, 1), (7, 1), (3123, 100)),
        ],
    }
    for name, entries in changes.items():
        new = {entry.tag for entry in entries}
        good[name] = [entry for entry in good[name] if entry.tag not in new] + entries
    return block(good["main"], good["exif"], good["gps"])


def _directory_bytes(count: int) -> int:
    return 2 + 12 * count + 4


def _directory(tags: list[Tag], at: int, values_from: int | None = None) -> bytes:
    entries, values = b"", b""
    start = at + _directory_bytes(len(tags)) if values_from is None else at + values_from
    for tag in tags:
        inside = tag.value.ljust(4, b"\0") if len(tag.value) <= 4 else struct.pack("<L", start + len(values))
        entries += struct.pack("<HHL", tag.tag, tag.type, tag.count) + inside
        values += tag.value if len(tag.value) > 4 else b""
    return struct.pack("<H", len(tags)) + entries + b"\0\0\0\0" + values
