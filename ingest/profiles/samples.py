"""A profile's samples: files under samples/, each beside the sidecar that it must give, and what differs.

The path below samples/ is the upload path. `<file>.json` holds the expected sidecar without what changes from run to
run; its received_at and account are taken as given. `ingest/trial.py` judges them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.errors import CamspoolError, in_words
from ingest.profiles.profile import Profile
from ingest.spool.durable import write_new
from ingest.spool.sidecar import Sidecar, sidecar_object

_VOLATILE = ("schema", "id", "source", "connection", "client", "decided_at", "attempts", "duplicate_of", "trace")
_SAID = ("problems", "warnings")
ARRIVAL = datetime(2026, 5, 1, 12, tzinfo=UTC)
"""When a sample without an expectation counts as received."""


@dataclass(frozen=True)
class Sample:
    """One sample file of a profile, and where its expected sidecar lies or should lie."""

    profile: str
    file: Path
    upload_path: str
    expectation: Path


def find_samples(profile: Profile) -> Iterator[Sample]:
    """Yield the samples of a profile in order of their paths."""
    folder = Path(profile.folder) / "samples"
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix != ".json":
            path = str(file.relative_to(folder))
            yield Sample(profile.id, file, path, file.with_name(f"{file.name}.json"))


def read_expectation(sample: Sample) -> dict[str, Any] | None:
    """Return the expected sidecar of a sample, None when there is none. Raise CamspoolError when it is not JSON."""
    try:
        content = json.loads(sample.expectation.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise CamspoolError(f"{sample.expectation} cannot be read: {in_words(error)}.") from error
    if not isinstance(content, dict) or not isinstance(content.get("received_at"), str):
        raise CamspoolError(f"{sample.expectation}: received_at is missing; expected a time such as {ARRIVAL}.")
    return content


def write_expectation(sample: Sample, sidecar: Sidecar, *, replace_old: bool = False) -> bool:
    """Write what a sample gave as what it must give; say whether it was written. Never replace one unasked.

    Raise CamspoolError when it cannot be written.
    """
    file = sample.expectation
    if file.exists() and not replace_old:
        return False
    try:
        file.unlink(missing_ok=True)
        write_new(file, (json.dumps(expected_object(sidecar), indent=1) + "\n").encode())
    except OSError as error:
        raise CamspoolError(f"{file} cannot be written: {in_words(error)}.") from error
    return True


def expected_object(sidecar: Sidecar) -> dict[str, Any]:
    """Return a sidecar without what changes from run to run, as JSON has it."""
    content: dict[str, Any] = json.loads(json.dumps(sidecar_object(sidecar)))
    return {key: value for key, value in content.items() if key not in _VOLATILE}


def differences(sample: Sample, expected: dict[str, Any] | None, found: dict[str, Any]) -> list[str]:
    """Return a sentence for every key in which what a sample gave is not what is expected.

    Of problems and warnings their codes count: a release may say them in other words.
    """
    if expected is None:
        return [f"{sample.file}: there is no {sample.expectation.name}; write it with camspool profile test --write"]
    return [
        f"{sample.expectation}: {key} is {found.get(key)!r}; expected {expected.get(key)!r}"
        for key in sorted(expected.keys() | found.keys())
        if _that_counts(key, expected.get(key)) != _that_counts(key, found.get(key))
    ]


def _that_counts(key: str, value: Any) -> Any:
    if key not in _SAID or not isinstance(value, list):
        return value
    return [one.get("code") if isinstance(one, dict) else one for one in value]
