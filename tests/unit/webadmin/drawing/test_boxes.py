"""Boxes lie where things are in the pixels, inside the photo, and a stranger's word is no markup."""

import pytest

from webadmin.drawing.boxes import Box, draw_boxes, turned_back

BOX = Box("animal", 0.934, 0.1, 0.2, 0.3, 0.4)


def test_a_box_is_as_large_as_its_share_of_the_photo() -> None:
    drawing = draw_boxes([BOX], 1000, 500)
    assert '<rect class="animal" x="100.0" y="100.0" width="300.0" height="200.0"/>' in drawing
    assert 'viewBox="0 0 1000 500"' in drawing
    assert 'aria-label="Found: animal 93 %"' in drawing
    assert BOX.words == "animal 93 %"


def test_what_reaches_out_of_the_photo_is_cut_off() -> None:
    drawing = draw_boxes([Box("person", 1, -0.5, 0.5, 3, 3), Box("car", 1, 2, 2, 1, 1)], 100, 100)
    assert '<rect class="person" x="0.0" y="50.0" width="100.0" height="50.0"/>' in drawing
    assert '<rect class="other" x="200.0" y="200.0" width="0.0" height="0.0"/>' in drawing
    assert 'aria-label="Found: person 100 %, car 100 %"' in drawing


def test_a_strangers_word_is_no_markup() -> None:
    assert "<b>" not in draw_boxes([Box('"><b>', 1, 0, 0, 1, 1)], 10, 10)


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(None, (0.1, 0.2)), (1, (0.1, 0.2)), (3, (0.6, 0.4)), (6, (0.2, 0.6)), (8, (0.4, 0.1))],
)
def test_a_turned_photo_has_its_boxes_turned_back(orientation: int | None, corner: tuple[float, float]) -> None:
    box = turned_back(BOX, orientation)
    assert box
    assert (box.left, box.top) == pytest.approx(corner)
    assert (box.width, box.height) == ((0.4, 0.3) if orientation in (6, 8) else (0.3, 0.4))


@pytest.mark.parametrize("orientation", [2, 7, "1", 99])
def test_a_mirrored_photo_gets_no_boxes(orientation: object) -> None:
    assert turned_back(BOX, orientation) is None
