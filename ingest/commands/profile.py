"""`camspool profile inspect | new | test | save | undo | history | pack`: what it takes to add a camera."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ingest.commands.given_files import ACCOUNT_HELP, GivenFile, add_given_arguments, given_files, read_given
from ingest.commands.profile_packing import add_packing_action, pack_profile
from ingest.commands.profile_saving import add_saving_actions, print_history, save_profile, undo_profile
from ingest.commands.profile_testing import stolen_sentence, test_profiles, write_missing
from ingest.errors import CamspoolError
from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.profiles.draft_words import draft_lines
from ingest.profiles.drafting import draft, evenly
from ingest.profiles.drafts import Answers, Draft, Given
from ingest.profiles.inspection import inspection_text
from ingest.profiles.profile_file import FILE, parse_profile
from ingest.profiles.shrinking import shrink
from ingest.settings.values import Settings
from ingest.spool.names import one_line
from ingest.spool.saved_profiles import is_profile_id
from ingest.trial import sound_catalogue
from ingest.verdict.senders import is_own

HELP = "add a camera: inspect a file, draft a profile, test it on its samples, save it"
_MOST_SAMPLES = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the actions."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    inspect = actions.add_parser("inspect", help="print every tag, the name's parts, and which profile came closest")
    add_given_arguments(inspect)
    new = actions.add_parser("new", help="draft a profile and small samples from files of a camera")
    new.add_argument("name", metavar="NAME", help="name of the profile's folder, such as willfine-4.0t-cg")
    add_given_arguments(new)
    new.add_argument("--into", type=Path, metavar="DIR", help="default: ./profiles if there, else the settings' first")
    new.add_argument("--choose", action="append", default=[], metavar="FIELD=CHOICE", help="answer a draft's question")
    test = actions.add_parser("test", help="run profiles over their samples")
    test.add_argument("names", nargs="*", metavar="NAME", help="default: all profiles")
    test.add_argument("--write", action="store_true", help="write the expected sidecars that are missing")
    test.add_argument("--account", metavar="NAME", help=f"{ACCOUNT_HELP}; for samples without an expected sidecar")
    add_saving_actions(actions)
    add_packing_action(actions)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carry out one action; exit 1 when a test fails."""
    return _ACTIONS[arguments.action](arguments, settings)


def _inspect(arguments: argparse.Namespace, settings: Settings) -> int:
    profiles = sound_catalogue(settings).profiles
    given = read_given(given_files(arguments), settings)
    print("\n\n".join(inspection_text(one.facts, one.path, profiles, one.account) for one in given))
    return 0


def _new(arguments: argparse.Namespace, settings: Settings) -> int:
    if not is_profile_id(arguments.name):
        raise CamspoolError(f"The profile's name is {arguments.name!r}; expected a-z, 0-9, dot, underscore and hyphen.")
    folder = (arguments.into or _default_folder(settings)).absolute() / arguments.name
    if folder.exists():
        raise CamspoolError(f"{folder} is there already, and nothing is overwritten; choose another name.")
    files = given_files(arguments)
    if any(".." in Path(one.path).parts for one in files):
        raise CamspoolError("An upload path contains `..`; give each file its own below the connection's folder.")
    made = _draft(arguments.name, read_given(files, settings), _answers(arguments.choose), settings)
    profile = parse_profile(made.text, folder)
    stolen = stolen_sentence(profile, load_catalogue(settings.profile_folders))
    if stolen and not arguments.into:
        raise CamspoolError(f"{stolen} Nothing was written; with --into DIR the draft goes where nobody uses it yet.")
    samples = _samples(files, made)
    _write_draft(folder, made.text, {path: shrink(one.file.read_bytes()) for path, one in samples.items()})
    print(f"Wrote {folder / FILE} and samples.", *draft_lines(made), "What the samples give now:", sep="\n")
    write_missing(profile, Catalogue((profile,)), _ways(samples, settings))
    if stolen:
        print(f"{stolen} Tighten its `match` before you use it.")
    if not made.is_settled:
        print("Answer the questions above with --choose, or in the file, before this profile is used.")
    print(f"Read the expected sidecars, finish the profile, then: camspool profile test {arguments.name}")
    return 0


def _answers(given: Sequence[str]) -> Answers:
    pairs = [one.partition("=") for one in given]
    if wrong := next((name for name, sign, _ in pairs if not sign), None):
        raise CamspoolError(f"--choose {wrong} is no answer; expected FIELD=CHOICE as the draft shows it.")
    return {name: choice for name, _, choice in pairs}


def _draft(name: str, given: Sequence[Given], answers: Answers, settings: Settings) -> Draft:
    usable = [one for one in given if one.facts.exif or one.facts.report or one.facts.kind == "image"]
    if not usable:
        raise CamspoolError("None of the files is a photo or a report, so there is nothing to draft a profile from.")
    made = draft(name, given, datetime.now(UTC).date(), answers, load_catalogue(settings.profile_folders).profiles)
    known = {one.name: [choice.key for choice in one.choices] for one in made.decisions}
    for field, choice in answers.items():
        if _holds_rule(field) or choice in known.get(field, []):
            continue
        possible = {field: known[field]} if field in known else known
        choices = "; ".join(f"{name}={key}" for name, keys in possible.items() for key in keys)
        raise CamspoolError(f"--choose {field}={choice} is no choice of this draft; expected one of {choices}.")
    return made


def _holds_rule(name: str) -> bool:
    """Say whether an answer is no choice but a rule or a mark, which counts for none where it cannot be read."""
    return name.partition(".")[2].partition(".")[0] in ("own", "mark")


def _samples(files: Sequence[GivenFile], made: Draft) -> dict[str, GivenFile]:
    """Return the files that become samples, by their paths: of more than a few those that are evenly spread."""
    mine = [one for one in files if one.path not in made.left_out]
    chosen = {one.path: one for one in evenly(mine, _MOST_SAMPLES)}
    if clash := next((path for path in chosen if any(str(parent) in chosen for parent in Path(path).parents)), None):
        raise CamspoolError(f"{one_line(clash)} is in a folder that has the name of another file; give each its own.")
    return chosen


def _ways(samples: Mapping[str, GivenFile], settings: Settings) -> dict[str, tuple[str | None, datetime]]:
    """Return account and arrival of each sample. A shared account has the name that is shared everywhere."""
    ways = {}
    for path, one in samples.items():
        is_shared = one.account is not None and not is_own(one.account, settings)
        ways[path] = (Settings().ftps.account if is_shared else one.account, one.arrived or datetime.now(UTC))
    return ways


def _default_folder(settings: Settings) -> Path:
    here = Path("profiles")
    if here.is_dir():
        return here
    if not settings.profiles:
        raise CamspoolError("There is no folder ./profiles and none in the settings; say where with --into DIR.")
    return settings.profiles[0]


def _write_draft(folder: Path, text: str, samples: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True)
        (folder / FILE).write_text(text, "utf-8")
        for path, content in samples.items():
            file = folder / "samples" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    except OSError as error:
        raise CamspoolError(f"{error.filename or folder} cannot be written: {error.strerror}.") from error


_ACTIONS: dict[str, Callable[[argparse.Namespace, Settings], int]] = {
    "inspect": _inspect,
    "new": _new,
    "test": test_profiles,
    "save": save_profile,
    "undo": undo_profile,
    "history": print_history,
    "pack": pack_profile,
}
