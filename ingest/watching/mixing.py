"""Says in a verdict, before it is committed, that its ID is fed by several cameras: what the workers cannot know."""

import sqlite3
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.index.feeds import SIGHTINGS, Sighting, looks_in, sightings_of
from ingest.index.rows import type_of
from ingest.spool.camera_records import read_camera_record
from ingest.spool.moves import Decided
from ingest.spool.one_camera import one_camera_in
from ingest.spool.sidecar import Sidecar, changed
from ingest.verdict.mixed import Look, Mixture, Seen, look_of, mixed_warning, mixture_with
from ingest.verdict.sightings import departs, sighting_of
from ingest.vocabulary import SELF_TEST


@dataclass
class Company:
    """State that lives with the index writer: what the index does not know yet of accepted items (by their id, camera
    and look), and the last photo of each camera: only one that departs from it is put beside those before it."""

    pending: dict[str, tuple[str, Look]] = field(default_factory=dict)
    last: dict[str, Sighting] = field(default_factory=dict)

    def forget(self, ids: Container[str]) -> None:
        """Forget items that the index knows, or that were not committed after all."""
        self.pending = {item_id: look for item_id, look in self.pending.items() if item_id not in ids}


def warn_of_mixing(
    root: Path, decided: Iterable[Decided], index: sqlite3.Connection, company: Company
) -> list[Decided]:
    """Warn where the files of an ID cannot all be one camera's; what is just being committed counts.

    The index is asked by its key, and a camera's record is read only where there is something to warn of.
    """
    return [_with_warning(root, one, index, company) for one in decided]


def _with_warning(root: Path, one: Decided, index: sqlite3.Connection, company: Company) -> Decided:
    sidecar, camera_id = one.sidecar, one.sidecar.camera_id
    if sidecar.verdict != "accepted" or camera_id is None or sidecar.profile == SELF_TEST:
        return one
    look = look_of(sidecar, *type_of(sidecar))
    seen = Seen(_looks(index, camera_id, company), _sightings(index, camera_id, sidecar, company))
    company.pending[sidecar.id] = camera_id, look
    mixture = _mixture(
        root, camera_id, seen, look, lambda profile: any(one.profile == profile for one in sidecar.trace)
    )
    if mixture is None:
        return one
    warning = mixed_warning(camera_id, mixture)
    return replace(one, sidecar=changed(sidecar, warnings=(*sidecar.warnings, warning)))


def _looks(index: sqlite3.Connection, camera_id: str, company: Company) -> tuple[Look, ...]:
    known = [Look(*one) for one in looks_in(index, camera_id)]
    known += [look for camera, look in company.pending.values() if camera == camera_id]
    return tuple(dict.fromkeys(known))


def _sightings(index: sqlite3.Connection, camera_id: str, sidecar: Sidecar, company: Company) -> tuple[Sighting, ...]:
    if sidecar.kind != "image":
        return ()
    sighting = sighting_of(sidecar)
    last, company.last[camera_id] = company.last.get(camera_id), sighting
    if last and not departs(sighting, last):
        return ()
    return (sighting, *sightings_of(index, camera_id))[:SIGHTINGS]


def _mixture(root: Path, camera_id: str, seen: Seen, look: Look, is_profile: Callable[[str], bool]) -> Mixture | None:
    if mixture_with(seen, look, is_profile) is None:
        return None
    settled = one_camera_in(read_camera_record(root, camera_id))
    return mixture_with(replace(seen, settled=settled), look, is_profile)
