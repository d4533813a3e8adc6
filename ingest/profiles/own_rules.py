"""What a profile says that no choice of a draft says: answers that hold a rule of their own, as TOML. Pure.

`{"image.own.camera_id": '{ from = "exif.Artist" }'}` is one. What cannot be read counts for none: it may be anybody's.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.profiles.drafts import Answers
from ingest.profiles.group_names import groups_of
from ingest.profiles.profile import PartName

KNOWN = "known."
"""What the names of conditions begin with, before their sources."""

LEFT_OUT = "-"
"""The rule of what the profile is not to have."""

_MOST = 100
_MOST_CHARACTERS = 40_000


@dataclass(frozen=True)
class Base:
    """Patterns whose groups rules take their values from, and the encoding of the texts that they look at."""

    path: str = ""
    find: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""


def own_name(part: PartName, name: str) -> str:
    """Return the name of the answer that holds a rule of a part."""
    return f"{part}.own.{name}"


def own_values(answers: Answers, part: PartName) -> dict[str, Any]:
    """Return the rules of a part by what they are for; None for what is left out.

    >>> own_values({"image.own.location": "-", "image.own.zone": '"UTC"', "image.own.path": "]", "x": "1"}, "image")
    {'location': None, 'zone': 'UTC'}
    """
    before = own_name(part, "")
    given = [(name.removeprefix(before), text) for name, text in answers.items() if name.startswith(before)]
    read = ((name, _read(text)) for name, text in given[:_MOST])
    return {name: value[0] for name, value in read if value}


def base_of(values: Mapping[str, Any]) -> Base:
    """Return the patterns and the encoding among own rules; a condition with named groups is one of them."""
    path, find, encoding = (values.get(name) for name in ("path", "find", "encoding"))
    named = {
        name.removeprefix(KNOWN): pattern
        for name, pattern in values.items()
        if name.startswith(KNOWN) and isinstance(pattern, str) and groups_of(pattern)
    }
    patterns = {**named, **(find if isinstance(find, Mapping) else {})}
    return Base(
        path if isinstance(path, str) else "",
        {key: pattern for key, pattern in patterns.items() if isinstance(pattern, str)},
        encoding if isinstance(encoding, str) else "",
    )


def _read(text: str) -> tuple[Any] | None:
    if text.strip() == LEFT_OUT:
        return (None,)
    if len(text) > _MOST_CHARACTERS:
        return None
    try:
        found = tomllib.loads(f"x = {text}")
    except (ValueError, RecursionError):  # also of a number that has too many digits
        return None
    return (found["x"],) if set(found) == {"x"} else None
