"""Names of groups that nobody uses are taken out, and the pattern finds what it found."""

import re

import pytest

from ingest.profiles.group_names import groups_of, origins_of, rule_table, without_names


def test_without_its_names_a_pattern_finds_the_same() -> None:
    pattern = r"(?P<id>[a-z]+)_(?P<day>\d+)"
    plain = without_names(pattern, {"day"})
    assert groups_of(plain) == {"id"}
    found = re.search(plain, "north_12")
    assert found is not None and found[0] == "north_12"
    assert groups_of("(") == set()


@pytest.mark.parametrize(("rule", "origins"), [('from = ["a", "b"]', ["a", "b"]), ("value = 1", []), ("} x = 1", [])])
def test_the_sources_of_a_rule_are_those_it_names(rule: str, origins: list[str]) -> None:
    assert origins_of(rule) == origins
    assert rule_table("} y = { a = 1") == {}
