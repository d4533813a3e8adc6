"""Whose a file is: the camera that its ID means, as the camera records say, and what that camera's record tells. Pure.

An ID is read (`identity`), understood in the spelling that is known, and may be assigned to another camera. Site,
registration and time zone are those of the camera that the file belongs to in the end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ingest.profiles.profile import Part
from ingest.profiles.sources import RECORD, Subject
from ingest.settings.values import Settings
from ingest.spool.assignments import assigned_id, assignments_in, followed_id
from ingest.spool.camera_records import registers, zone_in
from ingest.spool.clock_spans import ClockSpan, clock_spans_in
from ingest.spool.sidecar import Correction, Problem, Warn
from ingest.spool.sites import Record, Site, site_at, sites_in
from ingest.verdict.identity import Identity
from ingest.verdict.senders import Sender
from ingest.vocabulary import SELF_TEST


@dataclass(frozen=True)
class Records:
    """What the verdict may ask: the record of a camera, and how the camera is spelled that an ID means.

    `sender` is the camera whose own account or folder the item came by: it is known even where no profile is. `notes`
    are what people have said of the item, from an earlier verdict.
    """

    of: Callable[[str], Record | None] = lambda _: None
    spelling: Callable[[str], str] = lambda camera_id: camera_id
    sender: Sender | None = None
    notes: tuple[Correction, ...] = ()


NO_RECORDS = Records()


@dataclass(frozen=True)
class Belonging:
    """The camera that a file belongs to, with its record. `text` is what the file calls it, where that is another word.

    `source` is where the file says so, followed by `record` where a record has assigned it to this camera.
    """

    camera_id: str | None = None
    record: Record | None = None
    text: str | None = None
    source: str | None = None
    warnings: tuple[Warn, ...] = ()

    @property
    def clock_spans(self) -> tuple[ClockSpan, ...]:
        """When the camera's clock was wrong, as its record says."""
        return clock_spans_in(self.record)

    def site_at(self, when: datetime | None) -> Site | None:
        """Return where the camera stood at a moment of its local time."""
        return site_at(sites_in(self.record), when)

    def zone(self, part: Part, settings: Settings) -> ZoneInfo:
        """Return the zone of the camera's clock: its own, or that of its profile, or that of all cameras."""
        return zone_in(self.record) or part.zone or settings.zone


def as_read(identity: Identity, records: Records) -> Belonging:
    """Return the camera that an ID means, before any record has assigned it to another."""
    if identity.camera_id is None:
        return Belonging(source=identity.source)
    camera_id = records.spelling(identity.camera_id)
    text = identity.text or (identity.camera_id if camera_id != identity.camera_id else None)
    return Belonging(camera_id, records.of(camera_id), text, identity.source, identity.warnings)


def as_assigned(read: Belonging, records: Records, subject: Subject, profile: str | None, at: datetime) -> Belonging:
    """Return the camera that the records have assigned a file to; `at` is its time, in the camera's local time.

    A doubt about the ID that was read goes: a person has said whose it is.
    """
    if read.camera_id is None or not (read.record and "assignments" in read.record):
        return read
    marks = {"make": _make(subject), "profile": profile, "account": subject.account}

    def step(camera_id: str) -> str:
        assignments = assignments_in(records.of(camera_id))
        return records.spelling(assigned_id(assignments, camera_id, **marks, at=at))

    camera_id = followed_id(read.camera_id, step)
    if camera_id == read.camera_id:
        return read
    return Belonging(camera_id, records.of(camera_id), read.text or read.camera_id, f"{read.source} {RECORD}")


def registration(owner: Belonging, profile: str | None, settings: Settings) -> tuple[Problem, ...]:
    """Reject the files of a camera that nobody has entered, where cameras must be.

    The gateway's own test photos need no entry: without them nobody would hear that a port has stopped working.
    """
    if not settings.cameras.must_be_registered or owner.camera_id is None or registers(owner.record):
        return ()
    if profile == owner.camera_id == SELF_TEST:
        return ()
    return (Problem("unknown_camera", f"Camera {owner.camera_id} is not registered."),)


def _make(subject: Subject) -> str | None:
    make = subject.exif.get("Make")
    return make if isinstance(make, str) else None
