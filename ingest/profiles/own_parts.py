"""What a profile says that is no choice of a draft: of itself, or as a whole part that no choices can say. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ingest.profiles.drafted_part import DraftedPart
from ingest.profiles.drafts import ANSWERED, OWN, Answers, Choice, Decision
from ingest.profiles.own_rules import own_values
from ingest.profiles.part_text import FieldText, PartText, part_block
from ingest.profiles.profile import PartName
from ingest.profiles.toml_writing import table_inside, toml_value

PART = "part"
"""The field of the decision whether a part is as the profile says, or as the other choices say."""

HEAD = ("name", "evidence", "notes", "confirmed")
_NOTES = "A draft: loosen or tighten the patterns until the samples do what you expect."
_TABLES, _LISTS, _TEXTS = ("match", "fields"), ("absent", "require"), ("path", "encoding")


def head_block(name: str, today: date, zone: str, answers: Answers) -> str:
    """Return the first lines of a profile: what it says of itself."""
    own = own_values(answers, "image")
    values: dict[str, Any] = {"name": name, "evidence": evidence(today), "notes": _NOTES}
    values |= {key: own[key] for key in HEAD if isinstance(own.get(key), bool if key == "confirmed" else str)}
    values |= {"zone": zone} if zone else {}
    said = {key: value for key, value in values.items() if value != ("" if key != "confirmed" else True)}
    return "\n".join(f"{key} = {toml_value(value)}" for key, value in said.items())


def tail_block(answers: Answers) -> list[str]:
    """Return the last lines of a profile, on the files of a Test button, where an own rule has them."""
    rule = own_values(answers, "image").get("connection_test")
    if not isinstance(rule, Mapping):
        return []
    return ["[connection_test]\n" + "\n".join(f"{key} = {toml_value(value)}" for key, value in rule.items())]


def evidence(today: date) -> str:
    """Return where a draft's facts come from, until a person says more."""
    return f"Files given on {today}: say whose they are and where they come from"


def own_part(part: PartName, drafted: DraftedPart, answers: Answers) -> DraftedPart:
    """Return a part as an own rule has it as a whole, if there is one and it is wanted; else as it was drafted."""
    values = own_values(answers, part)
    if PART not in values:
        return drafted
    rule = values[PART]
    text = _part_text(rule) if isinstance(rule, Mapping) else None
    if rule is not None and text is None:
        return drafted
    words = "as the profile says" if text else "left out, as the profile says"
    own = Choice(OWN, words, toml_value(rule) if text else "")
    other = Choice("drafted", "as the choices for it say" if drafted.block else "left out", "")
    is_taken = answers.get(f"{part}.{PART}") in (None, OWN)
    because = ANSWERED if is_taken else "the profile says so"
    decision = Decision(part, PART, own if is_taken else other, because, (own, other), is_optional=True)
    if is_taken:
        return DraftedPart(part_block(part, text) if text else "", (decision,))
    return replace(drafted, decisions=(*drafted.decisions, decision))


def _part_text(rule: Mapping[str, Any]) -> PartText | None:
    """Return a part as a table has it; None where that cannot be one."""
    is_sound = all(isinstance(rule.get(key, {}), Mapping) for key in (*_TABLES, "find"))
    is_sound &= all(_is_texts(rule.get(key, [])) for key in _LISTS)
    is_sound &= all(_is_texts(list(rule.get(key, {}).values())) for key in ("match", "find") if is_sound)
    is_sound &= all(isinstance(rule.get(key, ""), str) for key in _TEXTS)
    if not is_sound or not all(isinstance(one, Mapping) for one in rule.get("fields", {}).values()):
        return None
    fields = [FieldText(name, table_inside(one)) for name, one in rule.get("fields", {}).items()]
    return PartText(
        rule.get("match", {}),
        fields,
        tuple(rule.get("absent", ())),
        rule.get("path", ""),
        rule.get("find", {}),
        rule.get("encoding", ""),
        tuple(rule.get("require", ("camera_id",))),
    )


def _is_texts(values: Any) -> bool:
    return isinstance(values, Sequence) and not isinstance(values, str) and all(isinstance(one, str) for one in values)
