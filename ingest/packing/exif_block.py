"""Rewrites an EXIF block in place: what is known stays where it is with other values, everything else becomes zero.

So byte order, gaps, counts and damage stay as the camera writes them, and nothing can hide between the values: not the
thumbnail, not the rest of an earlier text behind a NUL, not a directory that nobody reads.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import ExifTags

from ingest.packing.identities import SERIAL_TAGS
from ingest.packing.made_up_place import half_elsewhere, numbers_elsewhere
from ingest.reading.exif_directories import (
    Directory,
    Endian,
    Entry,
    UnreadableExifError,
    first_offset,
    read_directory,
    read_endian,
)

_EXIF, _GPS = 0x8769, 0x8825
_BYTE, _ASCII, _UNDEFINED = 1, 2, 7
_TEXTS = (_BYTE, _ASCII, _UNDEFINED, 6)
_MOST_SMALL_BYTES = 16
_MOST_NUMBERS_BYTES = 64
_WIDE = range(0x9C9B, 0x9CA0)
_USER_COMMENT = 0x9286
_FREE = frozenset({"ImageDescription", "DocumentName", "PageName", "UserComment", "TargetPrinter"})
_HALVES = {"GPSLatitude": 0, "GPSLongitude": 1, "GPSDestLatitude": 0, "GPSDestLongitude": 1}
_GPS_KEPT = frozenset(
    {"GPSVersionID", "GPSLatitudeRef", "GPSLongitudeRef", "GPSDestLatitudeRef", "GPSDestLongitudeRef"}
    | {"GPSTimeStamp", "GPSDateStamp", "GPSStatus", "GPSMeasureMode", "GPSMapDatum", "GPSAltitudeRef"}
)
_UNITS = {3: "H", 4: "L", 8: "h", 9: "l", 11: "f", 12: "d", 13: "L"}
Replace = Callable[[bytes], bytes]


@dataclass(frozen=True)
class _Value:
    """One entry of a directory: its tag's name, and where in the block its value stands."""

    name: str
    entry: Entry
    begin: int
    end: int
    is_gps: bool


def anonymous_block(block: bytes, replace: Replace, sources: frozenset[str]) -> bytes:
    """Return an EXIF block, as long as it was, that tells nothing of anybody but keeps what a profile's sources read.

    `replace` gives bytes with made-up texts for real ones. A block that cannot be read becomes zeros.
    """
    try:
        endian = read_endian(block)
    except UnreadableExifError:
        return bytes(len(block))
    written = bytearray(len(block))
    written[:8] = block[:8]
    found = list(_directories(block, endian))
    for offset, directory, is_gps in found:
        for value in _values(block, endian, offset, directory, is_gps=is_gps):
            raw = block[value.begin : value.end]
            written[value.begin : value.end] = _rewritten(value, raw, endian, replace, sources)
    for offset, _, _ in found:
        for start, end in _structure(block, endian, offset):
            written[start:end] = block[start:end]
    return bytes(written)


def _directories(block: bytes, endian: Endian) -> Iterator[tuple[int, Directory, bool]]:
    first = first_offset(block, endian)
    main = read_directory(block, endian, first)
    if main is None:
        return
    yield first, main, False
    for pointer in (_EXIF, _GPS):
        if entry := next((one for one in main.entries if one.tag == pointer), None):
            offset = int(struct.unpack_from(endian + "L", entry.raw, 8)[0])
            if directory := read_directory(block, endian, offset):
                yield offset, directory, pointer == _GPS


