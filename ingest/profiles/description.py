"""Says in words how a profile recognises its files and what it requires. Pure."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.profiles.patterns import Budget, search
from ingest.profiles.profile import FieldRule, Part, Profile
from ingest.profiles.source_words import source_words

SAMPLES_SHOWN = 40
NAMES_SHOWN = 3
_TOLD = ("reason", "camera_id", "captured_at", "account", "kind")


@dataclass(frozen=True)
class Sample:
    """A sample file of a profile, the verdict that is expected of it, and what is read from it.

    `account` is the one by which it comes, where that says whose it is.
    """

    name: str
    verdict: str
    reason: str
    camera_id: str = ""
    captured_at: str = ""
    account: str = ""
    kind: str = ""
    warnings: tuple[str, ...] = ()


def conditions(part: Part) -> list[str]:
    """Return the conditions of a part, one sentence each; all of them must be met."""
    found = [f"{' or '.join(one.sources)} {_asked(one.pattern.pattern)}" for one in part.conditions]
    return [*found, *(f"{source} is absent" for source in part.absent)]


def _asked(pattern: str) -> str:
    return f"matches {pattern}" if pattern else "is there"


def origin(rule: FieldRule) -> str:
    """Say where a field comes from: its sources in words, in the order in which they are asked.

    >>> origin(FieldRule(("exif.BodySerialNumber", "path.id", "account"), "text"))
    "EXIF BodySerialNumber, else the upload path, else the camera's own account"
    """
    words = [source_words(source) for source in rule.sources]
    return ", else ".join(dict.fromkeys(words)) or f"always {rule.value}"


def upload_names(profile: Profile, found: list[Sample]) -> list[Sample]:
    """Return accepted samples under names as the camera sends them, some of its photos and some of its reports.

    Where the path is no condition, the folder of a sample only says what it shows; where it is, what comes before the
    part that the profile knows is no matter.
    """
    good = sorted(found, key=lambda one: (len(one.warnings), one.name.count("/")))
    shown: dict[str, Sample] = {}
    for kind in ("image", "report"):
        names = {_upload_name(profile.image, one): one for one in good if (one.verdict, one.kind) == ("accepted", kind)}
        shown |= dict(list(names.items())[:NAMES_SHOWN])
    return [replace(one, name=name) for name, one in shown.items()]


def _upload_name(part: Part | None, sample: Sample) -> str:
    for condition in part.conditions if part and sample.kind == "image" else ():
        if condition.sources == ("path",) and (known := search(condition.pattern, sample.name, Budget())):
            return known.group().lstrip("/")
    return sample.name.rpartition("/")[2]


def faults(found: list[Sample]) -> dict[str, Sample]:
    """Return what its samples show that can go wrong: each reason and warning, with the first sample that has it.

    That a file is of another camera is no fault of this one.
    """
    codes = [(code, sample) for sample in found for code in (sample.reason, *sample.warnings) if code]
    return {code: sample for code, sample in reversed(codes) if code != "no_matching_profile"}


def samples(profile: Profile) -> list[Sample]:
    """Return a profile's samples with the expected verdicts; none when the folder has none."""
    folder = Path(profile.folder) / "samples"
    return sorted(_samples(folder), key=lambda sample: (sample.verdict, sample.name))[:SAMPLES_SHOWN]


def _samples(folder: Path) -> Iterator[Sample]:
    for file in folder.rglob("*.json"):
        try:
            content: Any = json.loads(file.read_text("utf-8"))
            verdict = str(content["verdict"])
            told = {key: str(content.get(key) or "") for key in _TOLD}
            warnings = tuple(str(one["code"]) for one in content.get("warnings") or ())
        except (OSError, ValueError, KeyError, TypeError):
            continue
        name = file.relative_to(folder).as_posix()[: -len(".json")]
        yield Sample(name, verdict, **told, warnings=warnings)
