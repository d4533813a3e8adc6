"""Writes the values of a profile.toml in one line each; whatever stands in them, they are read back as they are."""

import json
import re
from collections.abc import Mapping, Sequence

Value = object
"""A text, a number, true or false, or a list or table of these."""

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def toml_value(value: Value) -> str:
    r"""Return a value as TOML.

    >>> toml_value({"from": ["a", "b"], "value": 1.5}), toml_value(True), toml_value("it's\n")
    ('{ from = ["a", "b"], value = 1.5 }', 'true', '"it\'s\\n"')
    """
    if isinstance(value, Mapping):
        return f"{{ {table_inside(value)} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml_value, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else toml_text(str(value))


def table_inside(table: Mapping[str, Value]) -> str:
    """Return what stands between the braces of a table."""
    return ", ".join(f"{_key(key)} = {toml_value(value)}" for key, value in table.items())


def pattern_table(table: Mapping[str, str]) -> str:
    """Return a table of sources and patterns."""
    return f"{{ {', '.join(f'{toml_text(key)} = {pattern_value(value)}' for key, value in table.items())} }}"


def pattern_value(pattern: str) -> str:
    r"""Return a pattern as it is read, between single quotes, where that can be.

    >>> pattern_value(r"^a\.b$"), pattern_value("it's")
    ("'^a\\.b$'", '"it\'s"')
    """
    return f"'{pattern}'" if "'" not in pattern and pattern.isprintable() else toml_text(pattern)


def toml_text(text: str) -> str:
    """Return text between double quotes. What cannot be seen is written as its number."""
    return "".join(map(_character, json.dumps(text, ensure_ascii=False)))


def text_list(texts: Sequence[str]) -> str:
    """Return a list of texts."""
    return f"[{', '.join(map(toml_text, texts))}]"


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else toml_text(key)


def _character(one: str) -> str:
    if one.isprintable():
        return one
    return f"\\u{ord(one):04x}" if ord(one) < 0x10000 else f"\\U{ord(one):08x}"
