"""The profiles in use: read from their folders when a file changed; a broken one keeps its last good version."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.profiles.matching import Answers
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import FILE, read_profile
from ingest.profiles.yielding import Yields, claims_too_much, find_yields, unconfirmed_yields
from ingest.reading.exiftool import EXIFTOOL, INSTALL, is_installed

Signature = tuple[tuple[str, int, int, int], ...]
"""Path, change time (ns), size and inode of every profile.toml, and exiftool if it is here: equal, nothing changed."""


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
    """
    folders = tuple(folders)
    candidates, unreadable = _profile_files(folders)
    states = {file: state for file in candidates if (state := _state(file))}
    has_exiftool = is_installed(exiftool)
    others = [*unreadable, *([exiftool] if has_exiftool else [])]
    signature = (*states.values(), *((other, 0, 0, 0) for other in others))
    if previous is not None and previous.signature == signature:
        return previous
    last_good = {profile.folder: profile for profile in previous.profiles} if previous else {}
    profiles: dict[str, Profile] = {}
    broken = dict(unreadable)
    for file in states:
        try:
            profile = read_profile(file.parent)
        except CamspoolError as error:
            kept = last_good.get(str(file.parent))
            broken[str(file.parent)] = f"{error} {'Its last good version is in use.' if kept else 'It is not in use.'}"
            if kept is None:
                continue
            profile = kept
        profiles[profile.id] = profile
    in_use = tuple(profiles[id_] for id_ in sorted(profiles))
    wide = find_yields(in_use, [str(folder) for folder in folders])
    hindered = {one.folder: claims_too_much(one, wide[one.id]) for one in in_use if one.id in wide}
    hindered |= {} if has_exiftool else _without_exiftool(in_use)
    return Catalogue(in_use, broken, hindered, _with_unconfirmed(wide, in_use), signature)


def with_profile(catalogue: Catalogue, profile: Profile, folders: Iterable[Path]) -> Catalogue:
    """Return the catalogue as it will be with this profile: beside the others, or instead of the one of its id.

    `folders` are those that profiles are read from, in one of which it will lie.
    """
    profiles = {one.id: one for one in catalogue.profiles} | {profile.id: profile}
    in_use = tuple(profiles[id_] for id_ in sorted(profiles))
    wide = find_yields(in_use, [str(folder) for folder in folders])
    return Catalogue(in_use, catalogue.broken, catalogue.hindered, _with_unconfirmed(wide, in_use))


def _with_unconfirmed(wide: Yields, profiles: Iterable[Profile]) -> Yields:
    unconfirmed = unconfirmed_yields(profiles)
    none: frozenset[str] = frozenset()
    return {id_: wide.get(id_, none) | unconfirmed.get(id_, none) for id_ in {**wide, **unconfirmed}}


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
