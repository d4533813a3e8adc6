"""`camspool profile pack`: what it takes to give a camera type to others, without saying whose cameras these are."""

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from ingest.errors import CamspoolError
from ingest.index.store import read_index
from ingest.packing.pack_files import write_pack
from ingest.packing.sample_pack import SamplePack
from ingest.packing.spool_pack import pack_from_spool
from ingest.profiles.catalogue import load_catalogue
from ingest.profiles.profile import Profile
from ingest.settings.values import Settings
from ingest.spool.names import one_line


def add_packing_action(actions: Any) -> None:
    """Add the action to those of `camspool profile`."""
    pack = actions.add_parser("pack", help="make a sample pack for contributing: IDs, names and positions are made up")
    pack.add_argument("name", metavar="NAME", help="the profile's name, such as willfine-4.0t-cg")
    pack.add_argument("--into", type=Path, metavar="DIR", help="where the pack is made, as DIR/NAME; default: here")


def pack_profile(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make a sample pack from what is in the spool, and say what is in it and what is not."""
    profile = _profile(arguments.name, settings)
    folder = (arguments.into or Path()).absolute() / profile.id
    if folder.exists():
        raise CamspoolError(f"{folder} is there already, and nothing is overwritten; choose another place: --into DIR.")
    pack = _pack(settings, profile)
    write_pack(pack, folder)
    print(*_lines(pack, folder), sep="\n")
    return 0


def _profile(name: str, settings: Settings) -> Profile:
    profiles = load_catalogue(settings.profile_folders).profiles
    if found := next((one for one in profiles if one.id == name), None):
        return found
    raise CamspoolError(f"There is no profile {one_line(name, 80)}; known are {', '.join(one.id for one in profiles)}.")


def _pack(settings: Settings, profile: Profile) -> SamplePack:
    try:
        with closing(read_index(settings.root)) as index:
            return pack_from_spool(settings, index, profile)
    except sqlite3.Error as error:
        raise CamspoolError(f"The index of {settings.root} cannot be read: {error}. `camspool reindex`.") from error


def _lines(pack: SamplePack, folder: Path) -> list[str]:
    counted = f"{len(pack.samples)} sample{'' if len(pack.samples) == 1 else 's'}"
    left_out = [f"  left out: {path}: {one_line(why, 300)}" for path, why in pack.left_out.items()]
    return [
        f"Wrote {folder}: profile.toml and {counted}.",
        *left_out,
        "Read its README.txt before you give it to others.",
    ]
