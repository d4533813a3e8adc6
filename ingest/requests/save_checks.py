"""What stands against a profile that somebody wants to save: its name, its text, and whose files it would take."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.index.places import waiting_ids
from ingest.profiles.catalogue import Catalogue, catalogue_of, load_catalogue
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import parse_profile
from ingest.requests.result import Alive
from ingest.requests.taken_files import PATHS_SHOWN, taken_files, taken_sentence
from ingest.settings.values import SHIPPED_PROFILES, Settings
from ingest.spool.names import one_line
from ingest.spool.saved_profiles import FOLDER, TEXT_MAX_BYTES, is_profile_id, profile_folder
from ingest.trial import stolen_samples
from ingest.vocabulary import SELF_TEST


@dataclass(frozen=True)
class Objection:
    """What a profile would do to others: a person may insist on it. `path` is of a file that it would take."""

    sentence: str
    path: str = ""
    item_id: str | None = None


def name_problem(settings: Settings, profile_id: object) -> str | None:
    """Say why no profile can be saved under this name; None when it can."""
    if not is_profile_id(profile_id):
        shown = one_line(str(profile_id), 80)
        return f"{shown or 'Nothing'} cannot be a profile's name; expected up to 63 of a-z, 0-9, dot, _ and -."
    if profile_id == SELF_TEST:
        return f"{profile_id} is the profile of the gateway's own test; choose another name."
    for folder in settings.profiles:
        if folder not in (settings.root / FOLDER, SHIPPED_PROFILES) and (folder / str(profile_id)).exists():
            return (
                f"The operator keeps a profile of this name in {folder / str(profile_id)}, and that one is used. "
                "Choose another name, or have that one removed."
            )
    return None


def text_problem(settings: Settings, profile_id: object, text: object) -> str | None:
    """Say why a profile cannot be saved under this name and with this text; None when it can."""
    if problem := name_problem(settings, profile_id):
        return problem
    if not isinstance(text, str) or len(text.encode("utf-8", "replace")) > TEXT_MAX_BYTES:
        return f"The profile is larger than {TEXT_MAX_BYTES // 1024} kB."
    try:
        text.encode()
        parse_profile(text, profile_folder(settings.root, str(profile_id)))
    except CamspoolError as error:
        return str(error)
    except UnicodeEncodeError:
        return "The profile has characters that are none."
    return None


def objection_to(
    settings: Settings, index: sqlite3.Connection, profile: Profile, ids: Collection[str], alive: Alive
) -> Objection | None:
    """Return what a profile would take from others: any camera's files, samples of other profiles, accepted files.

    `ids` are the files that it is for: where somebody has sent them back meanwhile, another profile may be for them.
    """
    catalogue = load_catalogue(settings.profile_folders)
    alive()
    return (
        _is_late(settings.root, ids)
        or _claims_all(profile, catalogue, settings.profile_folders)
        or _takes_samples(profile, catalogue)
        or _takes_files(settings, index, profile, catalogue, alive)
    )


def _is_late(root: Path, ids: Collection[str]) -> Objection | None:
    waiting = len(frozenset(waiting_ids(root)) & frozenset(ids))
    if not waiting:
        return None
    said = "one of these files" if waiting == 1 else f"{waiting} of these files"
    return Objection(f"Somebody has just sent {said} back for a new verdict; look at what becomes of them first.")


def _claims_all(profile: Profile, catalogue: Catalogue, folders: tuple[Path, ...]) -> Objection | None:
    others = [one for one in catalogue.profiles if one.id != profile.id]
    sentence = catalogue_of([*others, profile], folders).hindered.get(profile.folder)
    return Objection(sentence) if sentence and "any camera" in sentence else None


def _takes_samples(profile: Profile, catalogue: Catalogue) -> Objection | None:
    taken = list(islice(stolen_samples(profile, catalogue), PATHS_SHOWN))
    if not taken:
        return None
    names = " and ".join(dict.fromkeys(name for name, _ in taken))
    paths = ", ".join(one_line(path, 120) for _, path in taken)
    return Objection(f"{profile.id} would also claim files as {names} reads them, such as {paths}.", taken[0][1])


def _takes_files(
    settings: Settings, index: sqlite3.Connection, profile: Profile, catalogue: Catalogue, alive: Alive
) -> Objection | None:
    taken = taken_files(settings, index, profile, catalogue, alive)
    if not taken:
        return None
    return Objection(taken_sentence(profile.id, taken), taken[0].path, taken[0].item_id)
