"""EXIF blocks keep their build and lose what tells something."""

from random import Random

import pytest

from ingest.packing.exif_block import anonymous_block
from ingest.packing.replacing import replacing
from ingest.reading.exif import read_exif
from ingest.reading.jpeg import read_structure
from tests.samples.tiff import COMMENT, MAKE, SERIAL, Tag, block, text, willfine_block
from tests.unit.ingest.packing.hostile import everywhere

NAMES = replacing(["NorthGate-4711", "861943070068027"], {}, Random(1), keeps_letters=False)
READ = frozenset({"exif.ImageDescription"})


def hostile() -> bytes:
    """Return a block that says an ID everywhere."""
    found = read_structure(everywhere("NorthGate-4711", "Jan Jansen", (52.098767, 5.125342))).exif
    assert found is not None
    return found


def test_a_block_is_as_long_as_it_was_and_has_the_same_tags() -> None:
    before, after = hostile(), anonymous_block(hostile(), NAMES.in_bytes, READ)
    assert len(before) == len(after)
    assert list(read_exif(before).tags) == list(read_exif(after).tags)
    assert read_exif(after).tags["Make"] == "ACME"


@pytest.mark.parametrize("lost", [b"NorthGate", b"4\x007\x001\x001", b"4217", b"\xff\xd8\xff", b"Jansen4"])
def test_thumbnail_makernote_and_what_stands_behind_a_text_are_gone(lost: bytes) -> None:
    assert lost not in anonymous_block(hostile(), NAMES.in_bytes, READ)


def test_a_makernote_stays_with_made_up_texts_where_the_profile_reads_it() -> None:
    kept = anonymous_block(hostile(), NAMES.in_bytes, frozenset({"makernote.SerialNumber"}))
    assert b"ACME\0" + NAMES.names["NorthGate-4711"].encode() in kept


def test_a_text_that_nobody_reads_says_nothing_and_keeps_its_form() -> None:
    tags = read_exif(anonymous_block(hostile(), NAMES.in_bytes, frozenset())).tags
    assert set(tags["ImageDescription"]) <= set("x0=;., -")


def test_both_byte_orders_are_written() -> None:
    little = willfine_block()[6:]
    tags = read_exif(anonymous_block(little, NAMES.in_bytes, frozenset())).tags
    assert tags["BodySerialNumber"] == NAMES.names["861943070068027"]
    assert tags["GPSLatitude"][:2] == [1, 14] and tags["GPSLongitude"][:2] == [2, 20]


def test_damage_stays_damage() -> None:
    broken = block([text(MAKE, b"ACME\0"), Tag(SERIAL, 2, 4_000_000, b"abcdef"), Tag(COMMENT, 99, 1, b"x")])[6:]
    before, after = read_exif(broken), read_exif(anonymous_block(broken, NAMES.in_bytes, frozenset()))
    assert (before.tags, before.lost) == (after.tags, after.lost)


@pytest.mark.parametrize("raw", [b"", b"x", b"no TIFF at all, but long", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08"])
def test_what_is_no_block_becomes_zeros(raw: bytes) -> None:
    after = anonymous_block(raw, NAMES.in_bytes, frozenset())
    assert len(after) == len(raw) and not after[8:].strip(b"\0")


def test_any_bytes_of_a_stranger_give_a_block_of_their_length(seed: int) -> None:
    chance = Random(seed)
    for _ in range(300):
        raw = bytearray(hostile())
        for _ in range(chance.randint(1, 40)):
            raw[chance.randrange(8, len(raw))] = chance.randrange(256)
        assert len(anonymous_block(bytes(raw), NAMES.in_bytes, READ)) == len(raw)
