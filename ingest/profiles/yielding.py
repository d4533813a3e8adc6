"""Which profile leaves a file to which other, when both claim it: the one that claims too much to the one that knows.

Exactly one profile may claim a file, so one that claims everything would take every other camera its photos: all would
be ambiguous. It is not put out of use, as its own cameras would lose theirs; it leaves what another claims too. Which
of two it is, their samples say: files that a profile was shown to be its own.

A profile made from documents, which nobody has confirmed, leaves to a confirmed one what both claim: somebody whose
photos it does not read well makes another of them, and shall not have to find out the name of this one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.profiles.matching import failures
from ingest.profiles.patterns import Budget
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import FILE
from ingest.profiles.samples import Sample, find_samples, read_expectation
from ingest.profiles.sources import Subject
from ingest.reading.facts import kind_of_name, read_facts
from ingest.settings.values import MEGABYTE, SHIPPED_PROFILES, Limits

Yields = Mapping[str, frozenset[str]]
"""For each profile that leaves files to others: to which."""

_MOST_SAMPLES, _MOST_BYTES = 50, MEGABYTE
_PROFILE_S = 0.5
_STRANGE_TIME = "2026:01:31 12:30:00"
_STRANGE_EXIF = {
    "Make": "Qxzv",
    "Model": "Jwk 7",
    "Software": "7.1",
    "Orientation": 1,
    "XResolution": 72,
    "YResolution": 72,
    "ExifVersion": "0220",
    **dict.fromkeys(("DateTime", "DateTimeOriginal", "DateTimeDigitized"), _STRANGE_TIME),
}
STRANGERS = (
    Subject("image", "qxzv/jwk-7.jpg", "qxzv", _STRANGE_EXIF),
    Subject("image", "qxzv/jwk-7.jpg", "qxzv"),
    Subject("report", "qxzv/jwk-7.txt", "qxzv"),
)
"""Files of a camera that does not exist: who claims one claims whatever comes."""


def find_yields(profiles: Sequence[Profile], folders: Sequence[str] = ()) -> dict[str, frozenset[str]]:
    """Return which profiles leave files to which others because they claim too much. Never raise.

    One that claims a stranger leaves files to all that do not. One that claims samples of another, which claims none of
    its own, leaves files to that one; where both do, the one in the later of the `folders` does.
    """
    budgets = {profile.id: Budget(_PROFILE_S) for profile in profiles}
    wide = {one.id for one in profiles if _claims_any(one, STRANGERS, budgets[one.id])}
    versions = {one.id: _version(one) for one in profiles}
    claimed = {
        (one.id, other.id)
        for one in profiles
        for other in profiles
        if one.id != other.id and _claims_samples(versions[one.id], versions[other.id], budgets[one.id])
    }
    ranks = {one.id: _rank(one, folders) for one in profiles}
    confirmed = {one.id: one.confirmed for one in profiles}

    def leaves(one: str, other: str) -> bool:
        if (one in wide) != (other in wide):
            return one in wide
        if (one, other) not in claimed or confirmed[one] != confirmed[other]:
            return False
        return (other, one) not in claimed or ranks[one] > ranks[other]

    ids = [one.id for one in profiles]
    found = {one: frozenset(other for other in ids if other != one and leaves(one, other)) for one in ids}
    return {one: others for one, others in found.items() if others}


def unconfirmed_yields(profiles: Iterable[Profile]) -> dict[str, frozenset[str]]:
    """Return to which others the unconfirmed profiles leave files, of those that do not claim whatever comes."""
    told = tuple(one for one in profiles if not _claims_any(one, STRANGERS, Budget(_PROFILE_S)))
    confirmed = frozenset(one.id for one in told if one.confirmed)
    return {one.id: confirmed for one in told if not one.confirmed}


def claims_too_much(profile: Profile, others: frozenset[str]) -> str:
    """Return the sentence on a profile that leaves files to others."""
    if _claims_any(profile, STRANGERS, Budget(_PROFILE_S)):
        return (
            f"{profile.folder} claims the files of any camera, so it leaves to every other profile what that one knows."
            " Name in its match what only its own camera has: the make, the model, a folder."
        )
    names = " and ".join(sorted(others))
    return (
        f"{profile.folder} claims samples of {names} as well, so it leaves such files to {names}. Tighten its match; "
        "a profile that is to replace another has the same name."
    )


@dataclass(frozen=True)
class _Version:
    """A profile as it stands in its file; `changed_ns` is None for one that is not of this release."""

    folder: str
    changed_ns: int | None
    profile: Profile = field(compare=False)

    @cached_property
    def shown(self) -> tuple[Subject, ...]:
        """Its samples, as far as it claims them."""
        if self.changed_ns is not None:
            return _shown_by_shipped(self)
        return _claimed_samples(self.profile)


def _version(profile: Profile) -> _Version:
    folder = Path(profile.folder)
    try:
        changed_ns = (folder / FILE).stat().st_mtime_ns if folder.parent == SHIPPED_PROFILES else None
    except OSError:
        changed_ns = None
    return _Version(profile.folder, changed_ns, profile)


def _claims_samples(one: _Version, other: _Version, budget: Budget) -> bool:
    if one.changed_ns is not None and other.changed_ns is not None:
        return _is_claimed_of_shipped(one, other)
    return _claims_any(one.profile, other.shown, budget)


# What is shipped does not change while a process runs: a page, a command and each of a thousand tests ask once.
@lru_cache(maxsize=4096)
def _is_claimed_of_shipped(one: _Version, other: _Version) -> bool:
    return _claims_any(one.profile, other.shown, Budget(_PROFILE_S))


@lru_cache(maxsize=256)
def _shown_by_shipped(one: _Version) -> tuple[Subject, ...]:
    return _claimed_samples(one.profile)


def _claimed_samples(profile: Profile) -> tuple[Subject, ...]:
    return tuple(subject for subject in _shown(profile) if _claims_any(profile, [subject], Budget()))


def _claims_any(profile: Profile, subjects: Iterable[Subject], budget: Budget) -> bool:
    return any(not failures(replace(subject, budget=budget), profile) for subject in subjects)


def _shown(profile: Profile) -> Iterator[Subject]:
    for sample in islice(find_samples(profile), _MOST_SAMPLES):
        try:
            if subject := _subject(sample):
                yield subject
        except (CamspoolError, OSError, ValueError):
            continue


def _subject(sample: Sample) -> Subject | None:
    """Return what a sample says; of a photo it is in its expected sidecar, so that nobody has to read the photo."""
    expected = read_expectation(sample)
    if expected is None or expected.get("profile") != sample.profile:
        return None
    account, exif = expected.get("account"), expected.get("exif")
    account = account if isinstance(account, str) else None
    if expected.get("kind") == "report" and kind_of_name(sample.upload_path) == "report":
        with sample.file.open("rb") as file:
            content = file.read(_MOST_BYTES)
        return Subject("report", sample.upload_path, account, report=_lines(content, sample.upload_path))
    return Subject("image", sample.upload_path, account, exif if isinstance(exif, dict) else {})


def _lines(content: bytes, path: str) -> Mapping[str, str]:
    return read_facts(content, len(content), path, Limits()).report


def _rank(profile: Profile, folders: Sequence[str]) -> int:
    parent = str(Path(profile.folder).parent)
    return folders.index(parent) if parent in folders else 0
