"""Values of EXIF tags, as they come out of real blocks: text, numbers, and nothing that JSON cannot hold."""

import json

import pytest

from ingest.reading.exif import read_exif
from ingest.reading.exif_values import MOST_CHARACTERS, json_value, narrow_text
from tests.samples.tiff import COMMENT, LATITUDE, MAKE, SERIAL, UNDEFINED, Tag, block, rationals, text, willfine_block

COMMENTS = [
    (b"ASCII\0\0\0hello", "hello"),
    (b"UNICODE\0" + "hé".encode("utf-16-le"), "hé"),
    (b"\0\0\0\0\0\0\0\0hello", "hello"),
    (b"no such code", "no such code"),
    (b"UNICODE\0" + "hé".encode("utf-16-be"), "hé"),
    (b"UNICODE\0\xfe\xff" + "hé".encode("utf-16-be"), "hé"),
    (b"UNICODE\0\xff\xfe" + "hé".encode("utf-16-le"), "hé"),
    (b"UNICODE\0" + "相机01".encode("utf-16-be") + b"\0\0old", "相机01"),
    (b"JIS\0\0\0\0\0" + "門1".encode("iso2022_jp"), "門1"),
    (b"JIS\0\0\0\0\0" + "門1".encode("cp932"), "門1"),
    (b"ASCII\0\0\0" + "Höhle".encode() + b"\0\0OLD", "Höhle"),
    (b"\0\0\0\0\0\0\0\0" + "Höhle".encode("latin-1"), "Höhle"),
    (b"ASCII\0\0\0", ""),
]


def value_of(tag: Tag) -> object:
    """Return the value of the one tag of a block."""
    (value,) = read_exif(block([tag])[6:]).tags.values()
    return value


@pytest.mark.parametrize("raw", [b"SY\0", b"  SY \0\0\0", b"SY", b"SY\0OLD", b"SY  \0\0\xff\0"])
def test_text_ends_at_its_first_nul_and_loses_surrounding_space(raw: bytes) -> None:
    assert value_of(text(MAKE, raw)) == "SY"


def test_what_is_left_over_behind_the_nul_is_no_part_of_a_serial() -> None:
    assert value_of(text(SERIAL, b"CAM-0017\0\0OLD99")) == "CAM-0017"
    assert value_of(text(SERIAL, b"\0\0OLD99")) == ""


def test_another_encoding_is_read_where_it_is_named_and_whole() -> None:
    assert narrow_text("测试01".encode("gbk"), "gbk") == "测试01"
    assert narrow_text("丂".encode("gbk") + b" \0x", "gbk") == "丂"
    assert narrow_text("镠".encode("gbk"), "gbk") == "镠"  # its second byte is white space in Latin-1
    assert narrow_text("测试01".encode(), "ascii") == "测试01"
    assert narrow_text(b"\xb0C", "utf-8") == "°C"


def test_latin_1_and_utf_8_are_both_readable() -> None:
    assert value_of(text(MAKE, "Caméra".encode("latin-1"))) == "Caméra"
    assert value_of(text(MAKE, "Caméra ℃".encode())) == "Caméra ℃"


def test_a_rational_that_is_no_number_stays_text() -> None:
    tags = read_exif(willfine_block(gps=[rationals(LATITUDE, (0, 0), (7, 0), (1, 3))])[6:]).tags
    assert tags["GPSLatitude"] == ["0/0", "7/0", pytest.approx(1 / 3)]


@pytest.mark.parametrize(("raw", "shown"), COMMENTS)
def test_user_comments_lose_their_encoding_prefix(raw: bytes, shown: str) -> None:
    assert read_exif(block([], [Tag(COMMENT, UNDEFINED, len(raw), raw)])[6:]).tags["UserComment"] == shown


def test_a_wide_comment_is_read_in_the_byte_order_of_its_block() -> None:
    assert json_value(COMMENT, b"UNICODE\0" + "hé".encode("utf-16-be"), ">") == "hé"


def test_long_text_is_cut_and_says_so() -> None:
    shown = str(value_of(text(MAKE, b"x" * 10_000)))
    assert shown == "x" * MOST_CHARACTERS + "… (10000 characters)"
    assert value_of(text(MAKE, b"x" * MOST_CHARACTERS)) == "x" * MOST_CHARACTERS


def test_a_few_bytes_are_told_and_many_are_only_counted() -> None:
    assert value_of(Tag(0xC4A5, UNDEFINED, 6, b"\x01\xff\0\x02\x03\x04")) == [1, 255, 0, 2, 3, 4]
    assert value_of(Tag(0xC4A5, UNDEFINED, 300, bytes(range(256)) + b"x" * 44)) == "(300 bytes)"


def test_many_numbers_are_only_counted() -> None:
    assert json_value(MAKE, tuple(range(64)), "<") == list(range(64))
    assert json_value(MAKE, tuple(range(65)), "<") == "(65 values)"


def test_the_text_of_windows_is_readable() -> None:
    title = "Lynx, grün".encode("utf-16-le") + b"\0\0"
    assert value_of(Tag(0x9C9B, 1, len(title), title)) == "Lynx, grün"


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), -float("inf"), (1, float("nan")), tuple(range(1000)), None]
)
def test_json_can_hold_whatever_it_is(value: object) -> None:
    json.dumps(json_value(MAKE, value, "<"), allow_nan=False)
