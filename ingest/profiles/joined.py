"""Sources that join others, such as `{date} {time}`: named groups, or sources by their names, with text between."""

import re

SOURCES_ALONE = frozenset({"path", "account", "comment"})
"""Sources whose names have no dot; every other name without one is that of a group."""

_PLACE = re.compile(r"\{([^{}]*)\}")


def is_joined(source: str) -> bool:
    """Say whether a source joins others. A report's key may have braces of its own."""
    return "{" in source and not source.startswith("report.")


def names_in(source: str) -> list[str]:
    """Return what a joined source names, or the source itself.

    >>> names_in("{date} {exif.GPSTimeStamp}Z"), names_in("exif.Make")
    (['date', 'exif.GPSTimeStamp'], ['exif.Make'])
    """
    return _PLACE.findall(source) if is_joined(source) else [source]


def groups_in(source: str) -> list[str]:
    """Return the named groups that a joined source names."""
    return [name for name in names_in(source) if is_group(name)] if is_joined(source) else []


def is_group(name: str) -> bool:
    """Say whether a name in braces is that of a group."""
    return name.isidentifier() and name not in SOURCES_ALONE


def is_whole(source: str) -> bool:
    """Say whether every brace of a joined source has its other one, and names something."""
    rest = _PLACE.sub("", source)
    return not ("{" in rest or "}" in rest or "" in names_in(source))


def join(source: str, texts: dict[str, str]) -> str:
    """Return a joined source with the texts in the places of their names."""
    return _PLACE.sub(lambda place: texts[place[1]], source)
