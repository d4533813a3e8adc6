"""Where cameras stand: one jump is a bad fix, two are a move."""

from datetime import datetime

import pytest

from ingest.fleet.positions import moved_m, whereabouts
from ingest.spool.sites import Site


def test_one_jump_is_a_bad_fix_and_two_are_a_move() -> None:
    home, away, further = (52.0, 5.0), (52.003, 5.0), (52.002, 5.0)
    assert moved_m([away, home, home], home) is None
    assert moved_m([away, away, home], home) == pytest.approx(333, abs=2)
    assert moved_m([further, further], home) is None
    assert moved_m([away, away], away) is None
    assert moved_m([away, away], None) is None


def test_a_camera_is_where_its_photos_say_and_one_with_a_site_where_the_site_is() -> None:
    gate, pond, far = (52.1, 5.1), (52.2, 5.2), (53.0, 5.0)
    here = Site(*pond, "Pond", datetime(2026, 6, 1))  # noqa: DTZ001 - a camera's clock has no zone
    assert whereabouts([], (), None) == (None, None)
    assert whereabouts([gate], (), gate) == (gate, None)
    position, moved = whereabouts([far, far], (here,), gate)
    assert (position, moved is not None) == (far, True)


def test_photos_that_have_the_position_of_a_site_do_not_say_that_the_camera_has_moved() -> None:
    gate, pond, far = (52.1, 5.1), (52.2, 5.2), (53.0, 5.0)
    left = Site(*gate, "Gate", None, datetime(2026, 6, 1))  # noqa: DTZ001 - as above
    here = Site(*pond, "Pond", datetime(2026, 6, 1))  # noqa: DTZ001 - as above
    assert whereabouts([gate, gate], (left, here), gate) == (pond, None)
    assert whereabouts([gate, far, far], (left, here), gate) == (pond, None)
    assert whereabouts([gate, gate], (left,), None) == (None, None)
