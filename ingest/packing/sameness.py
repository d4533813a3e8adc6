"""Whether a sample shows the same as the file that it was made of: the same verdict, by the same way. Pure."""

from typing import Any

from ingest.spool.sidecar import Sidecar

_SAME = ("verdict", "reason", "kind", "profile", "captured_at", "captured_at_utc")
_MADE_UP = ("latitude", "longitude")


def difference(before: Sidecar, after: Sidecar) -> str:
    """Say in what a sample differs from its original, but for what was made up; empty when in nothing."""
    for name in _SAME:
        if getattr(before, name) != getattr(after, name):
            return f"its {name} is {_shown(getattr(after, name))}, and not {_shown(getattr(before, name))}"
    for name in ("camera_id", "camera_text", *_MADE_UP):
        if (getattr(before, name) is None) != (getattr(after, name) is None):
            return f"it has {'no' if getattr(after, name) is None else 'a'} {name}"
    if before.sources != after.sources:
        return "its values come from elsewhere"
    if [one.code for one in before.problems] != [one.code for one in after.problems]:
        return "it has other problems"
    if {one.code for one in before.warnings} != {one.code for one in after.warnings}:
        return "it has other warnings"
    return "" if _fields(before) == _fields(after) else "its report says something else"


def _fields(sidecar: Sidecar) -> dict[str, Any]:
    return {name: value for name, value in sidecar.fields.items() if name not in _MADE_UP}


def _shown(value: str | None) -> str:
    return value or "not there"
