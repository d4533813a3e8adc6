"""Which IDs several cameras feed, as pages show it: read from the index, judged by all that is known of an ID."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from ingest.fleet.attention import URGENCY, Attention
from ingest.fleet.health import Camera
from ingest.index.feeds import Feed, fed_by_several, feeds_of, sightings_of
from ingest.spool.one_camera import OneCamera, one_camera_in, with_one_camera
from ingest.spool.sites import Record
from ingest.verdict.mixed import Mixture, Seen, looks_of, mixture_of
from ingest.verdict.sightings import CLOCKS_APART_S, NEAR_DEGREES, clocks_apart, places_apart

_TASK = "Give each its own ID, or say that this is one camera, on its page."
_KNOWN_MAX = 20_000
_LAST_PHOTOS = "SELECT camera_id, positions, clock_errors_s FROM cameras ORDER BY camera_id"


@dataclass(frozen=True)
class Mixed:
    """One ID that several cameras feed: why that is said, and what feeds it."""

    camera_id: str
    mixture: Mixture
    feeds: tuple[Feed, ...]


def marked(camera: Camera, mixture: Mixture | None) -> Camera:
    """Return a camera that needs attention as well for being several, if it is."""
    if mixture is None:
        return camera
    found = (*camera.attention, Attention("mixed", f"Fed by {mixture.words}", _TASK))
    return replace(camera, attention=tuple(sorted(found, key=lambda one: URGENCY.index(one.kind))))


def mark_all(
    cameras: Iterable[Camera], index: sqlite3.Connection, records: Mapping[str, Record], profiles: frozenset[str]
) -> list[Camera]:
    """Return the cameras of a fleet, those marked that are several."""
    mixed = {one.camera_id: one.mixture for one in read_mixed(index, records, profiles)}
    return [marked(camera, mixed.get(camera.id)) for camera in cameras]


def read_mixed(index: sqlite3.Connection, records: Mapping[str, Record], profiles: frozenset[str]) -> list[Mixed]:
    """Return every ID that several cameras feed. Most of a fleet have one feed, and nothing to tell."""
    several = fed_by_several(index)
    found = []
    for camera_id, positions, errors_s in index.execute(_LAST_PHOTOS).fetchall():
        doubtful = _are_doubtful(positions, errors_s)
        feeds = several.pop(camera_id, ())
        if feeds or doubtful:
            found.append((camera_id, feeds, sightings_of(index, camera_id) if doubtful else ()))
    found += [(camera_id, feeds, ()) for camera_id, feeds in several.items()]
    return [
        Mixed(camera_id, mixture, feeds or feeds_of(index, camera_id))
        for camera_id, feeds, sightings in found
        if (
            mixture := mixture_of(Seen(looks_of(feeds), sightings, _settled(records, camera_id)), profiles.__contains__)
        )
    ]


def read_mixture(
    index: sqlite3.Connection, camera_id: str, record: Record | None, profiles: frozenset[str]
) -> Mixture | None:
    """Say why one ID is not one camera's; None when it may be."""
    feeds, sightings = feeds_of(index, camera_id), sightings_of(index, camera_id)
    return mixture_of(Seen(looks_of(feeds), sightings, one_camera_in(record)), profiles.__contains__)


def as_one_camera(index: sqlite3.Connection, camera_id: str, record: Record, by: str, at: str) -> dict[str, Any]:
    """Return the record that says of all that feeds an ID now that it is one camera."""
    looks = [(one.make, one.model, one.profile) for one in looks_of(feeds_of(index, camera_id))]
    sightings = sightings_of(index, camera_id)
    places, clock = places_apart(sightings) is not None, clocks_apart(sightings) is not None
    return with_one_camera(record, looks, places=places, clock=clock, by=by, at=at)


def _settled(records: Mapping[str, Record], camera_id: str) -> OneCamera:
    return one_camera_in(records.get(camera_id))


@lru_cache(maxsize=_KNOWN_MAX)
def _are_doubtful(positions: str | None, errors_s: str | None) -> bool:
    """Say whether it is worth while to look at a camera's last photos; asked again and again with the same texts."""
    spans = [*zip(*(one[:2] for one in json.loads(positions or "[]")), strict=True)]
    errors = [int(one) for one in (errors_s or "").split()]
    is_wide = any(max(span) - min(span) > NEAR_DEGREES for span in spans)
    return is_wide or (bool(errors) and max(errors) - min(errors) > CLOCKS_APART_S)
