"""The friendly rejection of what a camera's Test button sends: nothing is wrong, and its connection works. Pure."""

from collections.abc import Iterable

from ingest.profiles.connection_tests import is_known_test
from ingest.profiles.matching import seen_by
from ingest.profiles.patterns import Budget, Pattern, TooSlowError, search
from ingest.profiles.profile import Part, Profile
from ingest.profiles.sources import subject_of
from ingest.reading.facts import Facts
from ingest.spool.item import Item
from ingest.spool.names import is_camera_id
from ingest.spool.sidecar import Problem, Sidecar, Trace, changed
from ingest.verdict.belonging import Belonging, Records, as_assigned, as_read
from ingest.verdict.fields import read_field
from ingest.verdict.identity import Identity

_MESSAGE = "This file comes from the camera's Test button: its connection works."


def whose_test(profiles: Iterable[Profile], path: str) -> list[Profile]:
    """Return the profiles that say of this path that their camera's Test button uploads to it."""
    budget = Budget()
    return [one for one in profiles if one.connection_test and _is_found(one.connection_test, path, budget)]


def _is_found(pattern: Pattern, path: str, budget: Budget) -> bool:
    try:
        return search(pattern, path, budget) is not None
    except TooSlowError:
        return False


def is_test_upload(profiles: Iterable[Profile], path: str) -> bool:
    """Say whether a path is that of a test upload, by its name or by the word of a profile."""
    return is_known_test(path) or bool(whose_test(profiles, path))


def as_test_of(profiles: list[Profile], sidecar: Sidecar, item: Item, facts: Facts, records: Records) -> Sidecar:
    """Reject a file that is a test by the word of `profiles`, whatever is in it; name its camera when its path does."""
    trace = tuple(Trace(profile.id, True, "the path is that of a connection test") for profile in profiles)
    sidecar = changed(sidecar, trace=trace)
    if len(profiles) == 1 and (part := profiles[0].image):
        owner = _owner_of_test(part, profiles[0].id, item, facts, records)
        sidecar = changed(sidecar, profile=profiles[0].id, camera_id=owner.camera_id, camera_text=owner.text)
    return _rejected(sidecar)


def as_test_by_name(sidecar: Sidecar, claims: Iterable[Profile]) -> Sidecar:
    """Turn the rejection of a file whose name is that of a test upload into that of a test.

    A name alone decides nothing about a photo: one that is accepted stays so, and one that a profile knows by its
    content, such as its EXIF make, is a camera's photo and keeps what is wrong with it.
    """
    if sidecar.verdict == "accepted":
        return sidecar
    parts = (claim.image if sidecar.kind == "image" else claim.report for claim in claims)
    return _rejected(sidecar) if is_test_by_name(sidecar.upload_path, parts) else sidecar


def is_test_by_name(path: str, parts: Iterable[Part | None]) -> bool:
    """Say whether a rejected file is a test upload by its name; `parts` are those of the profiles that claim it."""
    return is_known_test(path) and not any(part and _looks_inside(part) for part in parts)


def _rejected(sidecar: Sidecar) -> Sidecar:
    problem = Problem("connection_test", _MESSAGE)
    return changed(sidecar, verdict="rejected", reason=problem.code, problems=(problem,), warnings=())


def _looks_inside(part: Part) -> bool:
    sources = {source for condition in part.conditions for source in condition.sources}
    return any(source.startswith(("exif.", "xmp.", "comment", "report.")) for source in sources)


def _owner_of_test(part: Part, profile: str, item: Item, facts: Facts, records: Records) -> Belonging:
    subject = seen_by(subject_of(facts, "image", item.path, item.account), part)
    camera_id = records.sender.camera_id if records.sender else read_field(part.fields["camera_id"], subject)
    if not isinstance(camera_id, str) or not is_camera_id(camera_id):
        return Belonging()
    read = as_read(Identity(camera_id), records)
    return as_assigned(read, records, subject, profile, item.received_at.replace(tzinfo=None))
