"""Choices for a field beside those that a draft finds: what was marked, what another profile has, the profile's own.

All of them have a key of their own. Where another profile is the model, its rule is taken before one that was found,
and what was chosen before that is not the answer any more: found choices then have other keys.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ingest.profiles.drafts import ANSWERED, OWN, Answers, Choice, Decision
from ingest.profiles.own_rules import Base, base_of
from ingest.profiles.profile import IMAGE_FIELDS, REPORT_FIELDS, PartName
from ingest.profiles.rule_reads import read_rule
from ingest.profiles.sources import Subject
from ingest.profiles.toml_writing import table_inside

LIKE = "like"
"""The key of how the profile that is the model reads a field."""


@dataclass(frozen=True)
class Origin:
    """A profile whose rules are choices: under which key, how they are called, and its rules; None for what it lacks.

    `model` is the id of a profile that was chosen as the model, else empty.
    """

    key: str
    words: str
    values: Mapping[str, Any]
    model: str = ""

    @cached_property
    def base(self) -> Base:
        """The patterns that its rules take their values from."""
        return base_of(self.values)


def answer_to(answers: Answers, part: PartName, field: str, origins: Sequence[Origin]) -> str | None:
    """Return the answer to a drafted decision, as its own choices are called."""
    answer = answers.get(f"{part}.{field}")
    marks = [_mark(one) for one in origins if one.model and field in one.values]
    if answer is None or not marks:
        return answer
    return answer.removesuffix(marks[0]) if answer.endswith(marks[0]) else None


def with_others(
    decision: Decision, origins: Sequence[Origin], subjects: Sequence[Subject], answers: Answers, *more: Choice
) -> Decision:
    """Return a decision with the rules that origins have for its field, and more, among its choices."""
    others = [*more, *(one for origin in origins if (one := _choice(decision, origin, subjects)))]
    if not others:
        return decision
    mark = next((_mark(one) for one in origins if one.model and decision.field in one.values), "")
    found = tuple(replace(one, key=f"{one.key}{mark}") for one in decision.choices) if mark else decision.choices
    answer = answers.get(decision.name)
    keys = [one.key for one in found]
    taken = next((one for one in others if one.key == answer), None)
    if taken is None and answer not in keys:
        taken = next((one for one in others if one.key in (OWN, LIKE)), None)
    if taken:
        return replace(decision, chosen=taken, because=ANSWERED, choices=(*found, *others), question="")
    chosen = next((one for one in found if decision.chosen and one.key == f"{decision.chosen.key}{mark}"), None)
    return replace(decision, chosen=chosen or decision.chosen, choices=(*found, *others))


def further(
    part: PartName,
    decided: Sequence[Decision],
    origins: Sequence[Origin],
    subjects: Sequence[Subject],
    answers: Answers,
) -> list[Decision]:
    """Return decisions on the fields that only origins have a rule for, such as a latitude in the path."""
    have = {one.field for one in decided}
    known = IMAGE_FIELDS if part == "image" else REPORT_FIELDS
    fields = dict.fromkeys(field for one in origins for field, rule in one.values.items() if rule is not None)
    without = Choice("none", "left out", "")
    made = []
    for field in (field for field in fields if field in known and field not in have):
        empty = Decision(part, field, None, "the profile says so", (without,), is_optional=True)
        made.append(with_others(empty, origins, subjects, answers))
    return made


def without_two_places(decisions: Sequence[Decision]) -> list[Decision]:
    """Return decisions of which only one is on a place: a location, or both its halves."""
    halves = [one for one in decisions if one.field in ("latitude", "longitude") and one.chosen and one.chosen.rule]
    location = any(one.field == "location" and one.chosen and one.chosen.rule for one in decisions)
    if not halves or (len(halves) == 2 and not location):
        return list(decisions)
    return [one for one in decisions if one.field not in ("latitude", "longitude")]


def _mark(origin: Origin) -> str:
    return f"@{origin.model}"


def _choice(decision: Decision, origin: Origin, subjects: Sequence[Subject]) -> Choice | None:
    if decision.field not in origin.values:
        return None
    rule = origin.values[decision.field]
    if rule is None:
        is_needed = decision.field == "camera_id"
        return None if is_needed else Choice(origin.key, f"left out, {origin.words}", "")
    if not isinstance(rule, Mapping):
        return None
    text = table_inside(rule)
    reads = read_rule(decision.part, decision.field, text, origin.base, subjects)
    return None if reads is None else Choice(origin.key, origin.words, text, reads)
