"""Every rule is described, and every trouble is of a rule."""

import re
from pathlib import Path

from ingest.alerts.rules import BY_NAME, RULES, rules_table
from ingest.settings.values import Alerts

ROOT = Path(__file__).resolve().parents[4]


def test_each_rule_has_a_line_of_the_table() -> None:
    lines = rules_table().splitlines()
    assert len(lines) == len(RULES) + 2 and all(f"`{rule.name}`" in rules_table() for rule in RULES)
    assert len(BY_NAME) == len(RULES)


def test_bounds_that_a_rule_names_are_settings() -> None:
    for rule in RULES:
        for name in re.findall(r"`(\w+)`", rule.found):
            assert hasattr(Alerts(), name), name


def test_rules_that_find_something_are_in_the_table_and_the_other_way_round() -> None:
    code = "".join(file.read_text("utf-8") for file in (ROOT / "ingest/alerts").glob("*.py") if file.name != "rules.py")
    assert all(f'"{rule.name}"' in code for rule in RULES)


def test_the_readme_shows_the_table_as_it_is() -> None:
    assert rules_table() in (ROOT / "README.md").read_text("utf-8")
