"""Which named groups rules use, and patterns without the names that nobody uses: a profile may not have such. Pure."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ingest.profiles.joined import groups_in
from ingest.profiles.patterns import BadPatternError, compiled


def rule_table(rule: str) -> Mapping[str, Any]:
    """Return what stands between the braces of a rule as a table; an empty one where it is no TOML."""
    try:
        found = tomllib.loads(f"x = {{ {rule} }}")
    except (ValueError, RecursionError):
        return {}
    return found["x"] if set(found) == {"x"} else {}


def groups_used(rules: Iterable[str], sources: Iterable[str] = ()) -> set[str]:
    """Return the names of the groups that rules take their values from, and those among these sources.

    >>> sorted(groups_used(['from = "path.imei"', 'from = ["{date} {exif.Make}", "account"]']))
    ['date', 'imei']
    """
    named = [source for rule in rules for source in origins_of(rule)] + list(sources)
    of_path = {source.removeprefix("path.") for source in named if source.startswith("path.")}
    return of_path | {group for source in named for group in groups_in(source)}


def groups_of(pattern: str) -> set[str]:
    """Return the names of a pattern's groups; none for what is no pattern."""
    try:
        return set(compiled(pattern).groupindex)
    except BadPatternError:
        return set()


def without_names(pattern: str, names: Collection[str]) -> str:
    """Return a pattern that finds the same without these names.

    >>> without_names("^(?P<lat>[0-9]+)_(?P<lon>[0-9]+)", {"lon"})
    '^(?P<lat>[0-9]+)_(?:[0-9]+)'
    """
    for name in names:
        pattern = re.sub(rf"(?<!\\)\(\?P<{re.escape(name)}>", "(?:", pattern)
    return pattern


def origins_of(rule: str) -> list[str]:
    """Return the sources that a rule takes its value from, in order."""
    given = rule_table(rule).get("from", [])
    return [one for one in (given if isinstance(given, list) else [given]) if isinstance(one, str)]
