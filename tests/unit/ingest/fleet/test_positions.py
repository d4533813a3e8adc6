"""Where cameras stand: one jump is a bad fix, two are a move."""

from datetime import datetime

import pytest

from ingest.fleet.positions import moved_m, stays_near, still_positions, whereabouts
from ingest.spool.carried import Carried
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


def test_what_a_camera_saw_while_it_was_carried_does_not_say_where_it_stands() -> None:
    nine, ten = (datetime(2026, 6, 1, hour) for hour in (9, 10))  # noqa: DTZ001 - as above
    seen = [(1.0, 2.0, "2026-06-01T11:00:00"), (3.0, 4.0, "2026-06-01T10:00:00"), (5.0, 6.0, None), (7.0, 8.0)]
    assert still_positions(seen, (Carried(nine, ten),)) == [(1.0, 2.0), (5.0, 6.0), (7.0, 8.0)]
    assert still_positions(seen, ()) == [(1.0, 2.0), (3.0, 4.0), (5.0, 6.0), (7.0, 8.0)]


def test_a_stay_begins_with_the_first_photo_near_the_last_place() -> None:
    times = [f"2026-06-0{day}T12:00:00" for day in (4, 3, 2, 1)]
    seen = [(52.1, 5.1, times[0]), (52.1005, 5.1, None), (52.1, 5.1, times[2]), (52.2, 5.1, times[3])]
    first, last = datetime(2026, 6, 2, 12), datetime(2026, 6, 4, 12)  # noqa: DTZ001 - as above
    assert stays_near(seen, (52.1, 5.1)) == (first, last)
    assert stays_near(seen, (53.0, 5.1)) is None
    assert stays_near([(52.1, 5.1, None)], (52.1, 5.1)) is None
