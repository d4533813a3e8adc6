"""Turns a profile that somebody wrote into the answers to its draft, so that choices and text stay in step. Pure.

What a choice says as well is that choice; the rest are rules of the profile's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

from ingest.errors import CamspoolError
from ingest.profiles.drafted_require import MAY, MUST, REQUIRE
from ingest.profiles.drafting import draft
from ingest.profiles.drafts import OWN, Answers, Choice, Decision, Given
from ingest.profiles.known_choices import ABSENT, IGNORED
from ingest.profiles.own_parts import HEAD, PART, evidence
from ingest.profiles.own_rules import KNOWN, LEFT_OUT, Base, own_name
from ingest.profiles.profile import FieldRule, Part, PartName, Profile
from ingest.profiles.profile_file import parse_profile
from ingest.profiles.rule_reads import rule_part
from ingest.profiles.toml_writing import toml_value
from ingest.profiles.written_back import head_values, part_table, part_values, zone_of

_FOLDER = Path("draft")
_PARTS: tuple[PartName, ...] = get_args(PartName)


def answers_in(text: str, files: Sequence[Given], today: date) -> dict[str, str]:
    """Return the answers with which a draft from these files says the same as this text. Raise CamspoolError.

    Comments are not kept.
    """
    wanted = parse_profile(text, _FOLDER)
    answers = _head(wanted, today)
    for part in _PARTS:
        answers |= _part_answers(part, wanted, files, today)
    made = _parsed(draft(wanted.name, files, today, answers).text)
    for part in _PARTS:
        if not is_same(made.part(part) if made else None, wanted.part(part)):
            answers = {name: one for name, one in answers.items() if not _is_of(name, part)}
            answers |= _whole(part, wanted.part(part))
    return answers


def is_same(one: Part | None, other: Part | None) -> bool:
    """Say whether two parts know and read the same files alike, whatever the order of their conditions."""
    return _sorted(one) == _sorted(other)


def _head(wanted: Profile, today: date) -> dict[str, str]:
    values: dict[str, Any] = {**head_values(wanted), "zone": zone_of(wanted) or None}
    first = {"evidence": evidence(today), "confirmed": True, "connection_test": None}
    own = {key: value for key, value in values.items() if key not in first or value != first[key]}
    rules = {own_name("image", key): _rule(value) for key, value in own.items() if value is not None}
    return rules if values["zone"] else {**rules, "image.zone": "local"}


def _is_of(name: str, part: PartName) -> bool:
    of_head = {own_name("image", key) for key in (*HEAD, "zone", "connection_test")}
    return name.startswith(f"{part}.") and name not in of_head


def _part_answers(part: PartName, wanted: Profile, files: Sequence[Given], today: date) -> dict[str, str]:
    said = wanted.part(part)
    decided = _decisions(part, wanted, files, today, {})
    if said is None or not decided:
        return _whole(part, said) if decided or said else {}
    try:
        values = part_values(part, said)
    except ValueError:
        return _whole(part, said)
    answers = _required(said) if part == "image" else {}
    answers |= _field_answers(part, said, values, decided)
    if part == "image":
        answers |= _encoding(said)
    then = _decisions(part, wanted, files, today, answers)
    return answers | _known_answers(part, values, then)


def _decisions(
    part: PartName, wanted: Profile, files: Sequence[Given], today: date, answers: Answers
) -> list[Decision]:
    made = draft(wanted.name, files, today, answers)
    return [one for one in made.decisions if one.part == part]


def _field_answers(
    part: PartName, said: Part, values: Mapping[str, Any], decided: Sequence[Decision]
) -> dict[str, str]:
    choices = {one.field: one.choices for one in decided if not one.field.startswith((KNOWN, REQUIRE))}
    choices = {field: found for field, found in choices.items() if field not in ("zone", "encoding")}
    answers: dict[str, str] = {}
    for field in dict.fromkeys((*choices, *said.fields)):
        key = _choice_for(part, field, said, choices.get(field, ()))
        answers[f"{part}.{field}"] = key
        if key == OWN:
            answers[own_name(part, field)] = _rule(values.get(field))
    if OWN in answers.values() or any("path." in name for name in values if name.startswith(KNOWN)):
        answers |= {own_name(part, name): _rule(values[name]) for name in ("path", "find") if name in values}
        named = [name for name in values if name.startswith(KNOWN) and "(?P<" in str(values[name])]
        answers |= {own_name(part, name): _rule(values[name]) for name in named}
    return answers


def _choice_for(part: PartName, field: str, said: Part, choices: Sequence[Choice]) -> str:
    wanted = said.fields.get(field)
    if wanted is None:
        return next((one.key for one in choices if not one.rule), OWN)
    return next((one.key for one in choices if one.rule and _says(part, field, one, wanted, said)), OWN)


def _says(part: PartName, field: str, choice: Choice, wanted: FieldRule, said: Part) -> bool:
    """Say whether a choice is the rule that is wanted, with the pattern that it needs at its place."""
    find = choice.find
    if find and find.pattern not in _patterns(find.source, said):
        return False
    base = (
        Base()
        if find is None
        else Base(find.pattern)
        if find.source == "path"
        else Base("", {find.source: find.pattern})
    )
    found = rule_part(part, field, choice.rule, base)
    return found is not None and found.fields[field] == replace(wanted, zone=None)


def _patterns(source: str, said: Part) -> list[str]:
    found = [one.pattern.pattern for one in (*said.conditions, *said.find) if source in one.sources]
    return [*found, *([said.path.pattern] if said.path and source == "path" else [])]


def _required(said: Part) -> dict[str, str]:
    return {f"image.{REQUIRE}{field}": MUST if field in said.require else MAY for field in ("captured_at", "location")}


def _encoding(said: Part) -> dict[str, str]:
    if said.encoding is None:
        return {"image.encoding": "none"}
    return {"image.encoding": OWN, own_name("image", "encoding"): _rule(said.encoding)}


def _known_answers(part: PartName, values: Mapping[str, Any], decided: Sequence[Decision]) -> dict[str, str]:
    choices = {one.field: one.choices for one in decided if one.field.startswith(KNOWN)}
    answers: dict[str, str] = {}
    for field in dict.fromkeys((*choices, *(name for name in values if name.startswith(KNOWN)))):
        rule = values.get(field)
        key = IGNORED if rule is None else _condition_for(rule, choices.get(field, ()))
        answers[f"{part}.{field}"] = key
        answers |= {own_name(part, field): _rule(rule)} if key == OWN else {}
    return answers


def _condition_for(rule: Any, choices: Sequence[Choice]) -> str:
    if rule is False:
        return next((one.key for one in choices if one.key == ABSENT), OWN)
    return next((one.key for one in choices if one.find and one.find.pattern == rule and one.key != OWN), OWN)


def _whole(part: PartName, said: Part | None) -> dict[str, str]:
    return {f"{part}.{PART}": OWN, own_name(part, PART): _rule(part_table(part, said) if said else None)}


def _rule(value: Any) -> str:
    return LEFT_OUT if value is None else toml_value(value)


def _parsed(text: str) -> Profile | None:
    try:
        return parse_profile(text, _FOLDER)
    except CamspoolError:
        return None


def _sorted(part: Part | None) -> Part | None:
    if part is None:
        return None
    return replace(
        part,
        conditions=tuple(sorted(part.conditions, key=str)),
        find=tuple(sorted(part.find, key=str)),
        require=tuple(sorted(part.require)),
        absent=tuple(sorted(part.absent)),
    )
