"""Puts a part of a profile together from what was decided: conditions, patterns with groups, and fields. Pure."""

from collections.abc import Mapping, Sequence

from ingest.profiles.drafts import Choice, Decision, Find, asked_lines
from ingest.profiles.group_names import groups_of, groups_used, without_names
from ingest.profiles.own_rules import Base
from ingest.profiles.part_text import FieldText, PartText
from ingest.profiles.rule_reads import used_only


def composed(
    match: Mapping[str, str],
    absent: tuple[str, ...],
    decisions: Sequence[Decision],
    bases: Mapping[str, Base],
    require: tuple[str, ...] = (),
    encoding: str = "",
) -> PartText:
    """Return a part that says all this. Names of groups that no field uses any more are taken out of its patterns.

    `decisions` are those on fields, `bases` the patterns that rules need which are no choices of the draft, by the keys
    of their choices. A pattern that is a condition already is not said twice.
    """
    chosen = [one.chosen for one in decisions if one.chosen and one.chosen.rule]
    finds = list(dict.fromkeys(one.find for one in chosen if one.find))
    used = groups_used((one.rule for one in chosen), (*_sources(match), *absent))
    taken = {name for one in finds for name in groups_of(one.pattern)}
    named = {key: _kept(pattern, used, taken, finds) for key, pattern in match.items()}
    path, find = "", dict[str, str]()
    for key, base in bases.items():
        wanted = groups_used([one.rule for one in chosen if one.is_of(key)], (*_sources(match), *absent)) - taken
        more = used_only(_beside(base, match), wanted)
        path = path or more.path
        for source, pattern in (*more.find.items(), *([("path", more.path)] if more.path != path else [])):
            _put(find, source, pattern)
    for one in finds:
        if match.get(one.source) != one.pattern and one.pattern not in (path, find.get(one.source)):
            if one.source == "path" and not path:
                path = one.pattern
            else:
                _put(find, one.source, one.pattern)
    return PartText(named, [_field(one) for one in decisions], absent, path, find, encoding, require)


def _beside(base: Base, match: Mapping[str, str]) -> Base:
    find = {key: pattern for key, pattern in base.find.items() if match.get(key) != pattern}
    return Base("" if match.get("path") == base.path else base.path, find)


def _sources(match: Mapping[str, str]) -> list[str]:
    return [source.strip() for key in match for source in key.split("|")]


def _kept(pattern: str, used: set[str], taken: set[str], finds: Sequence[Find]) -> str:
    """Return a condition without the names of groups that are not used, or that are found by a choice's own pattern."""
    if any(one.pattern == pattern for one in finds):
        return pattern
    return without_names(pattern, groups_of(pattern) - (used - taken))


def _put(find: dict[str, str], source: str, pattern: str) -> None:
    """Add a pattern under a source, which may be named again where it has a pattern already."""
    key = source
    while key in find and find[key] != pattern:
        key = f"{key} | {source}"
    find[key] = pattern


def _field(decision: Decision) -> FieldText:
    chosen: Choice | None = decision.chosen
    return FieldText(decision.field, chosen.rule if chosen else "", tuple(asked_lines(decision)))
