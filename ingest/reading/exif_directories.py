"""The directories of an EXIF block (TIFF 6.0, section 2), checked: every count and offset, before a reader sees them.

Damaged entries are left out one by one, so that one bad entry does not cost the others.
"""

import struct
from dataclasses import dataclass
from typing import Literal

Endian = Literal["<", ">"]

_ENDIANS: dict[bytes, Endian] = {b"II*\0": "<", b"MM\0*": ">"}
_HEADER_BYTES = 8
_ENTRY_BYTES = 12
_UNIT_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_MOST_ENTRIES = 500  # cameras write fewer than 100


class UnreadableExifError(Exception):
    """The block cannot be read at all; the text says why, in words that fit behind `because`."""


@dataclass(frozen=True)
class Entry:
    """One sound entry: its 12 bytes as they stand, and what they say."""

    tag: int
    type: int
    count: int
    raw: bytes

    @property
    def size_bytes(self) -> int:
        """How many bytes its value takes; up to four of them stand in the entry itself."""
        return self.count * _UNIT_BYTES.get(self.type, 0)


@dataclass(frozen=True)
class Directory:
    """The sound entries of one directory, the tags that have no value, and how many were left out as damaged."""

    entries: tuple[Entry, ...] = ()
    damaged: int = 0
    empty: tuple[int, ...] = ()


def read_endian(block: bytes) -> Endian:
    """Return the byte order of a block. Raise UnreadableExifError when it has no TIFF header."""
    if len(block) < _HEADER_BYTES:
        raise UnreadableExifError(f"it is only {len(block)} bytes long")
    if block[:4] not in _ENDIANS:
        raise UnreadableExifError("it does not begin with a TIFF header")
    return _ENDIANS[block[:4]]


def first_offset(block: bytes, endian: Endian) -> int:
    """Return where the first directory lies."""
    offset: int = struct.unpack_from(endian + "L", block, 4)[0]
    return offset


def read_directory(block: bytes, endian: Endian, offset: int) -> Directory | None:
    """Return the directory at `offset`, None when none can lie there.

    All values together are at most as long as the block: entries that share bytes to look like more are left out.
    """
    if not _HEADER_BYTES <= offset <= len(block) - 2:
        return None
    claimed: int = struct.unpack_from(endian + "H", block, offset)[0]
    room = (len(block) - offset - 2) // _ENTRY_BYTES
    entries: dict[int, Entry] = {}
    empty: list[int] = []
    left_bytes = len(block)
    for position in range(min(claimed, room, _MOST_ENTRIES)):
        start = offset + 2 + position * _ENTRY_BYTES
        entry, size_bytes = _read_entry(block, endian, start)
        if entry and not entry.count:
            empty.append(entry.tag)
        elif entry and size_bytes <= left_bytes and entry.tag not in entries:
            entries[entry.tag] = entry
            left_bytes -= size_bytes
    return Directory(tuple(entries.values()), claimed - len(entries) - len(empty), tuple(empty))


def _read_entry(block: bytes, endian: Endian, start: int) -> tuple[Entry | None, int]:
    tag, type_, count, offset = struct.unpack_from(endian + "HHLL", block, start)
    size_bytes = count * _UNIT_BYTES.get(type_, 0)
    inside = size_bytes <= 4 or _HEADER_BYTES <= offset <= len(block) - size_bytes
    sound = type_ in _UNIT_BYTES and inside
    return (Entry(tag, type_, count, block[start : start + _ENTRY_BYTES]) if sound else None), size_bytes


def first_value(block: bytes, endian: Endian, entry: Entry) -> Entry:
    """Return an entry that has only the first of an entry's values."""
    unit = _UNIT_BYTES[entry.type]
    value = entry.raw[8:]
    if unit <= 4 < entry.count * unit:
        offset: int = struct.unpack(endian + "L", value)[0]
        value = block[offset : offset + unit].ljust(4, b"\0")
    return Entry(entry.tag, entry.type, 1, struct.pack(endian + "HHL", entry.tag, entry.type, 1) + value)


def with_directory(block: bytes, endian: Endian, entries: tuple[Entry, ...]) -> tuple[bytes, int]:
    """Return the block with a directory of only these entries at its end, and where that lies: safe to hand on."""
    count, next_directory = struct.pack(endian + "H", len(entries)), b"\0\0\0\0"
    return block + count + b"".join(entry.raw for entry in entries) + next_directory, len(block)
