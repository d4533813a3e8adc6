"""`camspool profile inspect | new | test`: what it takes to add a camera."""

import argparse
import re
from datetime import UTC, datetime
from pathlib import Path

from ingest.commands.progress import progress_bar
from ingest.errors import CamspoolError
from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.profiles.drafting import draft
from ingest.profiles.drafts import Given
from ingest.profiles.inspection import inspection_text
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import FILE, parse_profile
from ingest.profiles.sample_coverage import uncovered
from ingest.profiles.samples import find_samples, write_expectation
from ingest.profiles.shrinking import shrink
from ingest.reading.facts import Facts
from ingest.settings.values import Settings
from ingest.spool.names import one_line, readable_path
from ingest.trial import (
    read_file,
    run_sample,
    sound_catalogue,
    stolen_samples,
    upload_path,
    with_all_makernotes,
)

HELP = "add a camera: inspect a file, draft a profile, test a profile on its samples"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
_AS = "upload path to pretend; FOLDER/ keeps the file's own name"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the three actions."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    inspect = actions.add_parser("inspect", help="print every tag, the name's parts, and which profile came closest")
    inspect.add_argument("file", type=Path, metavar="FILE")
    inspect.add_argument("--as", dest="path", metavar="UPLOAD_PATH", help=_AS)
    new = actions.add_parser("new", help="draft a profile and small samples from files of a camera")
    new.add_argument("name", metavar="NAME", help="name of the profile's folder, such as willfine-4.0t-cg")
    new.add_argument("files", nargs="+", type=Path, metavar="FILE")
    new.add_argument("--into", type=Path, metavar="DIR", help="default: ./profiles if there, else the settings' first")
    new.add_argument("--as", dest="path", metavar="UPLOAD_PATH", help=_AS)
    test = actions.add_parser("test", help="run profiles over their samples")
    test.add_argument("names", nargs="*", metavar="NAME", help="default: all profiles")
    test.add_argument("--write", action="store_true", help="write the expected sidecars that are missing")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carry out one action; exit 1 when a test fails."""
    return int({"inspect": _inspect, "new": _new, "test": _test}[arguments.action](arguments, settings))


def _inspect(arguments: argparse.Namespace, settings: Settings) -> int:
    path = readable_path(upload_path(arguments.file, arguments.path, alone=True))
    facts = with_all_makernotes(read_file(arguments.file, path, settings))
    print(inspection_text(facts, path, sound_catalogue(settings).profiles))
    return 0


def _new(arguments: argparse.Namespace, settings: Settings) -> int:
    if not _NAME.fullmatch(arguments.name):
        raise CamspoolError(f"The profile's name is {arguments.name!r}; expected a-z, 0-9, dot, underscore and hyphen.")
    folder = (arguments.into or _default_folder(settings)).absolute() / arguments.name
    if folder.exists():
        raise CamspoolError(f"{folder} is there already, and nothing is overwritten; choose another name.")
    alone = len(arguments.files) == 1
    paths = {file: readable_path(upload_path(file, arguments.path, alone=alone)) for file in arguments.files}
    if len(set(paths.values())) < len(paths) or any(".." in Path(path).parts for path in paths.values()):
        raise CamspoolError("Two files have the same upload path, or one contains `..`; give each its own.")
    facts = {path: read_file(file, path, settings) for file, path in paths.items()}
    text = _draft_text(arguments.name, facts)
    profile = parse_profile(text, folder)
    stolen = _stolen(profile, load_catalogue(settings.profile_folders))
    if stolen and not arguments.into:
        raise CamspoolError(f"{stolen} Nothing was written; with --into DIR the draft goes where nobody uses it yet.")
    samples = {path: shrink(file.read_bytes()) for file, path in paths.items()}
    _write_draft(folder, text, samples)
    print(f"Wrote {folder / FILE} and samples. What they give now:")
    _write_missing(profile, Catalogue((profile,)))
    if stolen:
        print(f"{stolen} Tighten its `match` before you use it.")
    print(f"Read the expected sidecars, finish the profile, then: camspool profile test {arguments.name}")
    return 0


def _stolen(profile: Profile, catalogue: Catalogue) -> str:
    """Return a sentence that names what a profile would take away from others; empty when that is nothing."""
    samples = list(stolen_samples(profile, catalogue))
    if not samples:
        return ""
    names = " and ".join(dict.fromkeys(name for name, _ in samples))
    path = one_line(samples[0][1], 120)
    return f"{profile.id} would also claim files of {names}, {path} for one, and then neither would be accepted."


def _draft_text(name: str, facts: dict[str, Facts]) -> str:
    usable = {path: one for path, one in facts.items() if one.exif or one.report or one.kind == "image"}
    if not usable:
        raise CamspoolError("None of the files is a photo or a report, so there is nothing to draft a profile from.")
    return draft(name, [Given(path, one) for path, one in usable.items()], datetime.now(UTC).date()).text


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


def _test(arguments: argparse.Namespace, settings: Settings) -> int:
    catalogue = load_catalogue(settings.profile_folders)
    if not arguments.names and catalogue.broken:
        raise CamspoolError(next(iter(catalogue.broken.values())))
    failed = False
    for profile in _chosen(arguments.names, catalogue):
        if arguments.write:
            _write_missing(profile, catalogue)
        failed |= not _passes(profile, catalogue)
    return 1 if failed else 0


def _chosen(names: list[str], catalogue: Catalogue) -> list[Profile]:
    for name in names:
        if broken := next((said for folder, said in catalogue.broken.items() if Path(folder).name == name), None):
            raise CamspoolError(broken)
        if name not in {profile.id for profile in catalogue.profiles}:
            known = ", ".join(profile.id for profile in catalogue.profiles)
            raise CamspoolError(f"There is no profile {name}; known are {known}.")
    return [profile for profile in catalogue.profiles if not names or profile.id in names]


def _passes(profile: Profile, catalogue: Catalogue) -> bool:
    samples = list(find_samples(profile))
    outcomes = [run_sample(one, profile, catalogue) for one in progress_bar(samples, unit="sample")]
    wrong = [sentence for outcome in outcomes for sentence in outcome.wrong]
    wrong += [stolen] if (stolen := _stolen(profile, catalogue)) else []
    gaps = uncovered(profile, [outcome.sidecar for outcome in outcomes])
    verdict = "ok" if not wrong else f"differences: {len(wrong)}"
    print(f"{profile.id}: {len(outcomes)} samples, {verdict}")
    for sentence in wrong:
        print(f"  {one_line(sentence, 500)}")
    for gap in gaps:
        print(f"  still to show: {gap}")
    return not wrong


def _write_missing(profile: Profile, catalogue: Catalogue) -> None:
    for sample in find_samples(profile):
        outcome = run_sample(sample, profile, catalogue)
        if write_expectation(outcome.sample, outcome.sidecar):
            print(
                f"  {one_line(sample.upload_path)}: {outcome.sidecar.verdict} {outcome.sidecar.reason or ''}".rstrip()
            )
