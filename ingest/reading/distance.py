"""How far two positions are from each other."""

import math

from ingest.reading.location import Position

_EARTH_M = 6_371_000


def distance_m(one: Position, other: Position) -> float:
    """Return the distance of two positions in metres (great circle).

    >>> round(distance_m((52.0, 5.0), (52.001, 5.0)))
    111
    """
    first, second = math.radians(one[0]), math.radians(other[0])
    half = math.sin((second - first) / 2) ** 2
    half += math.cos(first) * math.cos(second) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return 2 * _EARTH_M * math.asin(math.sqrt(min(1.0, half)))
