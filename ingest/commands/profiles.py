"""`camspool profiles`: the supported cameras, and the profiles that are broken."""

import argparse
import json
from typing import Any

from tabulate import tabulate

from ingest.errors import CamspoolError
from ingest.profiles.catalogue import load_catalogue
from ingest.profiles.profile import Profile
from ingest.profiles.profile_table import confirmed_words, known_by, profiles_markdown
from ingest.settings.values import Settings

HELP = "the supported cameras"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add --json and --markdown."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--markdown", action="store_true", help="print the table of profiles/README.md")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the profiles in use. Raise CamspoolError, after them, when one is broken."""
    catalogue = load_catalogue(settings.profile_folders)
    if arguments.json:
        print(json.dumps([profile_object(profile) for profile in catalogue.profiles], indent=1))
    elif arguments.markdown:
        print(profiles_markdown(catalogue.profiles))
    else:
        rows = [[one.id, one.name, confirmed_words(one), known_by(one)] for one in catalogue.profiles]
        print(tabulate(rows, headers=["profile", "camera", "confirmed", "known by"]))
        print("\n".join(catalogue.hindered.values()), end="\n" if catalogue.hindered else "")
    if catalogue.broken:
        raise CamspoolError(next(iter(catalogue.broken.values())))
    return 0


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
