"""Distances on the globe."""

import pytest

from ingest.reading.distance import distance_m


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
