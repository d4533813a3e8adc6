"""Says in a verdict, before it is committed, that its ID is fed by several cameras: what the workers cannot know."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ingest.index.feeds import feeds_of, sightings_of
from ingest.index.rows import type_of
from ingest.spool.camera_records import read_camera_record
from ingest.spool.moves import Decided
from ingest.spool.one_camera import one_camera_in
from ingest.spool.sidecar import Sidecar
from ingest.verdict.mixed import Look, Mixture, Seen, look_of, looks_of, mixed_warning, mixture_with, sighting_of
from ingest.vocabulary import SELF_TEST

SIGHTINGS = 9

Pending = dict[str, tuple[str, Look]]
"""Accepted items that are not in the index yet: their camera and what they look like."""


def warn_of_mixing(
    root: Path, decided: Iterable[Decided], index: sqlite3.Connection, pending: Pending
) -> list[Decided]:
    """Warn where the files of an ID cannot all be one camera's; note the looks in `pending`.

    The index is asked by its key, and a camera's record is read only where there is something to warn of.
    """
    return [replace(one, sidecar=_with_warning(root, one.sidecar, index, pending)) for one in decided]


def _with_warning(root: Path, sidecar: Sidecar, index: sqlite3.Connection, pending: Pending) -> Sidecar:
    camera_id = sidecar.camera_id
    if sidecar.verdict != "accepted" or camera_id is None or sidecar.profile == SELF_TEST:
        return sidecar
    look = look_of(sidecar, *type_of(sidecar))
    mixture = _mixture(root, sidecar, camera_id, look, index, pending)
    pending[sidecar.id] = camera_id, look
    if mixture is None:
        return sidecar
    return replace(sidecar, warnings=(*sidecar.warnings, mixed_warning(camera_id, mixture)))


def _mixture(
    root: Path, sidecar: Sidecar, camera_id: str, look: Look, index: sqlite3.Connection, pending: Pending
) -> Mixture | None:
    told = [one for camera, one in pending.values() if camera == camera_id]
    seen = Seen(tuple(dict.fromkeys((*looks_of(feeds_of(index, camera_id)), *told))))
    if sidecar.kind == "image":
        seen = replace(seen, sightings=(sighting_of(sidecar), *sightings_of(index, camera_id))[:SIGHTINGS])
    profiles = frozenset(one.profile for one in sidecar.trace)
    found = mixture_with(seen, look, profiles.__contains__)
    if found is None:
        return None
    settled = one_camera_in(read_camera_record(root, camera_id))
    return mixture_with(replace(seen, settled=settled), look, profiles.__contains__)
