"""The verdict on one file, from its facts and the profiles: pure, and the only place that accepts or rejects.

The reason is the first problem in the order of the closed list (`ingest.vocabulary`); every problem is reported.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from ingest.profiles.catalogue import Catalogue
from ingest.profiles.expectations import expects_exif
from ingest.profiles.matching import Matching, match, seen_by
from ingest.profiles.profile import Part, Profile
from ingest.profiles.sources import Subject, subject_of
from ingest.reading.camera_time import time_text
from ingest.reading.facts import Facts, kind_of_name
from ingest.settings.values import Settings
from ingest.spool.item import Item
from ingest.spool.names import one_line
from ingest.spool.sidecar import Problem, Sidecar, Warn, changed
from ingest.spool.stamp import id_time, utc_text
from ingest.verdict.belonging import NO_RECORDS, Records
from ingest.verdict.claimed import in_order, read_claimed
from ingest.verdict.clock import utc_time_text
from ingest.verdict.connection_test import as_test_by_name, as_test_of, whose_test
from ingest.verdict.photo_fields import PhotoPlace, PhotoTime
from ingest.verdict.report_fields import ReportReading
from ingest.verdict.senders import Sender
from ingest.vocabulary import MAY_LACK_REST

_NOTHING_TO_READ = frozenset({"empty_file", "not_a_jpeg", "unparsable_report"})
"""Problems after which it says nothing more that no profile matches."""


def decide(
    item: Item,
    facts: Facts,
    catalogue: Catalogue,
    settings: Settings,
    *,
    decided_at: datetime,
    records: Records = NO_RECORDS,
) -> Sidecar:
    """Return the verdict on an item by its content.

    Duplicates are not looked for here, see `as_duplicate`; how its transfer ended comes afterwards, see `by_transfer`.
    `decided_at` is UTC. `records` tell whose an ID or an account is, whether that camera is registered, where it stood
    and in which zone its clock is.
    """
    sidecar = _from(records.sender, _undecided(item, facts, decided_at))
    if tests := whose_test(catalogue.profiles, item.path):
        return as_test_of(tests, sidecar, item, facts, records)
    if facts.kind == "other":
        return as_test_by_name(_with(sidecar, facts.problems, ()), ())
    subject = subject_of(facts, facts.kind, item.path, item.account)
    matching = match(subject, catalogue.profiles, catalogue.answers, catalogue.yields)
    if not matching.claims and not _misses_exif(facts, subject, catalogue.profiles):
        facts = replace(facts, metadata_problem=None)
    sidecar = _judged(changed(sidecar, trace=matching.trace), subject, matching, facts, settings, records)
    return as_test_by_name(sidecar, matching.claims)


def _from(sender: Sender | None, sidecar: Sidecar) -> Sidecar:
    if sender is None:
        return sidecar
    return changed(sidecar, camera_id=sender.camera_id, sources=_sources(camera_id=sender.source))


def _judged(
    sidecar: Sidecar,
    subject: Subject,
    matching: Matching,
    facts: Facts,
    settings: Settings,
    records: Records,
) -> Sidecar:
    if len(matching.claims) != 1:
        return _with(sidecar, [*facts.problems, *_claim_problems(matching, facts)], facts.warnings)
    profile = matching.claims[0]
    part = profile.part(subject.part)
    if part is None:
        raise AssertionError(f"profile {profile.id} claims a {facts.kind} without reading any")
    return _read(sidecar, profile, part, subject, facts, settings, records)


def by_transfer(sidecar: Sidecar) -> Sidecar:
    """Return what a verdict becomes by how the transfer of its file ended: withdrawn, or doubted."""
    if sidecar.transfer == "withdrawn" and sidecar.reason != "connection_test":
        return _as_withdrawn(sidecar)
    return _say_cut(sidecar) if sidecar.transfer in MAY_LACK_REST else sidecar


def _as_withdrawn(sidecar: Sidecar) -> Sidecar:
    """Reject a file that its own connection deleted again after it was acknowledged."""
    problem = Problem("withdrawn", "The camera deleted this file right after it had sent it; it is kept here.")
    return changed(sidecar, verdict="rejected", reason="withdrawn", problems=(problem, *sidecar.problems))


def _say_cut(sidecar: Sidecar) -> Sidecar:
    """Doubt what came of a broken transfer, unless its content shows that nothing is missing."""
    is_doubted = any(warning.code == "truncated" for warning in sidecar.warnings)
    if sidecar.kind == "image" or is_doubted:
        return sidecar
    doubt = Warn("truncated", f"The transfer broke off after {sidecar.size_bytes} bytes, and the rest never came.")
    return changed(sidecar, warnings=(*sidecar.warnings, doubt))


def as_duplicate(sidecar: Sidecar, original_id: str) -> Sidecar:
    """Turn an accepted sidecar into the rejection of a file that is here already, as the item `original_id`."""
    problem = Problem("duplicate", f"The same file of this camera is here already, as {original_id}.")
    return changed(_with(sidecar, (problem,), sidecar.warnings), duplicate_of=original_id)


def as_internal_error(
    item: Item, size_bytes: int, sentence: str, traceback: str | None, decided_at: datetime
) -> Sidecar:
    """Return the rejection of an item that Camspool failed on; `sentence` says how, for the person who must act."""
    sidecar = _undecided(item, Facts(kind_of_name(item.path), size_bytes), decided_at)
    return changed(_with(sidecar, (Problem("internal_error", sentence),), ()), traceback=traceback)


def _undecided(item: Item, facts: Facts, decided_at: datetime) -> Sidecar:
    return Sidecar(
        id=item.id,
        verdict="accepted",
        kind=facts.kind,
        source=item.source,
        connection=item.connection,
        account=item.account,
        client=item.client,
        upload_path=item.path,
        received_at=utc_text(item.received_at),
        decided_at=utc_text(decided_at),
        size_bytes=facts.size_bytes,
        sha256=facts.sha256,
        width=facts.width,
        height=facts.height,
        exif=facts.exif,
        attempts=item.attempts,
        transfer=None if item.transfer == "whole" else item.transfer,
        corrections=item.corrections,
    )


def _with(sidecar: Sidecar, problems: Iterable[Problem], warnings: Iterable[Warn]) -> Sidecar:
    ordered = in_order(problems)
    return changed(
        sidecar,
        verdict="rejected" if ordered else "accepted",
        reason=ordered[0].code if ordered else None,
        problems=ordered,
        warnings=tuple(warnings),
    )


def _claim_problems(matching: Matching, facts: Facts) -> list[Problem]:
    """Say what is wrong when not exactly one profile claims a file."""
    if matching.claims:
        names = " and ".join(profile.id for profile in matching.claims)
        return [Problem("ambiguous_profile", f"More than one profile claims the file: {names}.")]
    if (facts.kind == "report" and not facts.report) or any(one.code in _NOTHING_TO_READ for one in facts.problems):
        return []
    metadata = [facts.metadata_problem] if facts.metadata_problem else []
    return [*metadata, Problem("no_matching_profile", f"No profile knows {_what_it_is(facts)}.")]


def _misses_exif(facts: Facts, subject: Subject, profiles: tuple[Profile, ...]) -> bool:
    """Say whether the EXIF of a photo that no profile claims is damaged, or is missing though it should be there."""
    problem = facts.metadata_problem
    return problem is not None and (problem.code != "no_metadata" or expects_exif(subject, profiles))


def _what_it_is(facts: Facts) -> str:
    if facts.kind == "report":
        return f"a report with the lines {one_line(', '.join(facts.report), 120)}"
    shown = [f"{tag} `{one_line(str(facts.exif[tag]), 60)}`" for tag in ("Make", "Model") if tag in facts.exif]
    lacking = "Make and Model" if facts.exif or facts.metadata_problem else "EXIF"
    return f"a camera with {' and '.join(shown)}" if shown else f"a photo without {lacking} under this path"


def _sources(**found: str | None) -> dict[str, str]:
    return {name: source for name, source in found.items() if source}


def _read(
    sidecar: Sidecar, profile: Profile, part: Part, subject: Subject, facts: Facts, settings: Settings, records: Records
) -> Sidecar:
    found = read_claimed(profile.id, part, seen_by(subject, part), id_time(sidecar.id), settings, records)
    owner, said = found.owner, found.said
    sidecar = changed(sidecar, profile=profile.id, camera_id=owner.camera_id, camera_text=owner.text, exif=found.exif)
    if isinstance(said, ReportReading):
        sidecar = changed(sidecar, fields=said.fields, sources=_sources(camera_id=owner.source))
    else:
        sidecar = changed(_taken(sidecar, said, found.place, owner.source), corrections=found.notes)
    return _with(sidecar, found.problems(facts, part), (*facts.warnings, *found.warnings))


def _taken(sidecar: Sidecar, time: PhotoTime, place: PhotoPlace, id_source: str | None) -> Sidecar:
    """Enter when and where a photo was taken."""
    latitude, longitude = place.position or (None, None)
    return changed(
        sidecar,
        captured_at=time_text(time.local) if time.local else None,
        captured_at_utc=utc_time_text(time.utc) if time.utc else None,
        latitude=latitude,
        longitude=longitude,
        sources=_sources(camera_id=id_source, captured_at=time.source, location=place.source),
    )
