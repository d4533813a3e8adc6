"""Directories of EXIF blocks: nothing leaves them whose bytes are not all there, and one bad entry costs no other."""

import struct

import pytest

from ingest.reading.exif_directories import (
    Directory,
    UnreadableExifError,
    first_offset,
    first_value,
    read_directory,
    read_endian,
    with_directory,
)
from tests.samples.tiff import ASCII, MAKE, MODEL, ORIENTATION, RATIONAL, SHORT, Tag, block, rationals, text


def directory_of(tags: list[Tag]) -> Directory:
    content = block(tags)[6:]
    directory = read_directory(content, "<", first_offset(content, "<"))
    assert directory
    return directory


def test_a_sound_directory_is_read_whole_in_both_byte_orders() -> None:
    assert [entry.tag for entry in directory_of([text(MAKE, b"SY"), text(MODEL, b"4.0PCG-R")]).entries] == [MAKE, MODEL]
    content = b"MM\0*" + struct.pack(">LHHHL4s", 8, 1, MAKE, ASCII, 3, b"SY\0\0")
    assert read_endian(content) == ">"
    directory = read_directory(content, ">", first_offset(content, ">"))
    assert directory
    assert [(entry.tag, entry.count) for entry in directory.entries] == [(MAKE, 3)]


@pytest.mark.parametrize(
    ("content", "said"), [(b"II*\0\x08\0\0", "only 7 bytes"), (b"JFIF" + b"\0" * 8, "TIFF header")]
)
def test_what_has_no_header_says_why(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableExifError, match=said):
        read_endian(content)


def test_an_entry_without_a_value_is_empty_and_not_damaged() -> None:
    directory = directory_of([text(MAKE, b"SY"), Tag(MODEL, ASCII, 0, b""), Tag(ORIENTATION, 99, 0, b"")])
    assert (directory.empty, directory.damaged) == ((MODEL,), 1)


@pytest.mark.parametrize("offset", [0, 7, 29, 2**32 - 1])
def test_no_directory_lies_in_the_header_or_beyond_the_end(offset: int) -> None:
    assert read_directory(b"II*\0" + b"\x08" * 26, "<", offset) is None


@pytest.mark.parametrize(
    "bad",
    [
        Tag(MODEL, ASCII, 4_000_000_000, b"12345"),
        Tag(MODEL, RATIONAL, 500_000_000, b"12345678"),
        Tag(MODEL, ASCII, 30, b"12345"),
        Tag(MODEL, 99, 1, b"1234"),
        text(MAKE, b"the same tag again"),
    ],
)
def test_an_entry_that_is_not_sound_is_left_out_and_counted(bad: Tag) -> None:
    directory = directory_of([text(MAKE, b"Willfine"), bad, text(ORIENTATION, b"x")])
    assert [(entry.tag, entry.count) for entry in directory.entries] == [(MAKE, 8), (ORIENTATION, 1)]
    assert directory.damaged == 1


def test_more_entries_than_have_room_are_damage() -> None:
    content = b"II*\0" + struct.pack("<LHHHL4s", 8, 65535, MAKE, ASCII, 3, b"SY\0\0")
    directory = read_directory(content, "<", 8)
    assert directory
    assert ([entry.tag for entry in directory.entries], directory.damaged) == ([MAKE], 65534)


def test_entries_that_share_bytes_claim_together_no_more_than_the_block_has() -> None:
    entries = b"".join(struct.pack("<HHLL", 0x9000 + number, ASCII, 100, 8) for number in range(20))
    content = b"II*\0" + struct.pack("<LH", 8, 20) + entries
    directory = read_directory(content, "<", 8)
    assert directory
    assert [entry.count for entry in directory.entries] == [100, 100]
    assert directory.damaged == 18


def test_the_first_of_several_values_is_taken_from_where_it_lies() -> None:
    tags = [Tag(ORIENTATION, SHORT, 3, b"\x06\0\x07\0\x08\0"), rationals(0x011A, (72, 1), (73, 1))]
    content = block(tags)[6:]
    directory = read_directory(content, "<", first_offset(content, "<"))
    assert directory
    orientation, resolution = (first_value(content, "<", entry) for entry in directory.entries)
    assert (orientation.count, struct.unpack("<H", orientation.raw[8:10])) == (1, (6,))
    (lies_at,) = struct.unpack("<L", resolution.raw[8:])
    assert (resolution.count, struct.unpack_from("<LL", content, lies_at)) == (1, (72, 1))


def test_a_directory_that_is_handed_on_has_only_the_chosen_entries() -> None:
    content = block([text(MAKE, b"Willfine"), text(MODEL, b"4.0T CG")])[6:]
    directory = read_directory(content, "<", first_offset(content, "<"))
    assert directory
    longer, offset = with_directory(content, "<", directory.entries[1:])
    assert longer.startswith(content)
    assert read_directory(longer, "<", offset) == Directory(directory.entries[1:])
