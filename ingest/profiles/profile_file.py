"""Reads profile.toml into a Profile; everything it does not know is an error that names file and key."""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn, cast
from zoneinfo import ZoneInfo

from ingest.errors import CamspoolError, in_words
from ingest.profiles.joined import groups_in, is_group, is_joined, is_whole, names_in
from ingest.profiles.patterns import BadPatternError, Pattern, compiled
from ingest.profiles.profile import (
    IMAGE_FIELDS,
    REPORT_FIELDS,
    REQUIRABLE,
    Condition,
    FieldKind,
    FieldRule,
    Part,
    PartName,
    Profile,
)
from ingest.profiles.sources import RECORD
from ingest.reading.camera_time import TimeFormat, time_format
from ingest.reading.exif import is_tag_name
from ingest.reading.exif_values import is_encoding
from ingest.reading.location import InvalidLocationError, position_from_text
from ingest.spool.names import is_camera_id

FILE = "profile.toml"

_TOP = ("name", "evidence", "notes", "zone", "image", "report", "connection_test")
_PARTS: dict[PartName, tuple[str, ...]] = {
    "image": ("match", "absent", "path", "find", "encoding", "require", "fields"),
    "report": ("match", "absent", "path", "find", "fields"),
}
_RULE = ("from", "value", "as", "format", "check")
_SOURCE = re.compile(r"path(\.[A-Za-z_]\w*)?|account|record|comment|xmp\.[^\W\d][\w.-]*:[^\W\d][\w.-]*|report\.\S.*")
_KNOWN_SOURCES = (
    "exif.<tag>, xmp.<prefix>:<name>, comment, path, path.<group>, account, report.<key>, and record for a location"
)
_MOST_ENTRIES = 500  # a draft asks for each line of a report, of which there are 200 at most
_DEGREES = re.compile(r"[+-]?\d{1,3}(\.\d{1,15})?", re.ASCII)


def read_profile(folder: Path) -> Profile:
    """Read the profile in a folder. Raise CamspoolError naming file and key, also when it cannot be read."""
    file = folder / FILE
    try:
        return parse_profile(file.read_text("utf-8"), folder)
    except (OSError, UnicodeDecodeError) as error:
        raise CamspoolError(f"{file} cannot be read: {in_words(error)}.") from error


def parse_profile(text: str, folder: Path) -> Profile:
    """Turn the text of a profile.toml into a Profile; `folder` names it. Raise CamspoolError naming file and key."""
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CamspoolError(f"{folder / FILE} is not TOML: {error}.") from error
    return _profile(str(folder / FILE), content, folder)


def _fail(file: str, key: str, what: str) -> NoReturn:
    raise CamspoolError(f"{file}: {key} {what}.")


