"""EXIF of strangers: nothing shortened, nothing believed, nothing that takes long."""

import struct
from time import process_time

import piexif
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.reading.exif import read_exif
from ingest.reading.exif_directories import UnreadableExifError
from tests.samples.tiff import (
    ASCII,
    COMMENT,
    DATE,
    LONG,
    MAKE,
    MODEL,
    ORIENTATION,
    RATIONAL,
    SERIAL,
    SHORT,
    UNDEFINED,
    Tag,
    block,
    rationals,
    text,
    willfine_block,
)


def tags_of(content: bytes) -> dict[str, object]:
    return dict(read_exif(content.removeprefix(b"Exif\0\0")).tags)


def test_it_works() -> None:
    reading = read_exif(willfine_block()[6:])
    assert reading.lost == ()
    assert reading.tags["Make"] == "Willfine"
    assert reading.tags["BodySerialNumber"] == "861943070068027"
    assert reading.tags["GPSLatitude"] == [52, 5, 55.56]


def test_text_without_a_terminating_nul_keeps_its_last_byte() -> None:
    content = willfine_block(
        main=[text(MAKE, b"BUSHNELL")], exif=[text(SERIAL, b"861943070068027"), text(DATE, b"2026:04:30 09:47:23")]
    )
    tags = tags_of(content)
    assert (tags["Make"], tags["BodySerialNumber"]) == ("BUSHNELL", "861943070068027")
    assert tags["DateTimeOriginal"] == "2026:04:30 09:47:23"
    assert piexif.load(content)["0th"][MAKE] == b"BUSHNEL"  # the reader that is not used for uploads


@pytest.mark.parametrize("endian", ["<", ">"])
def test_both_byte_orders_are_read(endian: str) -> None:
    header = {"<": b"II*\0", ">": b"MM\0*"}[endian]
    entry = struct.pack(endian + "HHL4s", MAKE, ASCII, 3, b"SY\0\0")
    content = header + struct.pack(endian + "LH", 8, 1) + entry + b"\0\0\0\0"
    assert tags_of(content) == {"Make": "SY"}


def test_a_tag_with_too_many_values_gives_its_first_without_a_word_on_stderr() -> None:
    assert tags_of(block([Tag(ORIENTATION, SHORT, 3, b"\x06\0\x07\0\x08\0")]))["Orientation"] == 6
    assert tags_of(block([rationals(0x011A, (72, 1), (73, 1))]))["XResolution"] == 72


@pytest.mark.parametrize(
    "bad",
    [
        Tag(MODEL, ASCII, 4_000_000_000, b"12345"),
        Tag(MODEL, 99, 1, b"1234"),
        Tag(MODEL, RATIONAL, 500_000_000, b"12345678"),
    ],
)
def test_one_damaged_entry_does_not_cost_the_others(bad: Tag) -> None:
    reading = read_exif(block([bad, text(MAKE, b"Willfine")])[6:])
    assert reading.tags == {"Make": "Willfine"}
    assert reading.lost == ("1 damaged entries",)


@pytest.mark.parametrize("type_", [ASCII, SHORT, RATIONAL, UNDEFINED])
def test_a_tag_without_a_value_is_empty_and_not_damaged(type_: int) -> None:
    reading = read_exif(block([text(MAKE, b"BUSHNELL"), Tag(MODEL, type_, 0, b"")])[6:])
    assert (reading.tags, reading.lost) == ({"Make": "BUSHNELL", "Model": ""}, ())


def test_the_bytes_of_texts_that_are_not_ascii_are_kept_for_a_profile_that_knows_their_encoding() -> None:
    comment = b"ASCII\0\0\0" + "测".encode("gbk")
    reading = read_exif(
        block(
            [text(MAKE, b"X"), text(MODEL, "测试01".encode("gbk"))], [Tag(COMMENT, UNDEFINED, len(comment), comment)]
        )[6:]
    )
    assert reading.foreign == {"Model": "测试01".encode("gbk"), "UserComment": "测".encode("gbk")}


def test_a_pointer_to_nowhere_costs_only_its_directory() -> None:
    content = block([text(MAKE, b"Willfine"), Tag(0x8825, LONG, 1, b"\xff\xff\xff\x7f")], [text(SERIAL, b"12345")])
    reading = read_exif(content[6:])
    assert reading.tags == {"Make": "Willfine", "BodySerialNumber": "12345"}
    assert reading.lost == ("the directory GPSInfo",)


@pytest.mark.parametrize(
    "content", [b"", b"II*\0", b"XX*\0\x08\0\0\0\0\0", b"II*\0\xff\xff\xff\xff\0\0", b"II*\0\0\0\0\0\0\0\0\0"]
)
def test_what_has_no_directory_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableExifError, match=r"\w+ \w+"):
        read_exif(content)


def test_a_directory_of_nothing_but_damage_is_unreadable() -> None:
    with pytest.raises(UnreadableExifError, match="all 3 entries"):
        read_exif(b"II*\0\x08\0\0\0" + struct.pack("<H", 3) + b"\xff" * 36 + b"\0" * 4)


def test_directories_that_point_at_themselves_end() -> None:
    content = block([text(MAKE, b"Willfine"), Tag(0x8769, LONG, 1, b"\x08\0\0\0"), Tag(0x8825, LONG, 1, b"\x08\0\0\0")])
    assert read_exif(content[6:]).tags["Make"] == "Willfine"


def test_absurd_counts_and_shared_bytes_cost_no_time() -> None:
    shared = struct.pack("<HHLL", 0, ASCII, 60_000, 8)
    entries = b"".join(struct.pack("<H", 0x9000 + number) + shared[2:] for number in range(5000))
    content = b"II*\0\x08\0\0\0" + struct.pack("<H", 65535) + entries
    began = process_time()
    reading = read_exif(content)
    assert process_time() - began < 0.5
    assert reading.lost


GOOD = willfine_block(exif=[Tag(COMMENT, UNDEFINED, 24, b"ASCII\0\0\0sixteen letters.")])[6:]


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=12), st.integers(0, len(GOOD)))
def test_damage_anywhere_gives_tags_or_one_sentence(changes: list[tuple[int, int]], cut: int) -> None:
    content = bytearray(GOOD)
    for place, value in changes:
        content[place] = value
    try:
        reading = read_exif(bytes(content[:cut]))
    except UnreadableExifError as error:
        assert str(error)
    else:
        assert len(str(reading.tags)) < 100_000


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_noise_gives_tags_or_one_sentence(noise: bytes) -> None:
    try:
        read_exif(b"II*\0\x08\0\0\0" + noise)
    except UnreadableExifError as error:
        assert str(error)
