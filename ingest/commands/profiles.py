"""`camspool profiles [NAME]`: the supported cameras, the page of one, and the profiles that are broken."""

import argparse
import json
from pathlib import Path
from typing import Any

from tabulate import tabulate

from ingest.errors import CamspoolError
from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.profiles.profile import Profile
from ingest.profiles.profile_page import profile_page
from ingest.profiles.profile_table import confirmed_words, known_by, profiles_markdown
from ingest.settings.values import Settings
from ingest.spool.names import one_line

HELP = "the supported cameras, and all about one of them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add NAME, --json and --markdown."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="a profile: menu, upload names, known faults, evidence")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--markdown", action="store_true", help="print the table of profiles/README.md")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the profiles in use. Raise CamspoolError, after them, when one is broken."""
    catalogue = load_catalogue(settings.profile_folders)
    chosen = _named(arguments.name, catalogue) if arguments.name else list(catalogue.profiles)
    if arguments.json:
        print(json.dumps([profile_object(profile) for profile in chosen], indent=1))
    elif arguments.markdown:
        print(profiles_markdown(chosen))
    elif arguments.name:
        print(profile_page(chosen[0]))
    else:
        rows = [[one.id, one.name, confirmed_words(one), known_by(one)] for one in chosen]
        print(tabulate(rows, headers=["profile", "camera", "confirmed", "known by"]))
        print("\n".join(catalogue.hindered.values()), end="\n" if catalogue.hindered else "")
    if catalogue.broken and not arguments.name:
        raise CamspoolError(next(iter(catalogue.broken.values())))
    return 0


def _named(name: str, catalogue: Catalogue) -> list[Profile]:
    """Return the profile of this name. Raise CamspoolError when there is none, or what is wrong with it."""
    if found := [one for one in catalogue.profiles if one.id == name]:
        return found
    if broken := next((said for folder, said in catalogue.broken.items() if Path(folder).name == name), None):
        raise CamspoolError(broken)
    known = ", ".join(one.id for one in catalogue.profiles)
    raise CamspoolError(f"There is no profile {one_line(name, 80)}; known are {known}.")


def profile_object(profile: Profile) -> dict[str, Any]:
    """Return what is worth telling about a profile, for JSON."""
    return {
        "id": profile.id,
        "name": profile.name,
        "evidence": profile.evidence,
        "notes": profile.notes,
        "confirmed": profile.confirmed,
        "folder": profile.folder,
        "photos": profile.image is not None,
        "reports": profile.report is not None,
        "requires": list(profile.image.require) if profile.image else [],
        "known_by": known_by(profile),
    }
