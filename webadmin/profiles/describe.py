"""Says in words how a profile recognises its files and what it requires. Pure."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.profiles.profile import Part, Profile

SAMPLES_SHOWN = 40


@dataclass(frozen=True)
class Sample:
    """A sample file of a profile and the verdict that is expected of it."""

    name: str
    verdict: str
    reason: str


def conditions(part: Part) -> list[str]:
    """Return the conditions of a part, one sentence each; all of them must be met."""
    found = [f"{' or '.join(one.sources)} matches {one.pattern.pattern}" for one in part.conditions]
    return [*found, *(f"{source} is absent" for source in part.absent)]


def samples(profile: Profile) -> list[Sample]:
    """Return a profile's samples with the expected verdicts; none when the folder has none."""
    folder = Path(profile.folder) / "samples"
    return sorted(_samples(folder), key=lambda sample: (sample.verdict, sample.name))[:SAMPLES_SHOWN]


def _samples(folder: Path) -> Iterator[Sample]:
    for file in folder.rglob("*.json"):
        try:
            content: Any = json.loads(file.read_text("utf-8"))
            verdict, reason = str(content["verdict"]), str(content.get("reason") or "")
        except (OSError, ValueError, KeyError, TypeError):
            continue
        yield Sample(file.relative_to(folder).as_posix()[: -len(".json")], verdict, reason)