def _known(file: str, table: Any, prefix: str, keys: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(table, Mapping):
        _fail(file, prefix, f"must be a table with {', '.join(keys)}")
    for key in table:
        if key not in keys:
            _fail(file, f"{prefix}.{key}".lstrip("."), f"is unknown; known here: {', '.join(keys)}")
    return table


def _text(file: str, table: Mapping[str, Any], key: str, prefix: str = "") -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        _fail(file, prefix + key, f"is {value!r}; expected text in quotes")
    return value.strip()


def _profile(file: str, content: Mapping[str, Any], folder: Path) -> Profile:
    _known(file, content, "", _TOP)
    for key in ("name", "evidence"):
        if not _text(file, content, key):
            _fail(file, key, "is missing; every profile says " + _WHY[key])
    zone = _zone(file, content)
    image, report = (
        _part(file, name, content[name], zone) if name in content else None for name in ("image", "report")
    )
    if image is None and report is None:
        _fail(file, "image", "and report are both missing; a profile has at least one of them")
    test = None
    if "connection_test" in content:
        table = _known(file, content["connection_test"], "connection_test", ("path",))
        test = _pattern(file, table.get("path"), "connection_test.path")
    name, evidence, notes = (_text(file, content, key) for key in ("name", "evidence", "notes"))
    return Profile(folder.name, str(folder), name, evidence, notes, image, report, test)


def _zone(file: str, content: Mapping[str, Any]) -> ZoneInfo | None:
    if "zone" not in content:
        return None
    name = _text(file, content, "zone")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        _fail(file, "zone", f'is {name!r}; expected "UTC" or a name such as "Europe/Amsterdam"')


def _part(file: str, name: PartName, content: Any, zone: ZoneInfo | None) -> Part:
    table = _known(file, content, name, _PARTS[name])
    conditions = _conditions(file, table.get("match"), f"{name}.match")
    path = _pattern(file, table["path"], f"{name}.path") if "path" in table else None
    fields = _fields(file, table.get("fields"), name, zone)
    require = _require(file, table.get("require", list(REQUIRABLE)), fields) if name == "image" else ("camera_id",)
    find = _conditions(file, table["find"], f"{name}.find") if "find" in table else ()
    absent = _sources(file, table["absent"], f"{name}.absent") if "absent" in table else ()
    part = Part(conditions, fields, require, path, _encoding(file, table, f"{name}."), find, absent)
    _check_groups(file, part, name)
    return part


def _encoding(file: str, table: Mapping[str, Any], prefix: str) -> str | None:
    value = _text(file, table, "encoding", prefix)
    if "encoding" not in table:
        return None
    if not is_encoding(value):
        _fail(file, f"{prefix}encoding", f'is {value!r}; expected the name of a text encoding, such as "gbk"')
    return value


def _conditions(file: str, table: Any, prefix: str) -> tuple[Condition, ...]:
    if not isinstance(table, Mapping) or not table:
        _fail(file, prefix, "must be a table of sources and patterns, and have at least one")
    if RECORD in table:
        _fail(file, prefix, "has record, which is not in the file: no camera can be known by it")
    if len(table) > _MOST_ENTRIES:
        _fail(file, prefix, f"has {len(table)} entries; at most {_MOST_ENTRIES} are taken")
    return tuple(
        Condition(_sources(file, key.split("|"), prefix), _pattern(file, value, f"{prefix}.{key}"))
        for key, value in table.items()
    )


def _sources(file: str, names: Any, key: str) -> tuple[str, ...]:
    names = [names] if isinstance(names, str) else names
    if not isinstance(names, list) or not names:
        _fail(file, key, "must name a source or a list of sources")
    if len(names) > _MOST_ENTRIES:
        _fail(file, key, f"names {len(names)} sources; at most {_MOST_ENTRIES} are taken")
    for name in names:
        if not isinstance(name, str) or not _is_source(name.strip()):
            _fail(file, key, f"has the unknown source {name!r}; known are {_KNOWN_SOURCES}")
    return tuple(name.strip() for name in names)


def _origins(file: str, names: Any, key: str) -> tuple[str, ...]:
    """Return the sources of a field, which may join others."""
    given = names if isinstance(names, list) else [names]
    joined = [name for name in given if isinstance(name, str) and is_joined(name)]
    for source in joined:
        if not is_whole(source) or not all(is_group(name) or _is_joinable(name) for name in names_in(source)):
            _fail(file, key, f"is {source!r}; in braces stand a named group, or one of {_KNOWN_SOURCES}")
    others = [name for name in given if name not in joined]
    if others or not joined:
        _sources(file, others if joined else names, key)
    return tuple(name.strip() for name in given)


def _is_joinable(name: str) -> bool:
    return _is_source(name) and name != "exif.GPS"


def _is_source(name: str) -> bool:
    if name.startswith("exif."):
        return name == "exif.GPS" or is_tag_name(name.removeprefix("exif."))
    return _SOURCE.fullmatch(name) is not None


def _pattern(file: str, value: Any, key: str) -> Pattern:
    if not isinstance(value, str):
        _fail(file, key, f"is {value!r}; expected a regular expression in quotes")
    try:
        return compiled(value)
    except BadPatternError as error:
        _fail(file, key, f"is not a regular expression: {error}")


def _require(file: str, value: Any, fields: Mapping[str, FieldRule]) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(name in REQUIRABLE for name in value) or "camera_id" not in value:
        _fail(file, "image.require", f"must list camera_id and may list more of {', '.join(REQUIRABLE)}")
    for name in value:
        if name not in fields and not (name == "location" and "latitude" in fields):
            _fail(file, "image.require", f"has {name}, but image.fields does not say where it comes from")
    return tuple(value)


def _fields(file: str, table: Any, part: PartName, zone: ZoneInfo | None) -> dict[str, FieldRule]:
    prefix, known = f"{part}.fields", IMAGE_FIELDS if part == "image" else REPORT_FIELDS
    rules = {
        name: _rule(file, name, rule, f"{prefix}.{name}", known, zone)
        for name, rule in _known(file, table, prefix, tuple(known)).items()
    }
    if "camera_id" not in rules:
        _fail(file, f"{prefix}.camera_id", "is missing; every file belongs to a camera")
    if ("latitude" in rules) != ("longitude" in rules) or ("location" in rules and "latitude" in rules):
        _fail(file, prefix, "must have either location, or both latitude and longitude")
    return rules


def _rule(
    file: str,
    name: str,
    content: Any,
    key: str,
    known: Mapping[str, tuple[FieldKind, ...]],
    zone: ZoneInfo | None,
) -> FieldRule:
    table = _known(file, content, key, _RULE)
    kind = table.get("as", known[name][0])
    if kind not in known[name]:
        _fail(file, f"{key}.as", f"is {kind!r}; expected {' or '.join(known[name])}")
    if "check" in table and name != "camera_id":
        _fail(file, f"{key}.check", "is only for camera_id")
    if table.get("check", "imei") != "imei":
        _fail(file, f"{key}.check", f"is {table['check']!r}; the only check is imei")
    if "value" in table:
        return _constant(file, name, table, cast(FieldKind, kind), key)
    sources = _origins(file, table.get("from"), f"{key}.from")
    if found := [one for one in ("exif.GPS", RECORD) if one in sources and kind != "location"]:
        _fail(file, f"{key}.from", f"is {found[0]}, which only gives a location")
    if RECORD in sources and known is REPORT_FIELDS:
        _fail(file, f"{key}.from", "is record, which only photos have: a report counts without a position")
    formats = _formats(file, table, kind, key)
    return FieldRule(sources, cast(FieldKind, kind), formats, table.get("check"), zone if formats else None)


def _constant(file: str, name: str, table: Mapping[str, Any], kind: FieldKind, key: str) -> FieldRule:
    if name not in _CONSTANT or len(table) > 1 + ("as" in table):
        _fail(file, f"{key}.value", f"stands alone, without from, and only for {', '.join(_CONSTANT)}")
    value = table["value"]
    text = value.strip() if isinstance(value, str) else str(value)
    if isinstance(value, bool) or not _CONSTANT[name](text):
        _fail(file, f"{key}.value", f"is {value!r}, which cannot be a {name}")
    return FieldRule((), kind, value=text)


def _is_position(text: str) -> bool:
    try:
        return bool(position_from_text(text))
    except InvalidLocationError:
        return False


def _is_degrees(most: int) -> Callable[[str], bool]:
    return lambda text: _DEGREES.fullmatch(text) is not None and abs(float(text)) <= most


_CONSTANT: dict[str, Callable[[str], bool]] = {
    "camera_id": is_camera_id,
    "location": _is_position,
    "latitude": _is_degrees(90),
    "longitude": _is_degrees(180),
}
"""The fields that may be the same for every file of a profile, and what says whether a text can be one."""


def _formats(file: str, table: Mapping[str, Any], kind: str, key: str) -> tuple[TimeFormat, ...]:
    if kind != "datetime":
        if "format" in table:
            _fail(file, f"{key}.format", 'is only for as = "datetime"')
        return ()
    given = table.get("format", "")
    formats = []
    for value in given if isinstance(given, list) and given else [given]:
        form = time_format(value.strip()) if isinstance(value, str) else None
        if form is None:
            expected = 'expected year to second, such as "%Y:%m:%d %H:%M:%S" (the seconds may be missing), or "epoch"'
            _fail(file, f"{key}.format", f"is {value!r}; {expected}")
        formats.append(form)
    return tuple(formats)


def _check_groups(file: str, part: Part, name: PartName) -> None:
    in_path = {group for pattern in part.path_patterns for group in pattern.groupindex}
    given = in_path | {group for one in part.named for group in one.pattern.groupindex}
    sources = {source for rule in part.fields.values() for source in rule.sources}
    sources |= {source for condition in (*part.conditions, *part.find) for source in condition.sources}
    sources |= set(part.absent)
    names = {one for source in sources for one in names_in(source)}
    of_path = {one.removeprefix("path.") for one in names if one.startswith("path.")}
    joined = {group for source in sources for group in groups_in(source)}
    if unused := sorted(given - of_path - joined):
        where = " of the path pattern" if unused[0] in in_path else ""
        _fail(file, f"{name}.fields", f"does not use the named group {unused[0]}{where}")
    if missing := sorted(of_path - in_path):
        _fail(file, f"{name}.fields", f"uses path.{missing[0]}, but no path pattern has a group of that name")
    if missing := sorted(joined - given):
        _fail(file, f"{name}.fields", f"uses {{{missing[0]}}}, but no pattern has a group of that name")


_WHY = {"name": "which camera it is for", "evidence": "where its facts come from"}
