"""Runs profiles over their samples for `camspool profile`: what they give, what differs, and what nobody has shown."""

import argparse
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from ingest.commands.progress import progress_bar
from ingest.errors import CamspoolError
from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.profiles.profile import Profile
from ingest.profiles.sample_coverage import uncovered
from ingest.profiles.samples import ARRIVAL, find_samples, write_expectation
from ingest.settings.values import SHIPPED_PROFILES, Settings
from ingest.spool.names import one_line
from ingest.trial import Outcome, run_sample, stolen_samples

Ways = Mapping[str, tuple[str | None, datetime]]
"""Account and arrival of samples by their upload paths."""


def test_profiles(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the profiles that were named, or all, over their samples; return 1 when one differs or accepts nothing."""
    catalogue = load_catalogue(settings.profile_folders)
    if not arguments.names and catalogue.broken:
        raise CamspoolError(next(iter(catalogue.broken.values())))
    failed = False
    for profile in _chosen(arguments.names, catalogue):
        ways = {one.upload_path: (arguments.account, ARRIVAL) for one in find_samples(profile)}
        if arguments.write:
            write_missing(profile, catalogue, ways)
        failed |= not _passes(profile, catalogue, arguments.account)
    return 1 if failed else 0


def _chosen(names: list[str], catalogue: Catalogue) -> list[Profile]:
    for name in names:
        if broken := next((said for folder, said in catalogue.broken.items() if Path(folder).name == name), None):
            raise CamspoolError(broken)
        if name not in {profile.id for profile in catalogue.profiles}:
            known = ", ".join(profile.id for profile in catalogue.profiles)
            raise CamspoolError(f"There is no profile {name}; known are {known}.")
    return [profile for profile in catalogue.profiles if not names or profile.id in names]


def _passes(profile: Profile, catalogue: Catalogue, account: str | None) -> bool:
    samples = list(find_samples(profile))
    outcomes = [run_sample(one, profile, catalogue, account) for one in progress_bar(samples, unit="sample")]
    wrong = [sentence for outcome in outcomes for sentence in outcome.wrong]
    wrong += [stolen] if (stolen := stolen_sentence(profile, catalogue)) else []
    accepted = sum(outcome.sidecar.verdict == "accepted" for outcome in outcomes)
    counted = f"{profile.id}: {len(outcomes)} samples, {accepted} accepted and {len(outcomes) - accepted} rejected"
    is_shown = accepted > 0 or not outcomes
    print(f"{counted}, {f'differences: {len(wrong)}' if wrong else 'ok' if is_shown else 'none is accepted'}")
    for sentence in wrong:
        print(f"  {one_line(sentence, 500)}")
    is_shipped = Path(profile.folder).resolve().parent == SHIPPED_PROFILES.resolve()
    print(*(_gaps(profile, outcomes) if is_shipped else _rejections(outcomes)), sep="", end="")
    return not wrong and is_shown


def _gaps(profile: Profile, outcomes: Sequence[Outcome]) -> list[str]:
    """Return what the tests of the project ask for: a sample of everything that can fail."""
    return [f"  still to show: {gap}\n" for gap in uncovered(profile, [outcome.sidecar for outcome in outcomes])]


def _rejections(outcomes: Sequence[Outcome]) -> list[str]:
    return [
        f"  {one_line(one.sample.upload_path)}: rejected, {one_line(one.sidecar.problems[0].message, 500)}\n"
        for one in outcomes
        if one.sidecar.problems
    ]


def write_missing(profile: Profile, catalogue: Catalogue, ways: Ways) -> None:
    """Write the expected sidecars that are missing, and say what each is. Raise CamspoolError when one cannot be."""
    for sample in find_samples(profile):
        outcome = run_sample(sample, profile, catalogue, *ways.get(sample.upload_path, (None, ARRIVAL)))
        if write_expectation(outcome.sample, outcome.sidecar):
            print(
                f"  {one_line(sample.upload_path)}: {outcome.sidecar.verdict} {outcome.sidecar.reason or ''}".rstrip()
            )


def stolen_sentence(profile: Profile, catalogue: Catalogue) -> str:
    """Return a sentence that names what a profile would take away from others; empty when that is nothing."""
    samples = list(stolen_samples(profile, catalogue))
    if not samples:
        return ""
    names = " and ".join(dict.fromkeys(name for name, _ in samples))
    path = one_line(samples[0][1], 120)
    return f"{profile.id} would also claim files of {names}, {path} for one, and leave such files to {names}."
