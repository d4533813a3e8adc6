"""The kinds of targets: for each what delivers, what tries it out, and how many items it takes at a time."""

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.outbox import archive
from ingest.outbox.answers import Deliver, TryOut
from ingest.settings.targets import TargetKind


@dataclass(frozen=True)
class Kind:
    """What the outbox needs to know of a kind of target."""

    deliver: Deliver
    try_out: TryOut
    parcels_max: int


KINDS: Mapping[TargetKind, Kind] = {
    "archive": Kind(archive.deliver, archive.try_out, archive.PARCELS_MAX),
}
