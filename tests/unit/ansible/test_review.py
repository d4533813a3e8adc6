"""A release that changes a setting stops at the hosts that it touches, until somebody has read it."""

import re
from typing import Any

import pytest
import yaml

from ingest import VERSION
from tests.unit.ansible.plugins import ROLES, plugin

review = plugin("check/filter_plugins/review")

CHANGES: list[dict[str, Any]] = yaml.safe_load((ROLES.parent / "changes.yml").read_text("utf-8"))
CHANGELOG = re.sub(r"\s+", " ", (ROLES.parents[1] / "CHANGELOG.md").read_text("utf-8"))
MADE_UP: list[dict[str, Any]] = [
    {"version": "0.3", "set": ["ftps_a"], "says": "you have ftps_a."},
    {"version": "0.3", "unset": ["ftps_b"], "says": "you leave ftps_b alone."},
    {"version": "0.10", "says": "you breathe."},
]


def host(installed: str = "0.2.1-3f2a9c10be55", reviewed: Any = "", *variables: str) -> dict[str, Any]:
    return {"installed": installed, "reviewed": reviewed, "variables": ["ftps_password", *variables]}


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (host("", ""), []),
        (host(), ["ftps_b", "breathe"]),
        (host("0.2.1-3f2a9c10be55", "", "ftps_a"), ["ftps_a", "ftps_b", "breathe"]),
        (host("0.2.1-3f2a9c10be55", "", "ftps_b"), ["breathe"]),
        (host("0.2.1-3f2a9c10be55", "0.3"), ["breathe"]),
        (host("0.2.1-3f2a9c10be55", 0.3), ["breathe"]),
        (host("0.2.1-3f2a9c10be55", "0.10"), []),
        (host("0.3.0-3f2a9c10be55"), ["breathe"]),
        (host("0.11.0-3f2a9c10be55"), []),
    ],
)
def test_only_what_is_new_and_touches_the_host_is_told(found: dict[str, Any], told: list[str]) -> None:
    said = review.to_review(MADE_UP, found)
    assert len(said) == len(told)
    for word, sentence in zip(told, said, strict=True):
        assert "this only affects you if you " in sentence and word in sentence


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change["says"])[:40])
def test_a_change_stands_in_the_changelog_under_its_release(change: dict[str, Any]) -> None:
    _, _, after = CHANGELOG.partition(f"## {change['version']}")
    section = after.partition("## ")[0]
    assert f"This only affects you if {change['says'].strip()}" in section
    assert review._version(change["version"]) <= review._version(VERSION)


def test_the_changelog_begins_with_the_release_that_this_is() -> None:
    first = re.search(r"## (\S+)", CHANGELOG)
    assert first and first[1] == VERSION


def test_the_version_to_review_is_that_of_the_checkout() -> None:
    source = (ROLES.parents[1] / "ingest/__init__.py").read_text("utf-8")
    assert VERSION.startswith(f"{review.release_to_review(source)}.")
