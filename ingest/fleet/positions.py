"""Where cameras stand and whether they have moved. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from ingest.reading.distance import distance_m
from ingest.reading.location import Position
from ingest.spool.carried import Carried
from ingest.spool.sites import Site, present_site

MOVED_M = 250.0


def moved_m(positions: list[Position], home: Position | None) -> float | None:
    """Return how far the camera has moved: when the last two positions both lie over 250 m from its home.

    Its home is its present site, else where its first photo was taken. None when it has not moved.
    """
    if len(positions) < 2 or home is None:
        return None
    last, former = (distance_m(home, one) for one in positions[:2])
    return last if min(last, former) > MOVED_M else None


def still_positions(seen: Iterable[Sequence[Any]], carried: tuple[Carried, ...]) -> list[Position]:
    """Return the positions of photos, without those that a camera took while it was carried about.

    `seen` are latitudes, longitudes and local times, as the index keeps them.
    """
    return [(one[0], one[1]) for one in seen if not (carried and _is_on_the_way(one[2:], carried))]


def _is_on_the_way(at: Sequence[str | None], carried: tuple[Carried, ...]) -> bool:
    when = datetime.fromisoformat(at[0]) if at and at[0] else None
    return when is not None and any(one.holds(when) for one in carried)


def stays_near(seen: Iterable[tuple[float, float, str | None]], position: Position) -> tuple[datetime, datetime] | None:
    """Return from when until when (local times) a camera's last photos were taken near a position; None for none.

    `seen` as above, the newest first; what tells no time is passed over.
    """
    times: list[datetime] = []
    for latitude, longitude, at in seen:
        if distance_m(position, (latitude, longitude)) > MOVED_M:
            break
        if at:
            times.append(datetime.fromisoformat(at))
    return (min(times), max(times)) if times else None


def whereabouts(
    positions: list[Position], sites: tuple[Site, ...], first: Position | None
) -> tuple[Position | None, float | None]:
    """Return where a camera stands, and how far it has moved from there (None: it has not).

    `positions` are those of its last photos, newest first, and `first` that of its first one. A photo that has the
    position of a site says nothing of where the camera is: the site does.
    """
    site = present_site(sites)
    home = site.position if site else first
    entered = {site.position for site in sites}
    if positions and positions[0] not in entered:
        return positions[0], moved_m([one for one in positions if one not in entered], home)
    return home, None
