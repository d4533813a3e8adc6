"""Where cameras stand and whether they have moved. Pure."""

from ingest.reading.distance import distance_m
from ingest.reading.location import Position
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