def _starts(block: bytes, endian: Endian, offset: int) -> range:
    """Return where the entries of a directory begin, as far as they lie in the block."""
    claimed = int(struct.unpack_from(endian + "H", block, offset)[0])
    count = min(claimed, (len(block) - offset - 2) // 12)
    return range(offset + 2, offset + 2 + 12 * count, 12)


def _structure(block: bytes, endian: Endian, offset: int) -> Iterator[tuple[int, int]]:
    """Yield what says how a directory is built: its count, and of its entries all but a value of up to four bytes."""
    yield offset, offset + 2
    directory = read_directory(block, endian, offset)
    sound = {one.raw: one for one in directory.entries} if directory else {}
    for start in _starts(block, endian, offset):
        entry = sound.get(block[start : start + 12])
        is_inside = entry is not None and entry.size_bytes <= 4 and entry.tag not in (_EXIF, _GPS)
        yield start, start + (8 if is_inside or entry is None else 12)


def _values(block: bytes, endian: Endian, offset: int, directory: Directory, *, is_gps: bool) -> Iterator[_Value]:
    names = ExifTags.GPSTAGS if is_gps else ExifTags.TAGS
    sound = {one.raw: one for one in directory.entries}
    for start in _starts(block, endian, offset):
        entry = sound.pop(block[start : start + 12], None)
        if entry is None or entry.tag in (_EXIF, _GPS):
            continue
        size_bytes = entry.size_bytes
        begin = start + 8 if size_bytes <= 4 else int(struct.unpack_from(endian + "L", entry.raw, 8)[0])
        yield _Value(names.get(entry.tag, f"Tag0x{entry.tag:04X}"), entry, begin, begin + size_bytes, is_gps)


def _rewritten(value: _Value, raw: bytes, endian: Endian, replace: Replace, sources: frozenset[str]) -> bytes:
    name, is_read = value.name, f"exif.{value.name}" in sources
    if value.is_gps and name in _HALVES:
        return _half(value, raw, endian)
    if name == "MakerNote":
        return replace(raw) if any(one.startswith("makernote.") for one in sources) else bytes(len(raw))
    if not is_read and (name.startswith("Tag0x") or (value.is_gps and name not in _GPS_KEPT)):
        return bytes(len(raw))
    if value.entry.type not in _TEXTS:
        is_telling = name in SERIAL_TAGS or (len(raw) > _MOST_NUMBERS_BYTES and not is_read)
        return bytes(len(raw)) if is_telling else raw
    text = _trimmed(value, raw)
    if not is_read and (name in _FREE or value.entry.tag in _WIDE):
        return _masked(text)
    if not is_read and value.entry.type != _ASCII and len(raw) > _MOST_SMALL_BYTES and name not in SERIAL_TAGS:
        return bytes(len(raw))
    return replace(text)


def _trimmed(value: _Value, raw: bytes) -> bytes:
    """Return a text without what is left of an earlier one behind its NUL."""
    if value.entry.tag in _WIDE or raw.startswith(b"UNICODE"):
        at = next((at for at in range(0, len(raw) - 1, 2) if raw[at : at + 2] == b"\0\0" and at >= 8), len(raw))
        return raw[:at].ljust(len(raw), b"\0")
    skipped = 8 if value.entry.tag == _USER_COMMENT else 0
    return raw[:skipped] + raw[skipped:].partition(b"\0")[0].ljust(len(raw) - min(skipped, len(raw)), b"\0")


def _masked(text: bytes) -> bytes:
    """Return a text of the same form that says nothing: what stands in it is a person's, and no profile asks for it."""
    code = text[:8] if text[:8].rstrip(b"\0 ") in (b"ASCII", b"UNICODE", b"JIS", b"") else b""
    return code + bytes(
        0x30 if 0x30 <= one <= 0x39 else 0x78 if one >= 0x80 or chr(one).isalpha() else one for one in text[len(code) :]
    )


def _half(value: _Value, raw: bytes, endian: Endian) -> bytes:
    """Return a latitude or a longitude at the made-up place, in numbers of the same type."""
    axis, kind, count = _HALVES[value.name], value.entry.type, value.entry.count
    if kind in (5, 10) and count <= 3:
        units = endian + ("L", "l")[kind == 10] * 2 * count
        written = struct.unpack(units, raw)
        bottoms = written[1::2]
        numbers = [top / bottom if bottom else 0.0 for top, bottom in zip(written[::2], bottoms, strict=True)]
        made = numbers_elsewhere(numbers, axis)
        tops = [min(int(number * bottom + 1e-6), 2**31 - 1) for number, bottom in zip(made, bottoms, strict=True)]
        return struct.pack(units, *(part for pair in zip(tops, bottoms, strict=True) for part in pair))
    if kind in _UNITS and count <= 3:
        units = endian + _UNITS[kind] * count
        made = numbers_elsewhere([float(one) for one in struct.unpack(units, raw)], axis)
        return struct.pack(units, *(made if kind in (11, 12) else (int(one) for one in made)))
    if kind in _TEXTS:
        return _half_text(raw, axis)
    return bytes(len(raw))


def _half_text(raw: bytes, axis: int) -> bytes:
    return half_elsewhere(raw.partition(b"\0")[0].decode("latin-1"), axis).encode("latin-1").ljust(len(raw), b"\0")
