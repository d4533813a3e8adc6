"""Which known profile may be the model for files that it does not claim: a camera with other firmware, say. Pure.

The model gives how fields are read; by what the files are known stays their own.
"""

from collections.abc import Sequence
from typing import Any

from ingest.profiles.drafts import ANSWERED, Choice, Decision, Given
from ingest.profiles.matching import failures, seen_by
from ingest.profiles.other_choices import LIKE, Origin
from ingest.profiles.profile import Part, PartName, Profile
from ingest.profiles.rule_reads import value_in
from ingest.profiles.sources import Subject
from ingest.profiles.written_back import part_values, zone_of
from ingest.spool.names import one_line
from ingest.vocabulary import SELF_TEST

_MOST = 5
_LOOKED_AT = 3
_TIMES = {"image": "captured_at", "report": "reported_at"}
_NONE = Choice("none", "as no other camera: as it is chosen here", "")


def decide_model(
    part: PartName, given: Sequence[Given], known: Sequence[Profile], answer: str | None
) -> Decision | None:
    """Return the decision which profile is the model, none at first; None where no profile can read these files.

    The closest come first: those of whose conditions the fewest fail, and which read the most.
    """
    subjects = [one.subject for one in given]
    few = subjects[:: max(len(subjects) // _LOOKED_AT, 1)]
    near = [(one, _distance(part, few, one)) for one in known if one.id != SELF_TEST]
    told = [(one, distance) for one, distance in near if distance is not None]
    ranked = [one for one, _ in sorted(told, key=lambda pair: pair[1])]
    chosen = next((one for one in known if one.id == answer and one in ranked), None)
    shown = [*ranked[:_MOST], *([chosen] if chosen and chosen not in ranked[:_MOST] else [])]
    if not shown:
        return None
    choices = (_NONE, *(_choice(part, subjects, one) for one in shown))
    taken = next((one for one in choices if one.key == answer), None)
    because = "these profiles come closest, and read something in these files"
    return Decision(part, LIKE, taken or _NONE, ANSWERED if taken else because, choices, is_optional=True)


def model_of(part: PartName, profile: Profile) -> Origin:
    """Return how a profile reads its files, as rules that a draft may take."""
    said = _part(part, profile)
    values: dict[str, Any] = part_values(part, said)
    if part == "image":
        values = {"captured_at": None, "location": None, **values, "require": said.require}
    values |= {"zone": zone} if (zone := zone_of(profile)) else {}
    return Origin(LIKE, f"as {one_line(profile.name, 60)} is read", values, profile.id)


def _part(part: PartName, profile: Profile) -> Part:
    found = profile.part(part)
    if found is None:
        raise ValueError(f"{profile.id} reads no {part}s")
    return found


def _distance(part: PartName, subjects: Sequence[Subject], profile: Profile) -> tuple[float, int] | None:
    """Return how far a profile is: which share of its conditions fails, and how much it reads, less being nearer.

    None for one that reads neither ID nor time in these files, or that cannot be a model.
    """
    try:
        said = _part(part, profile)
        part_values(part, said)
    except ValueError:
        return None
    values = [_values(part, said, one) for one in subjects]
    if not any(several[-1] if _TIMES[part] in said.fields else several[0] for several in values):
        return None
    failed = sum(len(failures(one, profile)) for one in subjects)
    asked = (len(said.conditions) + len(said.absent)) * len(subjects)
    return failed / asked, -sum(len([text for text in several if text]) for several in values)


def _values(part: PartName, said: Part, subject: Subject) -> list[str]:
    """Return the ID and the time that a profile reads in a file."""
    seen = seen_by(subject, said)
    rules = (said.fields.get(field) for field in ("camera_id", _TIMES[part]))
    return [value_in(rule, seen) if rule else "" for rule in rules]


def _choice(part: PartName, subjects: Sequence[Subject], profile: Profile) -> Choice:
    said = _part(part, profile)
    reads = tuple(", ".join(text for text in _values(part, said, one) if text) for one in subjects)
    return Choice(profile.id, f"as {one_line(profile.name, 60)}", profile.id, reads)
