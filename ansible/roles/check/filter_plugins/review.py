"""Decides what an operator has to read before a newer release replaces the one that a host runs."""

from __future__ import annotations

import re
from typing import Any


def to_review(changes: list[dict[str, Any]], hosts: dict[str, Any]) -> list[str]:
    """Return the sentences of changes that touch a host and that nobody has read yet.

    `hosts` says of it: `installed`, the release that it runs, such as 0.1.0-3f2a9c10be55, or empty; `reviewed`, the
    version up to which the operator has read, or empty; `variables`, the names that are set for it.
    """
    if not hosts["installed"]:
        return []
    since = max(_version(hosts["installed"]), _version(hosts["reviewed"]))
    return [
        f"{change['version']}: this only affects you if {change['says'].strip()}"
        for change in changes
        if _version(change["version"]) > since and _touches(change, set(hosts["variables"]))
    ]


def _touches(change: dict[str, Any], variables: set[str]) -> bool:
    wanted, left = set(change.get("set", [])), set(change.get("unset", []))
    if not wanted and not left:
        return True
    return bool(wanted & variables or left - variables)


def _version(text: Any) -> tuple[int, int]:
    """Return the two numbers that count of a version or a release's name; 0.0 for what is none.

    >>> _version("0.10.3-3f2a9c10be55"), _version(0.2), _version("")
    ((0, 10), (0, 2), (0, 0))
    """
    match = re.match(r"(\d+)\.(\d+)", str(text))
    return (int(match[1]), int(match[2])) if match else (0, 0)


def release_to_review(source: str) -> str:
    """Return the two numbers of the version that a checkout's ingest/__init__.py names.

    >>> release_to_review('VERSION = "0.10.3"')
    '0.10'
    """
    return ".".join(map(str, _version(source.partition('VERSION = "')[2])))


class FilterModule:
    """What Ansible asks for."""

    def filters(self) -> dict[str, Any]:
        """Return the filters by name."""
        return {"to_review": to_review, "release_to_review": release_to_review}
