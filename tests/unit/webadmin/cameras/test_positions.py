"""Where cameras stand: one jump is a bad fix, two are a move."""

import pytest

from webadmin.cameras.positions import distance_m, moved_m, written_position


def test_one_jump_is_a_bad_fix_and_two_are_a_move() -> None:
    home, away, further = (52.0, 5.0), (52.003, 5.0), (52.002, 5.0)
    assert moved_m([away, home, home], home) is None
    assert moved_m([away, away, home], home) == pytest.approx(333, abs=2)
    assert moved_m([further, further], home) is None
    assert moved_m([away, away], away) is None
    assert moved_m([away, away], None) is None


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        ((52.0, 5.0), (52.0, 5.001), 68.5),
        ((0.0, 179.9995), (0.0, -179.9995), 111.2),
        ((90.0, 0.0), (90.0, 120.0), 0.0),
        ((0.0, 0.0), (0.0, 180.0), 20_015_087),
    ],
)
def test_a_distance_is_right_across_the_date_line_at_a_pole_and_around_the_world(
    one: tuple[float, float], other: tuple[float, float], metres: float
) -> None:
    assert distance_m(one, other) == pytest.approx(metres, rel=1e-3, abs=0.1)


def test_only_two_numbers_are_a_written_position() -> None:
    assert written_position({"latitude": 52, "longitude": 5.1}) == (52.0, 5.1)
    assert written_position({"latitude": 0, "longitude": 0}) == (0.0, 0.0)
    for record in ({}, {"latitude": 52.0}, {"latitude": None, "longitude": None}, {"latitude": "52", "longitude": "5"}):
        assert written_position(record) is None
