"""Reads EXIF with Pillow's reader, and is the only module that does: tag names to values that JSON can hold.

Pillow never sees a count or offset that `exif_directories` has not checked, and each value is converted under guard.
"""

import logging
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from PIL import ExifTags, TiffTags
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from ingest.reading.exif_directories import (
    Directory,
    Endian,
    Entry,
    UnreadableExifError,
    first_offset,
    first_value,
    read_directory,
    read_endian,
    with_directory,
)
from ingest.reading.exif_values import foreign_bytes, json_value

_EXIF_POINTER, _GPS_POINTER = 0x8769, 0x8825
_POINTERS = {_EXIF_POINTER: ExifTags.TAGS, _GPS_POINTER: ExifTags.GPSTAGS}
_HIDDEN = frozenset({_EXIF_POINTER, _GPS_POINTER, 0xA005})
_WHOLE_VALUES = frozenset({TiffTags.BYTE, TiffTags.ASCII, TiffTags.UNDEFINED})
_TAG_NAMES = frozenset({*ExifTags.TAGS.values(), *ExifTags.GPSTAGS.values()})
_UNNAMED = re.compile("Tag0x[0-9A-F]{4}")
_MOST_TEXT = 64 * 1024

# Pillow formats a line for every tag at this level, whether anyone listens or not.
logging.getLogger("PIL.TiffImagePlugin").setLevel(logging.INFO)


@dataclass(frozen=True)
class ExifReading:
    """The tags of a photo by their EXIF names; `lost` says in a few words each what could not be read.

    `foreign` are the bytes of texts that are not ASCII: a profile may know their encoding.
    """

    tags: Mapping[str, Any] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    foreign: Mapping[str, bytes] = field(default_factory=dict)


@dataclass
class _Collected:
    """What was read so far; it grows directory by directory."""

    tags: dict[str, Any] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    foreign: dict[str, bytes] = field(default_factory=dict)


def read_exif(block: bytes) -> ExifReading:
    """Read the main, EXIF and GPS directories of a block. Raise UnreadableExifError when nothing of it can be read."""
    endian = read_endian(block)
    main = read_directory(block, endian, first_offset(block, endian))
    if main is None:
        raise UnreadableExifError("its first directory lies outside of it")
    if not main.entries and main.damaged:
        raise UnreadableExifError(f"all {main.damaged} entries of its first directory are damaged")
    reading = _Collected()
    for directory, names, group in _directories(block, endian, main, reading.lost):
        _collect(block, endian, directory, names, group, reading)
    return ExifReading(reading.tags, tuple(reading.lost), reading.foreign)


def is_tag_name(name: str) -> bool:
    """Say whether a photo's tags may have this name: one of the EXIF standard, or `Tag0xABCD`.

    >>> is_tag_name("BodySerialNumber"), is_tag_name("GPSLatitude"), is_tag_name("SerialNumbr")
    (True, True, False)
    """
    return name in _TAG_NAMES or _UNNAMED.fullmatch(name) is not None


def _directories(
    block: bytes, endian: Endian, main: Directory, lost: list[str]
) -> Iterator[tuple[Directory, Mapping[int, str], int | None]]:
    yield main, ExifTags.TAGS, None
    pointers = {entry.tag: entry for entry in main.entries}
    for pointer, names in _POINTERS.items():
        if entry := pointers.get(pointer):
            directory = read_directory(block, endian, _pointer_value(entry, endian))
            if directory is None:
                lost.append(f"the directory {_name(ExifTags.TAGS, pointer)}")
            else:
                yield directory, names, pointer


def _pointer_value(entry: Entry, endian: Endian) -> int:
    value: int = struct.unpack_from(endian + "L", entry.raw, 8)[0]
    return value


def _collect(
    block: bytes,
    endian: Endian,
    directory: Directory,
    names: Mapping[int, str],
    group: int | None,
    into: _Collected,
) -> None:
    if directory.damaged:
        into.lost.append(f"{directory.damaged} damaged entries")
    room = _MOST_TEXT - sum(len(str(value)) for value in into.tags.values())
    for tag, value in _pillow_values(block, endian, directory.entries, group, into.lost):
        name = _name(names, tag)
        shown = json_value(tag, value, endian)
        room -= len(str(shown))
        if room < 0:
            into.lost.append(f"everything from {name} on, which is too long")
            break
        if name not in into.tags:
            into.tags[name] = shown
            if (foreign := foreign_bytes(tag, value)) is not None:
                into.foreign[name] = foreign
    for tag in directory.empty:
        if tag not in _HIDDEN:
            into.tags.setdefault(_name(names, tag), "")


def _pillow_values(
    block: bytes, endian: Endian, entries: tuple[Entry, ...], group: int | None, lost: list[str]
) -> Iterator[tuple[int, Any]]:
    wanted = tuple(
        first_value(block, endian, entry) if _has_too_many_values(entry, group) else entry
        for entry in entries
        if entry.tag not in _HIDDEN
    )
    content, offset = with_directory(block, endian, wanted)
    file = BytesIO(content)
    reader = ImageFileDirectory_v2(block[:8], group=group)
    file.seek(offset)
    reader.load(file)
    for entry in wanted:
        try:
            yield entry.tag, reader[entry.tag]
        except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, struct.error):
            lost.append(_name(ExifTags.GPSTAGS if group == _GPS_POINTER else ExifTags.TAGS, entry.tag))


def _has_too_many_values(entry: Entry, group: int | None) -> bool:
    """Say whether a tag has several values where the standard gives it one; Pillow would warn on stderr."""
    return entry.count > 1 and entry.type not in _WHOLE_VALUES and TiffTags.lookup(entry.tag, group).length == 1


def _name(names: Mapping[int, str], tag: int) -> str:
    return names.get(tag, f"Tag0x{tag:04X}")
