"""The marker walk: size, EXIF, and whether the end is there."""

from io import BytesIO

import pytest
from PIL import Image

from ingest.reading.jpeg import Structure, read_structure
from ingest.simulation.photos import plain_photo
from tests.samples.drawing import drawn, with_block, with_segments
from tests.samples.tiff import willfine_block

PHOTO = plain_photo(size=(320, 240), seed=1)


def test_it_works() -> None:
    assert read_structure(PHOTO) == Structure(320, 240, has_scan=True, complete=True, comment=b"simulated 1")


@pytest.mark.parametrize("progressive", [False, True])
def test_every_cut_is_seen_and_pillow_agrees_on_the_size(progressive: bool) -> None:
    output = BytesIO()
    Image.open(BytesIO(PHOTO)).save(output, "JPEG", progressive=progressive)
    whole = output.getvalue()
    assert read_structure(whole).complete
    for cut in range(len(whole) // 10, len(whole) - 1, 97):
        assert not read_structure(whole[:cut]).complete


def test_what_follows_the_end_is_harmless() -> None:
    for trailer in (b"\0" * 4096, b"text\r\n", PHOTO[:500]):
        assert read_structure(PHOTO + trailer).complete


def test_an_end_inside_the_exif_thumbnail_is_not_the_end_of_the_photo() -> None:
    photo = with_block(willfine_block() + PHOTO)
    assert not read_structure(photo[:-2]).complete
    assert read_structure(photo).complete


def test_restart_markers_and_filling_are_no_markers() -> None:
    output = BytesIO()
    Image.open(BytesIO(PHOTO)).save(output, "JPEG", restart_marker_blocks=2)
    assert read_structure(output.getvalue()).complete
    assert read_structure(b"\xff\xd8\xff\xff\xff" + PHOTO[3:]).width == 320


def test_the_first_exif_segment_counts_even_when_it_is_cut() -> None:
    photo = drawn({"0th": {271: b"Willfine"}})
    exif = read_structure(photo).exif
    assert exif is not None
    assert exif.startswith(b"MM\0*")
    assert read_structure(photo[:40]).exif == exif[: len(read_structure(photo[:40]).exif or b"")]


def test_comments_and_the_first_packet_of_xmp_are_found() -> None:
    packets = [b"http://ns.adobe.com/xap/1.0/\0<a/>", b"http://ns.adobe.com/xap/1.0/\0<b/>"]
    photo = with_segments((0xFE, b"CAM=UO002\0old"), (0xE1, packets[0]), (0xE1, packets[1]), (0xFE, b"second"))
    structure = read_structure(photo)
    assert (structure.xmp, structure.comment, structure.complete) == (b"<a/>", b"CAM=UO002\nsecond", True)
    assert read_structure(photo[: photo.index(b"\xff\xda")]).comment == b"CAM=UO002\nsecond"


def test_thousands_of_comments_are_not_all_kept() -> None:
    assert read_structure(with_segments(*[(0xFE, b"x")] * 100)).comment == b"x\nx\nx\nx"


def test_no_frame_or_no_scan_is_said() -> None:
    assert read_structure(b"\xff\xd8\xff\xd9") == Structure()
    assert read_structure(b"\xff\xd8\xff\xe0\x00\x04ab") == Structure()
    scan = PHOTO.index(b"\xff\xda")
    assert not read_structure(PHOTO[:scan]).has_scan


def test_a_frame_without_size_has_none() -> None:
    start = PHOTO.index(b"\xff\xc0")
    no_height = PHOTO[: start + 5] + b"\0\0" + PHOTO[start + 7 :]
    assert read_structure(no_height).width is None


def test_ten_megabytes_of_markers_end_soon() -> None:
    assert read_structure(b"\xff\xd8" + b"\xff\x01" * 5_000_000) == Structure()
    assert read_structure(b"\xff\xd8" + b"\xff\xe1\x00\x02" * 2_500_000) == Structure()
