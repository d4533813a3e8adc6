"""Samples from photos of strangers: the metadata as it was, the picture a mosaic, and nothing but JPEGs touched."""

from io import BytesIO

import pytest
from PIL import Image

from ingest.errors import CamspoolError
from ingest.profiles.shrinking import shrink
from ingest.reading.exif import read_exif
from ingest.reading.jpeg import read_structure
from ingest.simulation.photos import plain_photo, swift_exif, willfine_photo
from ingest.simulation.reports import swift_report
from tests.samples.drawing import drawn
from tests.samples.swift import IMEI, POSITION, WHEN

LARGE = drawn(swift_exif(WHEN, *POSITION), (4000, 3000))


def exif_of(content: bytes) -> bytes:
    """Return a photo's EXIF block; one without it fails the test."""
    block = read_structure(content).exif
    assert block is not None
    return block


def test_a_sample_keeps_its_metadata_and_loses_its_picture() -> None:
    after = shrink(LARGE)
    assert exif_of(after) == exif_of(LARGE)
    assert read_exif(exif_of(after)).tags["Model"] == "4.0PCG-R"
    assert len(after) < 60_000
    with Image.open(BytesIO(after)) as picture:
        picture.load()
        assert max(picture.size) <= 1280


def test_what_the_picture_showed_cannot_be_told_any_more() -> None:
    # A person's face has finer parts than one block: within a block every pixel is the same, up to JPEG's own noise.
    after = shrink(willfine_photo(IMEI, WHEN, *POSITION, seed=1, size=(640, 480)))
    with Image.open(BytesIO(after)) as picture:
        block = picture.convert("L").crop((64, 64, 96, 96))
    darkest, brightest = block.getextrema()
    assert float(brightest) - float(darkest) < 16  # type: ignore[arg-type]


def test_a_sample_keeps_its_metadata_behind_fill_bytes() -> None:
    assert exif_of(shrink(LARGE[:2] + b"\xff\xff" + LARGE[2:])) == exif_of(LARGE)


def test_comments_and_unknown_segments_of_the_camera_stay_byte_for_byte() -> None:
    segments = b"\xff\xef\x00\x06acme\xff\xfe\x00\x08serial"
    after = shrink(LARGE[:2] + segments + LARGE[2:])
    assert after[2:].startswith(segments)
    assert shrink(after)[: len(segments) + 2] == after[: len(segments) + 2]


def test_a_thumbnail_outside_the_metadata_is_not_kept() -> None:
    thumbnail = b"\xff\xe0" + (2 + 16).to_bytes(2, "big") + b"JFXX\0\x10" + b"picture..."
    assert b"picture..." not in shrink(LARGE[:2] + thumbnail + LARGE[2:])


@pytest.mark.parametrize("content", [b"", b"x", swift_report(IMEI, WHEN), b"\x89PNG\r\n"])
def test_anything_but_a_jpeg_comes_back_as_it_is(content: bytes) -> None:
    assert shrink(content) == content


@pytest.mark.parametrize("length", [3, 4, 200, 500])
def test_a_photo_without_a_readable_picture_is_a_sentence(length: int) -> None:
    with pytest.raises(CamspoolError, match="cannot be made small"):
        shrink(plain_photo(seed=1, size=(64, 48))[:length])


def test_a_few_bytes_that_claim_gigapixels_are_a_sentence_and_no_memory() -> None:
    photo = drawn(None, (64, 48))
    at = photo.index(b"\xff\xc0") + 5
    with pytest.raises(CamspoolError, match="cannot be made small"):
        shrink(photo[:at] + b"\xff\xff\xff\xff" + photo[at + 4 :])
