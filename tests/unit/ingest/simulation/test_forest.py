"""Drawn forests: as large as real photos, and the same again for the same scene."""

from io import BytesIO

from PIL import Image

from ingest.simulation.forest import forest_picture
from ingest.simulation.photos import plain_photo


def test_photos_have_the_size_of_real_ones() -> None:
    assert 100_000 < len(plain_photo(seed=1)) < 150_000
    assert 2_000_000 < len(plain_photo(size=(4000, 3000), seed=1)) < 3_000_000


def test_a_picture_is_a_jpeg_of_the_size_that_was_asked_for() -> None:
    for size in ((64, 48), (161, 121), (1280, 960)):
        with Image.open(BytesIO(forest_picture(size, 1))) as image:
            assert (image.format, image.mode, image.size) == ("JPEG", "RGB", size)
            image.load()


def test_a_scene_is_drawn_again_byte_for_byte_and_others_look_different() -> None:
    first = forest_picture((160, 120), 3)
    forest_picture.cache_clear()
    assert forest_picture((160, 120), 3) == first
    assert len({forest_picture((160, 120), scene) for scene in range(5)}) == 5
