"""The keys of a profile.toml: what is unknown or no text is an error that names file and key."""

from collections.abc import Mapping
from typing import Any, NoReturn

from ingest.errors import CamspoolError


def fail(file: str, key: str, what: str) -> NoReturn:
    """Raise CamspoolError for a mistake."""
    raise CamspoolError(f"{file}: {key} {what}.")


def known_table(file: str, table: Any, prefix: str, keys: tuple[str, ...]) -> Mapping[str, Any]:
    """Return a table that has no other keys. Raise CamspoolError."""
    if not isinstance(table, Mapping):
        fail(file, prefix, f"must be a table with {', '.join(keys)}")
    for key in table:
        if key not in keys:
            fail(file, f"{prefix}.{key}".lstrip("."), f"is unknown; known here: {', '.join(keys)}")
    return table


def text_of(file: str, table: Mapping[str, Any], key: str, prefix: str = "") -> str:
    """Return the text under a key, empty where there is none. Raise CamspoolError for what is no text."""
    value = table.get(key, "")
    if not isinstance(value, str):
        fail(file, prefix + key, f"is {value!r}; expected text in quotes")
    return value.strip()


def flag_of(file: str, table: Mapping[str, Any], key: str, *, default: bool) -> bool:
    """Return whether a key is true. Raise CamspoolError for what is neither true nor false."""
    value = table.get(key, default)
    if not isinstance(value, bool):
        fail(file, key, f"is {value!r}; expected true or false")
    return value
