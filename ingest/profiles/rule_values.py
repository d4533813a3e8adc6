"""Values that a profile.toml gives itself: the zone, the encoding, the formats of a time, and what never changes."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from ingest.profiles.profile import FieldKind, FieldRule
from ingest.profiles.toml_keys import fail, text_of
from ingest.reading.camera_time import TimeFormat, time_format
from ingest.reading.exif_values import is_encoding
from ingest.reading.location import InvalidLocationError, position_from_text
from ingest.settings.time_zones import zone_named
from ingest.spool.names import is_camera_id

_DEGREES = re.compile(r"[+-]?\d{1,3}(\.\d{1,15})?", re.ASCII)


def read_zone(file: str, content: Mapping[str, Any]) -> ZoneInfo | None:
    """Return the zone that a profile's cameras are set to, None where it names none. Raise CamspoolError."""
    if "zone" not in content:
        return None
    name = text_of(file, content, "zone")
    zone = zone_named(name)
    if zone is None:
        fail(file, "zone", f'is {name!r}; expected "UTC" or a name such as "Europe/Amsterdam"')
    return zone


def read_encoding(file: str, table: Mapping[str, Any], prefix: str) -> str | None:
    """Return the encoding of a part's texts, None where it names none. Raise CamspoolError."""
    value = text_of(file, table, "encoding", prefix)
    if "encoding" not in table:
        return None
    if not is_encoding(value):
        fail(file, f"{prefix}encoding", f'is {value!r}; expected the name of a text encoding, such as "gbk"')
    return value


def read_constant(file: str, name: str, table: Mapping[str, Any], kind: FieldKind, key: str) -> FieldRule:
    """Return the rule of a field that is the same for every file. Raise CamspoolError for what cannot be its value."""
    if name not in _CONSTANT or len(table) > 1 + ("as" in table):
        fail(file, f"{key}.value", f"stands alone, without from, and only for {', '.join(_CONSTANT)}")
    value = table["value"]
    text = value.strip() if isinstance(value, str) else str(value)
    if isinstance(value, bool) or not _CONSTANT[name](text):
        fail(file, f"{key}.value", f"is {value!r}, which cannot be a {name}")
    return FieldRule((), kind, value=text)


def _is_position(text: str) -> bool:
    try:
        return bool(position_from_text(text))
    except InvalidLocationError:
        return False


def _is_degrees(most: int) -> Callable[[str], bool]:
    return lambda text: _DEGREES.fullmatch(text) is not None and abs(float(text)) <= most


def read_formats(file: str, table: Mapping[str, Any], kind: str, key: str) -> tuple[TimeFormat, ...]:
    """Return the formats of a time, in order; none for another field. Raise CamspoolError."""
    if kind != "datetime":
        if "format" in table:
            fail(file, f"{key}.format", 'is only for as = "datetime"')
        return ()
    given = table.get("format", "")
    formats = []
    for value in given if isinstance(given, list) and given else [given]:
        form = time_format(value.strip()) if isinstance(value, str) else None
        if form is None:
            expected = 'expected year to second, such as "%Y:%m:%d %H:%M:%S" (the seconds may be missing), or "epoch"'
            fail(file, f"{key}.format", f"is {value!r}; {expected}")
        formats.append(form)
    return tuple(formats)


_CONSTANT: dict[str, Callable[[str], bool]] = {
    "camera_id": is_camera_id,
    "location": _is_position,
    "latitude": _is_degrees(90),
    "longitude": _is_degrees(180),
}
"""The fields that may be the same for every file of a profile, and what says whether a text can be one."""
