"""Photos become samples without a picture, without thumbnails, and without segments that nobody reads."""

from io import BytesIO

import pytest
from PIL import Image

from ingest.errors import CamspoolError
from ingest.packing.anonymous import anonymous
from ingest.packing.replacing import Replacing
from ingest.reading.jpeg import read_structure
from ingest.simulation.photos import willfine_photo
from tests.samples.drawing import drawn
from tests.samples.willfine import IMEI, POSITION, WHEN
from tests.unit.ingest.packing.hostile import everywhere

NOTHING = Replacing()
PHOTO = everywhere("NorthGate-4711", "Jan Jansen", (52.098767, 5.125342))


def test_segments_that_the_profile_does_not_read_are_left_out() -> None:
    made = anonymous(PHOTO, NOTHING, frozenset())
    assert (read_structure(made).xmp, read_structure(made).comment) == (None, b"")
    assert b"Photoshop" not in made and b"Jansen" not in made.replace(b"Jan Jansen", b"")


def test_segments_that_it_reads_stay() -> None:
    made = read_structure(anonymous(PHOTO, NOTHING, frozenset({"comment", "xmp.aux:SerialNumber"})))
    assert made.comment.startswith(b"SN=NorthGate-4711") and b"\n" not in made.comment
    assert made.xmp and b"NorthGate-4711" in made.xmp


def test_a_photo_without_an_end_stays_one_and_is_not_decoded() -> None:
    whole = willfine_photo(IMEI, WHEN, *POSITION, seed=1)
    made = read_structure(anonymous(whole[:30_000], NOTHING, frozenset()))
    assert (made.width, made.height, made.has_scan, made.complete) == (1280, 960, True, False)


def test_a_picture_that_claims_gigapixels_costs_no_memory() -> None:
    photo = drawn(None, (64, 48))
    at = photo.index(b"\xff\xc0") + 5
    made = anonymous(photo[:at] + b"\xff\xff\xff\xff" + photo[at + 4 :], NOTHING, frozenset())
    with Image.open(BytesIO(made)) as picture:
        assert max(picture.size) <= 1280


def test_a_photo_without_a_size_is_a_sentence() -> None:
    with pytest.raises(CamspoolError, match="without a size"):
        anonymous(b"\xff\xd8\xff\xe1\x00\x02", NOTHING, frozenset())
