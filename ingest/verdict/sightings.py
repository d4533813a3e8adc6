"""What the last photos of an ID tell of its camera: places and clocks that cannot be one camera's. Pure.

What may be one camera counts as one: it was driven to another site, or sends late what it took long ago.
"""

from collections.abc import Sequence
from itertools import combinations, pairwise

from ingest.index.feeds import RECORD, Sighting
from ingest.reading.distance import distance_m
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import parse_utc

FASTEST_KM_H = 500.0
"""Faster than anybody takes a camera from one site to the next, the way to the airport included."""
APART_M, TOGETHER_M = 100_000.0, 5_000.0
"""Two places lie so far apart, and what is seen at one of them so near together."""
NEAR_DEGREES = APART_M / 112_000
CLOCKS_APART_S, CLOCK_STEADY_S = 3600, 600
"""Two clocks differ by more than an hour, and each keeps its own difference from ours within ten minutes."""
CLOCK_SIGHTINGS, CLOCK_SWITCHES, TIMES_BACK = 3, 4, 2


def departs(one: Sighting, last: Sighting) -> bool:
    """Say, at hardly any cost, whether a photo can tell of another camera than the last one: by its place or clock."""
    if one.position and last.position:
        (north, east), (last_north, last_east) = one.position, last.position
        if abs(north - last_north) > NEAR_DEGREES or abs(east - last_east) > NEAR_DEGREES:
            return True
    if one.captured_s is None or last.captured_s is None:
        return False
    return abs(one.received_s - one.captured_s - last.received_s + last.captured_s) > CLOCKS_APART_S


def sighting_of(sidecar: Sidecar) -> Sighting:
    """Return when and where a photo was taken. A position of the camera's record says nothing about the camera."""
    latitude, longitude = sidecar.latitude, sidecar.longitude
    is_own = sidecar.sources.get("location") != RECORD and latitude is not None and longitude is not None
    captured = parse_utc(sidecar.captured_at_utc) if sidecar.captured_at_utc else None
    return Sighting(
        int(parse_utc(sidecar.received_at).timestamp()),
        int(captured.timestamp()) if captured else None,
        (latitude, longitude) if is_own else None,  # type: ignore[arg-type]
    )


def places_apart(sightings: Sequence[Sighting]) -> float | None:
    """Return how many metres lie between two places at which a camera seems to be at once; None when it does not.

    Each place was seen twice, as a first GPS fix may be anywhere, and the way between them is too fast by the camera's
    clock and by ours: clocks are set anew at a new site, and what a camera kept is sent from there.
    """
    placed = [one for one in sightings if one.position and one.captured_s is not None]
    if not _is_wide(placed):
        return None
    for one, other in combinations(placed, 2):
        away = distance_m(one.position, other.position)  # type: ignore[arg-type]
        if (
            away >= APART_M
            and _speed(one, other, away) > FASTEST_KM_H
            and _twice(one, placed)
            and _twice(other, placed)
        ):
            return away
    return None


def _is_wide(placed: list[Sighting]) -> bool:
    """Say at little cost whether any two can lie far apart."""
    spans = list(zip(*(one.position for one in placed if one.position), strict=True))
    return any(max(span) - min(span) > NEAR_DEGREES for span in spans)


def _speed(one: Sighting, other: Sighting, away: float) -> float:
    took_s = max(abs(one.received_s - other.received_s), abs((one.captured_s or 0) - (other.captured_s or 0)), 60)
    return away / 1000 / (took_s / 3600)


def _twice(one: Sighting, placed: list[Sighting]) -> bool:
    return sum(distance_m(one.position, each.position) <= TOGETHER_M for each in placed) >= 2  # type: ignore[arg-type]


def clocks_apart(sightings: Sequence[Sighting]) -> int | None:
    """Return by how many seconds two clocks differ that take turns; None when one clock explains what was seen.

    Late arrivals differ from each other, and those that a camera keeps for a fixed hour come in the order in which they
    were taken. Two cameras each keep their own difference from our clock, and time goes back with every turn.
    """
    timed = [one for one in reversed(sightings) if one.captured_s is not None]
    ahead = [one.received_s - (one.captured_s or 0) for one in timed]
    if len(ahead) < 2 * CLOCK_SIGHTINGS:
        return None
    ordered = sorted(ahead)
    gap, border = max((later - former, later) for former, later in pairwise(ordered))
    low, high = [one for one in ordered if one < border], [one for one in ordered if one >= border]
    if gap <= CLOCKS_APART_S or any(
        len(one) < CLOCK_SIGHTINGS or one[-1] - one[0] > CLOCK_STEADY_S for one in (low, high)
    ):
        return None
    switches = sum((one < border) != (other < border) for one, other in pairwise(ahead))
    back = sum((other.captured_s or 0) < (one.captured_s or 0) for one, other in pairwise(timed))
    return gap if switches >= CLOCK_SWITCHES and back >= TIMES_BACK else None
