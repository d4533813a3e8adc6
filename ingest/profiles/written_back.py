"""A profile as the values that its profile.toml is written from. Pure."""

from collections.abc import Mapping
from typing import Any

from ingest.profiles.own_rules import KNOWN
from ingest.profiles.profile import IMAGE_FIELDS, REPORT_FIELDS, FieldRule, Part, PartName, Profile


def rule_value(part: PartName, field: str, rule: FieldRule) -> dict[str, Any]:
    """Return a field's rule as a table."""
    kinds = (IMAGE_FIELDS if part == "image" else REPORT_FIELDS)[field]
    table: dict[str, Any] = {"value": rule.value} if rule.value is not None else {"from": _alone(rule.sources)}
    table |= {"as": rule.kind} if rule.kind != kinds[0] else {}
    table |= {"format": _alone(tuple(one.text for one in rule.formats))} if rule.formats else {}
    return table | ({"check": rule.check} if rule.check else {})


def part_values(name: PartName, part: Part) -> dict[str, Any]:
    """Return what a part says, as own rules have it: each condition and each field by its name; None for no place.

    Raise ValueError where two conditions look at the same sources: then it can only be written as a whole.
    """
    conditions: list[tuple[str, Any]] = [(one.shown, one.pattern.pattern) for one in part.conditions]
    conditions += [(source, False) for source in part.absent]
    if len(dict(conditions)) < len(conditions):
        raise ValueError("two conditions look at the same sources")
    values = {f"{KNOWN}{source}": rule for source, rule in conditions}
    values |= {field: rule_value(name, field, rule) for field, rule in part.fields.items()}
    values |= {"path": part.path.pattern} if part.path else {}
    values |= {"find": {one.shown: one.pattern.pattern for one in part.find}} if part.find else {}
    values |= {"encoding": part.encoding} if part.encoding else {}
    return values


def part_table(name: PartName, part: Part) -> dict[str, Any]:
    """Return a part as the table that it is in a profile.toml."""
    table: dict[str, Any] = {
        "match": {_key(at, one.shown): one.pattern.pattern for at, one in enumerate(part.conditions)}
    }
    table |= {"absent": list(part.absent)} if part.absent else {}
    table |= {"path": part.path.pattern} if part.path else {}
    table |= (
        {"find": {_key(at, one.shown): one.pattern.pattern for at, one in enumerate(part.find)}} if part.find else {}
    )
    table |= {"encoding": part.encoding} if part.encoding else {}
    table |= {"require": list(part.require)} if name == "image" else {}
    return table | {"fields": {field: rule_value(name, field, rule) for field, rule in part.fields.items()}}


def zone_of(profile: Profile) -> str:
    """Return the zone that a profile's clocks are set to, empty where it names none."""
    rules = (rule for part in (profile.image, profile.report) if part for rule in part.fields.values())
    return next((str(rule.zone) for rule in rules if rule.zone), "")


def head_values(profile: Profile) -> Mapping[str, Any]:
    """Return what a profile says of itself."""
    test = {"path": profile.connection_test.pattern} if profile.connection_test else None
    return {
        "name": profile.name,
        "evidence": profile.evidence,
        "notes": profile.notes,
        "confirmed": profile.confirmed,
        "connection_test": test,
    }


def _alone(texts: tuple[str, ...]) -> str | list[str]:
    return texts[0] if len(texts) == 1 else list(texts)


def _key(at: int, shown: str) -> str:
    """Return the key of a condition, which differs from all others, as white space around it does not count."""
    return shown + " " * at
