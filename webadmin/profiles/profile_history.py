"""The history of a saved profile, newest first, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.profiles.catalogue import mark_of
from ingest.profiles.profile import Profile
from ingest.spool.saved_profiles import (
    Confirmation,
    Version,
    is_profile_id,
    profile_folder,
    read_confirmation,
    versions,
)
from webadmin.profiles.changes import Line, changes


@dataclass(frozen=True)
class Step:
    """One version with what it changed; `undid` is the number of the version that it took back."""

    version: Version
    lines: Sequence[Line]
    undid: int | None
    is_last: bool


def profile_history(root: Path, profile_id: str) -> list[Step]:
    """Return the versions of a profile, newest first; none of one that nobody saved here."""
    kept = versions(root, profile_id) if is_profile_id(profile_id) else []
    numbers = {one.id: one.number for one in kept}
    before: str | None = None
    steps: list[Step] = []
    for version in kept:
        undid = numbers.get(version.undoes or "")
        steps.insert(0, Step(version, changes(before, version.text), undid, version is kept[-1]))
        before = version.text
    return steps


def own_confirmation(root: Path, profile: Profile) -> Confirmation | None:
    """Return who confirmed a profile here; None where nobody did, or only an earlier text of it."""
    told = read_confirmation(profile_folder(root, profile.id)) if is_profile_id(profile.id) else None
    return told if told and told.sha256 == mark_of(profile) else None
