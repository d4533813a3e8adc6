"""Where cameras stand and whether they have moved. Pure."""

import math
from collections.abc import Mapping
from typing import Any

MOVED_M = 250.0
_EARTH_M = 6_371_000


def distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two positions in metres (great circle).

    >>> round(distance_m((52.0, 5.0), (52.001, 5.0)))
    111
    """
    first, second = math.radians(one[0]), math.radians(other[0])
    half = math.sin((second - first) / 2) ** 2
    half += math.cos(first) * math.cos(second) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 2 * _EARTH_M * math.asin(math.sqrt(min(1.0, half)))


def moved_m(positions: list[tuple[float, float]], home: tuple[float, float] | None) -> float | None:
    """Return how far the camera has moved: when the last two positions both lie over 250 m from its home.

    Its home is what an admin wrote, else where its first photo was taken. None when it has not moved.
    """
    if len(positions) < 2 or home is None:
        return None
    last, former = (distance_m(home, one) for one in positions[:2])
    return last if min(last, former) > MOVED_M else None


def written_position(record: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return the position that an admin wrote down."""
    latitude, longitude = record.get("latitude"), record.get("longitude")
    if isinstance(latitude, int | float) and isinstance(longitude, int | float):
        return float(latitude), float(longitude)
    return None
