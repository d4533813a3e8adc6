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
from ingest.spool.sidecar import Problem, Warn
from ingest.verdict.belonging import Belonging, Records, as_assigned, as_read, registration
from ingest.verdict.identity import Identity, identify
from ingest.verdict.photo_fields import PhotoPlace, PhotoTime, photo_location, photo_time
from ingest.verdict.report_fields import ReportReading, read_report_fields
from ingest.vocabulary import REASONS


@dataclass(frozen=True)
class Claimed:
    """What was read of a file that a profile claims; `exif` is as that profile sees it.

    `unfit` is what keeps it from being any camera's, `lacking` what is wrong with its time and place, and `is_found`
    says that all that the profile requires was found.
    """

    owner: Belonging
    said: PhotoTime | ReportReading
    place: PhotoPlace
    exif: Mapping[str, Any]
    unfit: tuple[Problem, ...]
    lacking: tuple[Problem, ...]
    is_found: bool
    warnings: tuple[Warn, ...]

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

    Its times are read first, and by them whose it is; where that is another camera, they are read as that one's.
    """
    identity = identify(part, subject, settings, records.sender)
    first = as_read(identity, records)
    said = _said(first, part, subject, received_at, settings)
    at = said.local or received_at.astimezone(first.zone(part, settings)).replace(tzinfo=None)
    owner = as_assigned(first, records, subject, profile, at)
    if owner is not first:
        said = _said(owner, part, subject, received_at, settings)
    unfit = (*identity.problems, *registration(owner, profile, settings))
    if isinstance(said, ReportReading):
        return _claimed(identity, owner, said, PhotoPlace(), subject, unfit, ())
    time = said
    place = photo_location(part, subject, lambda: owner.site_at(time.local))
    return _claimed(identity, owner, time, place, subject, unfit, (*time.problems, *place.problems))


def _said(
    owner: Belonging, part: Part, subject: Subject, received_at: datetime, settings: Settings
) -> PhotoTime | ReportReading:
    zone = owner.zone(part, settings)
    if subject.part == "report":
        return read_report_fields(part, subject, zone)
    return photo_time(part, subject, received_at, settings, zone)


def _claimed(
    identity: Identity,
    owner: Belonging,
    said: PhotoTime | ReportReading,
    place: PhotoPlace,
    subject: Subject,
    unfit: tuple[Problem, ...],
    lacking: tuple[Problem, ...],
) -> Claimed:
    is_found = subject.part == "image" and not (identity.problems or lacking)
    return Claimed(owner, said, place, subject.exif, unfit, lacking, is_found, (*owner.warnings, *said.warnings))
