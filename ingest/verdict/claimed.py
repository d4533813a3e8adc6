"""What a file says that exactly one profile claims: whose it is, when and where, and what is wrong with that. Pure.

The verdict makes a sidecar of it (`decision`), and the dry run of a profile counts it (`dry_run`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.profiles.profile import Part
from ingest.profiles.sources import Subject
from ingest.reading.facts import Facts
from ingest.settings.values import Settings
from ingest.spool.corrections import by_hand
from ingest.spool.sidecar import Correction, Problem, Warn
from ingest.verdict.belonging import Belonging, Records, as_assigned, as_read, registration
from ingest.verdict.identity import Identity, identify
from ingest.verdict.photo_fields import (
    PhotoPlace,
    PhotoTime,
    photo_location,
    photo_time,
    placed_by_hand,
    timed_by_hand,
)
from ingest.verdict.report_fields import ReportReading, read_report_fields
from ingest.verdict.right_time import said_in, settled_notes
from ingest.vocabulary import REASONS

Notes = tuple[Correction, ...]


@dataclass(frozen=True)
class Claimed:
    """What was read of a file that a profile claims; `exif` is as that profile sees it.

    `unfit` is what keeps it from being any camera's, `lacking` what is wrong with its time and place, and `is_found`
    says that all that the profile requires was found. `notes` are what people say of it.
    """

    owner: Belonging
    said: PhotoTime | ReportReading
    place: PhotoPlace
    exif: Mapping[str, Any]
    unfit: tuple[Problem, ...]
    lacking: tuple[Problem, ...]
    is_found: bool
    warnings: tuple[Warn, ...]
    notes: Notes = ()

    def problems(self, facts: Facts, part: Part) -> tuple[Problem, ...]:
        """Return everything that is wrong with the file, the reason first.

        That its EXIF is missing is nothing where all was found elsewhere, in the path say.
        """
        metadata = facts.metadata_problem
        misses = metadata is not None and not self.is_found and part.reads_exif
        return in_order([*facts.problems, *([metadata] if metadata and misses else []), *self.unfit, *self.lacking])


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems in the order of the closed list, in which the first is the reason."""
    return tuple(sorted(problems, key=lambda problem: REASONS.index(problem.code)))


def read_claimed(
    profile: str, part: Part, subject: Subject, received_at: datetime, settings: Settings, records: Records
) -> Claimed:
    """Read a file as its profile says; `subject` is the file as that profile sees it, see `matching.seen_by`.

    Its times are read first, and by them whose it is; where that is another camera, they are read as that one's. What
    a person has said of the file, or of its camera's clock, comes before what the file says.
    """
    identity = identify(part, subject, settings, records.sender)
    first = as_read(identity, records)
    said, notes = _said(first, part, subject, received_at, settings, records)
    at = _right(said, notes) or received_at.astimezone(first.zone(part, settings)).replace(tzinfo=None)
    owner = as_assigned(first, records, subject, profile, at)
    if owner is not first:
        said, notes = _said(owner, part, subject, received_at, settings, records)
    unfit = (*identity.problems, *registration(owner, profile, settings))
    if isinstance(said, ReportReading):
        return _claimed(identity, owner, said, PhotoPlace(), subject, unfit, notes)
    place = photo_location(part, subject, lambda: owner.site_at(_right(said, notes)))
    return _claimed(identity, owner, timed_by_hand(said, notes), placed_by_hand(place, notes), subject, unfit, notes)


def _said(
    owner: Belonging, part: Part, subject: Subject, received_at: datetime, settings: Settings, records: Records
) -> tuple[PhotoTime | ReportReading, Notes]:
    """Read the times of a file, and return with them what people say of it, by what is known of its camera."""
    zone = owner.zone(part, settings)
    if subject.part == "report":
        return read_report_fields(part, subject, zone), records.notes
    time = photo_time(part, subject, received_at, settings, zone)
    read = said_in(zone, time.local, time.utc, received_at)
    return time, settled_notes(records.notes, read, owner.clock_spans, zone)


def _right(said: PhotoTime | ReportReading, notes: Notes) -> datetime | None:
    """Return when a file was made, in the local time of its camera: as a person says, or as the file does."""
    told = by_hand(notes, "captured_at") if isinstance(said, PhotoTime) else None
    return datetime.fromisoformat(told["captured_at"]) if told else said.local


def _claimed(
    identity: Identity,
    owner: Belonging,
    said: PhotoTime | ReportReading,
    place: PhotoPlace,
    subject: Subject,
    unfit: tuple[Problem, ...],
    notes: Notes,
) -> Claimed:
    lacking = (*said.problems, *place.problems) if isinstance(said, PhotoTime) else ()
    is_found = subject.part == "image" and not (identity.problems or lacking)
    warnings = (*owner.warnings, *said.warnings)
    return Claimed(owner, said, place, subject.exif, unfit, lacking, is_found, warnings, notes)
