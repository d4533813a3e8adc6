"""Decisions about conditions as a person answered them, and with conditions of a profile's own. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ingest.profiles.drafts import ANSWERED, OWN, Answers, Choice, Decision
from ingest.profiles.known_choices import absent, condition, ignored
from ingest.profiles.own_rules import KNOWN
from ingest.profiles.patterns import BadPatternError, TooSlowError, compiled
from ingest.profiles.profile import Condition, PartName
from ingest.profiles.sources import Subject, find_in


def answered(decision: Decision, answers: Answers) -> Decision:
    """Return a decision as it was answered, if that is one of its choices."""
    answer = answers.get(decision.name)
    chosen = next((one for one in decision.choices if one.key == answer), None)
    return replace(decision, chosen=chosen, because=ANSWERED) if chosen else decision


def with_own(decision: Decision, own: Mapping[str, Any], subjects: Sequence[Subject], answers: Answers) -> Decision:
    """Return a decision with the profile's own condition among its choices, which is taken unless another one is."""
    source = decision.field.removeprefix(KNOWN)
    rule = own.get(decision.field)
    choice = own_condition(source, rule, subjects)
    if choice is None:
        return decision
    choices = (*decision.choices, choice)
    is_taken = answers.get(decision.name) in (None, OWN)
    return (
        replace(decision, chosen=choice, because=ANSWERED, choices=choices)
        if is_taken
        else replace(decision, choices=choices)
    )


def own_condition(sources: str, rule: Any, subjects: Sequence[Subject]) -> Choice | None:
    """Return a condition that is no choice: a pattern, or false for sources that must be absent; None for neither."""
    if rule is False:
        return replace(absent(sources), key=OWN, words="is empty or missing, as the profile says")
    try:
        asked = Condition(tuple(map(str.strip, sources.split("|"))), compiled(rule)) if isinstance(rule, str) else None
    except BadPatternError:
        return None
    if asked is None:
        return None
    reads = tuple(_found(asked, one) for one in subjects)
    made = condition(OWN, "is as the profile says", sources, asked.pattern.pattern, reads)
    missed = reads.count("")
    return replace(made, doubt=f"{missed} of these {len(reads)} files are not so." if missed else "")


def _found(asked: Condition, subject: Subject) -> str:
    try:
        found = find_in(asked, subject)
    except TooSlowError:
        return ""
    return (found.string.strip() or "(empty)") if found else ""


def others_known(
    part: PartName, decided: Sequence[Decision], answers: Answers, own: Mapping[str, Any], subjects: Sequence[Subject]
) -> list[Decision]:
    """Return decisions on sources that only the answers name."""
    have = {one.field for one in decided}
    more = []
    for field in (field for field in own if field.startswith(KNOWN) and field not in have):
        source = field.removeprefix(KNOWN)
        empty = Decision(part, field, ignored(source), "the profile says so", (ignored(source),), is_optional=True)
        more.append(with_own(answered(empty, answers), own, subjects, answers))
    return more
