"""A profile's samples: files under samples/, each beside the sidecar that it must give, and what differs.

The path below samples/ is the upload path. `<file>.json` holds the expected sidecar without what changes from run to
run; its received_at and account are taken as given. A sample is judged by its own profile alone, so that a new profile
never changes what an old one's samples give; that no other profile claims it is a check of its own.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.errors import CamspoolError, in_words
from ingest.profiles.catalogue import Catalogue
from ingest.profiles.profile import Profile
from ingest.reading.facts import bytes_to_read, read_facts
from ingest.settings.values import Settings
from ingest.spool.durable import write_new
from ingest.spool.item import Item
from ingest.spool.sidecar import Sidecar, sidecar_object
from ingest.spool.stamp import new_id, parse_utc
from ingest.verdict.decision import decide

_VOLATILE = ("schema", "id", "source", "connection", "client", "decided_at", "attempts", "duplicate_of", "trace")
_ARRIVAL = datetime(2026, 5, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """One sample file of a profile, and where its expected sidecar lies or should lie."""

    profile: str
    file: Path
    upload_path: str
    expectation: Path


@dataclass(frozen=True)
class Outcome:
    """What a sample gave: by its own profile, and which of all profiles claim it."""

    sample: Sample
    sidecar: Sidecar
    claims: tuple[str, ...]
    wrong: tuple[str, ...]


def find_samples(profile: Profile) -> Iterator[Sample]:
    """Yield the samples of a profile in order of their paths."""
    folder = Path(profile.folder) / "samples"
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix != ".json":
            path = str(file.relative_to(folder))
            yield Sample(profile.id, file, path, file.with_name(f"{file.name}.json"))


def run_sample(sample: Sample, profile: Profile, catalogue: Catalogue) -> Outcome:
    """Decide about a sample and compare with what is expected. Raise CamspoolError for an unreadable expectation."""
    expected = read_expectation(sample)
    arrival = parse_utc(expected["received_at"]) if expected else _ARRIVAL
    account = expected.get("account") if expected else None
    sidecar = _verdict(sample, arrival, account, Catalogue((profile,)))
    everyone = _verdict(sample, arrival, account, catalogue)
    claims = tuple(trace.profile for trace in everyone.trace if trace.matched)
    wrong = [*_differences(sample, expected, expected_object(sidecar)), *_stolen(sidecar, claims, profile)]
    return Outcome(sample, sidecar, claims, tuple(wrong))


def stolen_samples(profile: Profile, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield profile and upload path of each sample of another profile that this one claims as well."""
    for other in catalogue.profiles:
        if other.id == profile.id:
            continue
        for sample in find_samples(other):
            if {profile.id, other.id} <= set(run_sample(sample, other, Catalogue((other, profile))).claims):
                yield other.id, sample.upload_path


def read_expectation(sample: Sample) -> dict[str, Any] | None:
    """Return the expected sidecar of a sample, None when there is none. Raise CamspoolError when it is not JSON."""
    try:
        content = json.loads(sample.expectation.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise CamspoolError(f"{sample.expectation} cannot be read: {in_words(error)}.") from error
    if not isinstance(content, dict) or not isinstance(content.get("received_at"), str):
        raise CamspoolError(f"{sample.expectation}: received_at is missing; expected a time such as {_ARRIVAL}.")
    return content


def write_expectation(outcome: Outcome, *, replace_old: bool = False) -> bool:
    """Write what a sample gave as what it must give; say whether it was written. Never replace one unasked.

    Raise CamspoolError when it cannot be written.
    """
    file = outcome.sample.expectation
    if file.exists() and not replace_old:
        return False
    try:
        file.unlink(missing_ok=True)
        write_new(file, (json.dumps(expected_object(outcome.sidecar), indent=1) + "\n").encode())
    except OSError as error:
        raise CamspoolError(f"{file} cannot be written: {in_words(error)}.") from error
    return True


def expected_object(sidecar: Sidecar) -> dict[str, Any]:
    """Return a sidecar without what changes from run to run, as JSON has it."""
    content: dict[str, Any] = json.loads(json.dumps(sidecar_object(sidecar)))
    return {key: value for key, value in content.items() if key not in _VOLATILE}


def _verdict(sample: Sample, arrival: datetime, account: str | None, catalogue: Catalogue) -> Sidecar:
    settings = Settings()
    item = Item(new_id(arrival), sample.upload_path.encode("utf-8", "surrogateescape"), "local", account=account)
    with sample.file.open("rb") as file:
        content = file.read(bytes_to_read(item.path, settings.limits))
    facts = read_facts(content, sample.file.stat().st_size, item.path, settings.limits)
    return decide(item, facts, catalogue, settings, decided_at=arrival, registered=lambda _: True)


def _differences(sample: Sample, expected: dict[str, Any] | None, found: dict[str, Any]) -> list[str]:
    if expected is None:
        return [f"{sample.file}: there is no {sample.expectation.name}; write it with camspool profile test --write"]
    return [
        f"{sample.expectation}: {key} is {found.get(key)!r}; expected {expected.get(key)!r}"
        for key in sorted(expected.keys() | found.keys())
        if expected.get(key) != found.get(key)
    ]


def _stolen(sidecar: Sidecar, claims: tuple[str, ...], profile: Profile) -> list[str]:
    others = [claim for claim in claims if claim != profile.id]
    if sidecar.profile is None or not others:
        return []
    return [f"{profile.folder}: {sidecar.upload_path} is also claimed by {' and '.join(others)}"]
