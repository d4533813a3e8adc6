"""`camspool profile save | undo | history`: a profile that the watcher checks, keeps with its versions and uses."""

import argparse
from pathlib import Path
from typing import Any

from ingest.commands.privileges import become_owner, who_asks
from ingest.commands.progress import waiting_bar
from ingest.errors import CamspoolError, in_words
from ingest.requests.asking import PATIENCE_S, have_done
from ingest.settings.values import Settings
from ingest.spool.names import one_line
from ingest.spool.root import check_readable, check_root, prepare_spool
from ingest.spool.saved_profiles import FOLDER, TEXT_MAX_BYTES, Version, current, is_profile_id, versions


def add_saving_actions(actions: Any) -> None:
    """Add the three actions to those of `camspool profile`."""
    save = actions.add_parser("save", help="use a profile from now on; the former one stays in its history")
    save.add_argument("name", metavar="NAME", help="the profile's name, such as willfine-4.0t-cg")
    save.add_argument("file", type=Path, metavar="FILE", help="the profile.toml")
    save.add_argument("--takes", action="store_true", help="save it though it takes files from other cameras")
    undo = actions.add_parser("undo", help="go back to what was before the last change of a saved profile")
    undo.add_argument("name", metavar="NAME", help="the profile's name")
    for action in (save, undo):
        action.add_argument("--why", default="", metavar="WHY", help="stays in the history")
    history = actions.add_parser("history", help="who saved a profile, when and why")
    history.add_argument("name", metavar="NAME", help="the profile's name")


def save_profile(arguments: argparse.Namespace, settings: Settings) -> int:
    """Have a profile saved; exit 1 when that is refused."""
    text = _text_in(arguments.file)
    by = _prepare(arguments.name, settings)
    last = current(settings.root, arguments.name)
    words = {"text": text, "based_on": last.id if last else None, "why": arguments.why, "takes": arguments.takes}
    return _ask(settings, "save_profile", by, profile=arguments.name, **words)


def undo_profile(arguments: argparse.Namespace, settings: Settings) -> int:
    """Have the last change of a profile undone; exit 1 when that is refused."""
    by = _prepare(arguments.name, settings)
    last = current(settings.root, arguments.name)
    if last is None:
        raise CamspoolError(f"Nobody has saved a profile {arguments.name} here; there is nothing to undo.")
    return _ask(settings, "undo_profile", by, profile=arguments.name, version=last.id, why=arguments.why)


def print_history(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the versions of a profile, newest first."""
    _check_name(arguments.name)
    check_root(settings.root)
    check_readable(settings.root / FOLDER)
    kept = versions(settings.root, arguments.name)
    if not kept:
        raise CamspoolError(f"Nobody has saved a profile {arguments.name} here.")
    print("\n".join(_line(version, kept) for version in reversed(kept)))
    return 0


def _text_in(file: Path) -> str:
    """Return what a file says, as far as a profile may be long. Raise CamspoolError when it cannot be read."""
    try:
        with file.open("rb") as stream:
            return stream.read(TEXT_MAX_BYTES + 1).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CamspoolError(f"{file} cannot be read: {in_words(error)}.") from error


def _line(version: Version, kept: list[Version]) -> str:
    undone = next((one for one in kept if one.id == version.undoes), None)
    what = f"undid version {undone.number}" if undone else "saved"
    why = f": {one_line(version.why)}" if version.why else ""
    when = version.at[:16].replace("T", " ")
    return f"version {version.number}  {when} UTC  {one_line(version.by, 64)}  {what}{why}"


def _prepare(name: str, settings: Settings) -> str:
    """Return who asks, and become who may change the spool."""
    _check_name(name)
    by = who_asks()
    become_owner(settings.root / "incoming")
    prepare_spool(settings.root)
    return by


def _check_name(name: str) -> None:
    if not is_profile_id(name):
        raise CamspoolError(f"The profile's name is {name!r}; expected a-z, 0-9, dot, underscore and hyphen.")


def _ask(settings: Settings, action: str, by: str, **words: Any) -> int:
    with waiting_bar(PATIENCE_S, "waiting for the watcher") as on_wait:
        answer = have_done(settings.root, action, by, on_wait, settings, **words)
    result = answer["results"][0]
    is_done = result["outcome"] != "refused"
    insisting = "" if is_done or result["upload_path"] is None else " With --takes it is saved all the same."
    print(f"{result['message']}{insisting}")
    return 0 if is_done else 1
