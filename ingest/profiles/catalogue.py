"""The profiles in use: read from their folders when a file changed; a broken one keeps its last good version."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.profiles.matching import Answers
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import FILE, read_profile
from ingest.profiles.yielding import Yields, claims_too_much, find_yields, unconfirmed_yields
from ingest.reading.exiftool import EXIFTOOL, INSTALL, is_installed
from ingest.spool.saved_profiles import CONFIRMATION, read_confirmation, text_mark

Signature = tuple[tuple[str, int, int, int], ...]
"""Path, change time (ns), size and inode of every profile.toml and confirmation, and exiftool if it is here: equal,
nothing changed."""


@dataclass(frozen=True)
class Catalogue:
    """The profiles in use, by id; `broken` says for each folder whose file cannot be used what is wrong with it.

    `hindered` says for each folder of a profile that is in use what keeps it from all its work; `yields`, to which
    others a profile that claims too much leaves files that both claim.
    """

    profiles: tuple[Profile, ...] = ()
    broken: Mapping[str, str] = field(default_factory=dict)
    hindered: Mapping[str, str] = field(default_factory=dict)
    yields: Yields = field(default_factory=dict)
    signature: Signature | None = None
    answers: Answers = field(default_factory=dict, compare=False, repr=False)
    """What these profiles said to the camera types of earlier files: one dictionary that grows, see `match`."""

    @property
    def complaints(self) -> dict[str, str]:
        """What people must hear of: for each folder what is wrong with its profile, or keeps it from its work."""
        return {**self.hindered, **self.broken}


def load_catalogue(folders: Iterable[Path], previous: Catalogue | None = None, exiftool: str = EXIFTOOL) -> Catalogue:
    """Return the profiles in these folders; `previous` itself when no file changed since. Never raise for a profile.

    A folder that is missing has no profiles. A profile in a later folder replaces one of the same name in an earlier.
    One that is not confirmed counts as confirmed where one of the folders has a confirmation of its very text.
    """
    folders = tuple(folders)
    candidates, unreadable = _profile_files(folders)
    states = {file: state for file in candidates if (state := _state(file))}
    confirmations = {file.with_name(CONFIRMATION): None for file in candidates}
    confirmed_at = {file: state for file in confirmations if (state := _state(file))}
    has_exiftool = is_installed(exiftool)
    others = [*unreadable, *([exiftool] if has_exiftool else [])]
    signature = (*states.values(), *confirmed_at.values(), *((other, 0, 0, 0) for other in others))
    if previous is not None and previous.signature == signature:
        return previous
    last_good = {profile.folder: profile for profile in previous.profiles} if previous else {}
    profiles: dict[str, Profile] = {}
    broken = dict(unreadable)
    for file in states:
        try:
            profile = _as_confirmed(read_profile(file.parent), confirmed_at)
        except CamspoolError as error:
            kept = last_good.get(str(file.parent))
            broken[str(file.parent)] = f"{error} {'Its last good version is in use.' if kept else 'It is not in use.'}"
            if kept is None:
                continue
            profile = kept
        profiles[profile.id] = profile
    found = catalogue_of(profiles.values(), folders)
    hindered = {**found.hindered, **({} if has_exiftool else _without_exiftool(found.profiles))}
    return replace(found, broken=broken, hindered=hindered, signature=signature)


def catalogue_of(profiles: Iterable[Profile], folders: Iterable[Path]) -> Catalogue:
    """Return what these profiles are together: which of them leaves files to which, and which claims too much."""
    in_use = tuple(sorted(profiles, key=lambda one: one.id))
    yields = find_yields(in_use, [str(folder) for folder in folders])
    hindered = {one.folder: claims_too_much(one, yields[one.id]) for one in in_use if one.id in yields}
    for id_, better in unconfirmed_yields(in_use).items():
        yields[id_] = yields.get(id_, frozenset()) | better
    return Catalogue(in_use, hindered=hindered, yields=yields)


def with_profile(catalogue: Catalogue, profile: Profile, folders: Iterable[Path]) -> Catalogue:
    """Return the catalogue as it will be with this profile: beside the others, or instead of the one of its id.

    `folders` are those that profiles are read from, in one of which it will lie.
    """
    others = (one for one in catalogue.profiles if one.id != profile.id)
    return replace(catalogue_of((*others, profile), folders), broken=catalogue.broken)


def _as_confirmed(profile: Profile, confirmations: Iterable[Path]) -> Profile:
    """Return a profile as confirmed where somebody has confirmed the text that it was just read from."""
    if profile.confirmed:
        return profile
    told = (read_confirmation(file.parent) for file in confirmations if file.parent.name == profile.id)
    marks = {one.sha256 for one in told if one and one.sha256}
    return replace(profile, confirmed=True) if marks and mark_of(profile) in marks else profile


def mark_of(profile: Profile) -> str:
    """Return what tells the text of a profile in use from another; empty when its file has gone."""
    try:
        return text_mark((Path(profile.folder) / FILE).read_bytes())
    except OSError:
        return ""


def _without_exiftool(profiles: Iterable[Profile]) -> dict[str, str]:
    return {
        profile.folder: f"{profile.folder} reads MakerNotes, but {INSTALL}. Until then it finds nothing in them."
        for profile in profiles
        if profile.image and profile.image.reads_makernotes
    }


def _profile_files(folders: Iterable[Path]) -> tuple[list[Path], dict[str, str]]:
    files: list[Path] = []
    unreadable: dict[str, str] = {}
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                files += sorted(Path(entry.path) / FILE for entry in entries if entry.is_dir())
        except FileNotFoundError:
            continue
        except OSError as error:
            unreadable[str(folder)] = f"The profiles in {folder} cannot be read: {error.strerror}."
    return files, unreadable


def _state(file: Path) -> tuple[str, int, int, int] | None:
    """Return what tells one version of a file from another; None when there is no such file."""
    try:
        stat = file.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        return str(file), 0, error.errno or 0, 0
    return str(file), stat.st_mtime_ns, stat.st_size, stat.st_ino
