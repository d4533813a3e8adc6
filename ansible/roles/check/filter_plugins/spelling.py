"""Finds variables that begin like Camspool's own and are none: a misspelt one would leave its default in force."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

RENAMED = {"firewall_more_tcp_ports": "firewall_keep_ports"}
"""Variables of former releases, and what they are called now."""

SECRET = "ftps_password"  # noqa: S105 - a variable's name


def known_variables(roles: str) -> dict[str, list[str]]:
    """Return the variables that each role's argument_specs.yml knows, and those it sets itself, by the role's name."""
    found = {}
    for file in sorted(Path(roles).glob("*/meta/argument_specs.yml")):
        options = yaml.safe_load(file.read_text("utf-8"))["argument_specs"]["main"].get("options") or {}
        own = file.parents[1] / "vars/main.yml"
        set_by_itself = yaml.safe_load(own.read_text("utf-8")) if own.exists() else {}
        found[file.parts[-3]] = sorted({*options, *set_by_itself})
    return found


def prefixes(known: dict[str, list[str]]) -> str:
    """Return a pattern of what the names of our variables begin with: the roles' names."""
    words = {*known, *(name.split("_")[0] for names in known.values() for name in names)}
    return f"^({'|'.join(sorted(words - {'ansible'}))})_"


def misspelt(names: list[str], known: dict[str, list[str]], foreign: list[str]) -> list[str]:
    """Return, for each name with one of our prefixes that is unknown, the name and the nearest right one."""
    right = {name for options in known.values() for name in options}
    ours = re.compile(prefixes(known))
    wrong = sorted({name for name in names if ours.match(name)} - right - set(foreign))
    return [_sentence(name, sorted(right)) for name in wrong]


def _sentence(name: str, right: list[str]) -> str:
    if name in RENAMED:
        return f"{name} (called {RENAMED[name]} now)"
    near = get_close_matches(name, right, n=1, cutoff=0.6)
    return f"{name} (did you mean {near[0]}?)" if near else name


def like_the_password(names: list[str], known: dict[str, list[str]]) -> list[str]:
    """Return the names that are none of ours, and that somebody may have meant for ftps_password."""
    right = {name for options in known.values() for name in options}
    by_letters = {name.lower(): name for name in sorted(set(names) - right)}
    return [by_letters[near] for near in get_close_matches(SECRET, by_letters, n=3, cutoff=0.75)]


class FilterModule:
    """What Ansible asks for."""

    def filters(self) -> dict[str, Any]:
        """Return the filters by name."""
        return {
            "known_variables": known_variables,
            "variable_prefixes": prefixes,
            "misspelt": misspelt,
            "like_the_password": like_the_password,
        }
