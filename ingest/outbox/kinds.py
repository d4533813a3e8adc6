"""The kinds of targets: for each what delivers, what tries it out, and how many items it takes at a time."""

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.outbox import archive, archive_letters, command, earthranger, folder, message, troubles, webhook
from ingest.outbox.answers import Deliver, DeliverLetters, TryOut
from ingest.settings.targets import TargetKind


@dataclass(frozen=True)
class Kind:
    """What the outbox needs to know of a kind of target. `deliver_letters` is None where it takes items only."""

    deliver: Deliver
    try_out: TryOut
    parcels_max: int
    deliver_letters: DeliverLetters | None = None


KINDS: Mapping[TargetKind, Kind] = {
    "archive": Kind(archive.deliver, archive.try_out, archive.PARCELS_MAX, archive_letters.deliver_letters),
    "command": Kind(command.deliver, command.try_out, command.PARCELS_MAX, command.deliver_letters),
    "earthranger": Kind(earthranger.deliver, earthranger.try_out, earthranger.PARCELS_MAX, troubles.deliver_letters),
    "folder": Kind(folder.deliver, folder.try_out, folder.PARCELS_MAX),
    "message": Kind(message.deliver, message.try_out, message.PARCELS_MAX, message.deliver_letters),
    "webhook": Kind(webhook.deliver, webhook.try_out, webhook.PARCELS_MAX, webhook.deliver_letters),
}
