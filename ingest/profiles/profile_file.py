"""Reads profile.toml into a Profile; everything it does not know is an error that names file and key."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from ingest.errors import CamspoolError, in_words
from ingest.profiles.group_checks import check_groups
from ingest.profiles.joined import is_group, is_joined, is_whole, names_in
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
from ingest.profiles.rule_values import read_constant, read_encoding, read_formats, read_zone
from ingest.profiles.sources import RECORD
from ingest.profiles.toml_keys import fail, flag_of, known_table, text_of
from ingest.reading.exif import is_tag_name
from ingest.spool.saved_profiles import IN_USE

FILE = IN_USE

_TOP = ("name", "evidence", "notes", "confirmed", "zone", "image", "report", "connection_test")
_PARTS: dict[PartName, tuple[str, ...]] = {
    "image": ("match", "absent", "path", "find", "encoding", "require", "fields"),
    "report": ("match", "absent", "path", "find", "fields"),
}
_RULE = ("from", "value", "as", "format", "check")
_SOURCE = re.compile(
    r"path(\.[A-Za-z_]\w*)?|account|comment|xmp\.[^\W\d][\w.-]*:[^\W\d][\w.-]*|report\.\S.*"
    r"|makernote\.([A-Za-z][\w-]*:)?[A-Za-z][\w-]*"
)
_KNOWN_SOURCES = (
    "exif.<tag>, makernote.<exiftool tag>, xmp.<prefix>:<name>, comment, path, path.<group>, account, report.<key>, "
    "and record for a location"
)
_MOST_ENTRIES = 500  # a draft asks for each line of a report, of which there are 200 at most


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
    except (ValueError, RecursionError) as error:  # also of a number that has too many digits
        raise CamspoolError(f"{folder / FILE} is not TOML: {error}.") from error
    return _profile(str(folder / FILE), content, folder)


def _profile(file: str, content: Mapping[str, Any], folder: Path) -> Profile:
    known_table(file, content, "", _TOP)
    for key in ("name", "evidence"):
        if not text_of(file, content, key):
            fail(file, key, "is missing; every profile says " + _WHY[key])
    zone = read_zone(file, content)
    image, report = (
        _part(file, name, content[name], zone) if name in content else None for name in ("image", "report")
    )
    if image is None and report is None:
        fail(file, "image", "and report are both missing; a profile has at least one of them")
    test = None
    if "connection_test" in content:
        table = known_table(file, content["connection_test"], "connection_test", ("path",))
        test = _pattern(file, table.get("path"), "connection_test.path")
    name, evidence, notes = (text_of(file, content, key) for key in ("name", "evidence", "notes"))
    confirmed = flag_of(file, content, "confirmed", default=True)
    return Profile(folder.name, str(folder), name, evidence, notes, image, report, test, confirmed)


def _part(file: str, name: PartName, content: Any, zone: ZoneInfo | None) -> Part:
    table = known_table(file, content, name, _PARTS[name])
    conditions = _conditions(file, table.get("match"), f"{name}.match")
    path = _pattern(file, table["path"], f"{name}.path") if "path" in table else None
    fields = _fields(file, table.get("fields"), name, zone)
    require = _require(file, table.get("require", list(REQUIRABLE)), fields) if name == "image" else ("camera_id",)
    find = _conditions(file, table["find"], f"{name}.find") if "find" in table else ()
    absent = _sources(file, table["absent"], f"{name}.absent") if "absent" in table else ()
    part = Part(conditions, fields, require, path, read_encoding(file, table, f"{name}."), find, absent)
    check_groups(file, part, name)
    return part


def _conditions(file: str, table: Any, prefix: str) -> tuple[Condition, ...]:
    if not isinstance(table, Mapping) or not table:
        fail(file, prefix, "must be a table of sources and patterns, and have at least one")
    if len(table) > _MOST_ENTRIES:
        fail(file, prefix, f"has {len(table)} entries; at most {_MOST_ENTRIES} are taken")
    return tuple(
        Condition(_sources(file, key.split("|"), prefix), _pattern(file, value, f"{prefix}.{key}"))
        for key, value in table.items()
    )


def _sources(file: str, names: Any, key: str) -> tuple[str, ...]:
    names = [names] if isinstance(names, str) else names
    if not isinstance(names, list) or not names:
        fail(file, key, "must name a source or a list of sources")
    if len(names) > _MOST_ENTRIES:
        fail(file, key, f"names {len(names)} sources; at most {_MOST_ENTRIES} are taken")
    for name in names:
        if not isinstance(name, str) or not _is_source(name.strip()):
            fail(file, key, f"has the unknown source {name!r}; known are {_KNOWN_SOURCES}")
    return tuple(name.strip() for name in names)


def _origins(file: str, names: Any, key: str) -> tuple[str, ...]:
    """Return the sources of a field, which may join others, or be no part of the file (the camera's record)."""
    given = names if isinstance(names, list) else [names]
    joined = [name for name in given if isinstance(name, str) and is_joined(name)]
    for source in joined:
        if not is_whole(source) or not all(is_group(name) or _is_joinable(name) for name in names_in(source)):
            fail(file, key, f"is {source!r}; in braces stand a named group, or one of {_KNOWN_SOURCES}")
    others = [name for name in given if name not in (*joined, RECORD)]
    if others or len(given) == 0:
        _sources(file, others if len(others) < len(given) else names, key)
    return tuple(name.strip() for name in given)


def _is_joinable(name: str) -> bool:
    return _is_source(name) and name != "exif.GPS"


def _is_source(name: str) -> bool:
    if name.startswith("exif."):
        return name == "exif.GPS" or is_tag_name(name.removeprefix("exif."))
    return _SOURCE.fullmatch(name) is not None


def _pattern(file: str, value: Any, key: str) -> Pattern:
    if not isinstance(value, str):
        fail(file, key, f"is {value!r}; expected a regular expression in quotes")
    try:
        return compiled(value)
    except BadPatternError as error:
        fail(file, key, f"is not a regular expression: {error}")


def _require(file: str, value: Any, fields: Mapping[str, FieldRule]) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(name in REQUIRABLE for name in value) or "camera_id" not in value:
        fail(file, "image.require", f"must list camera_id and may list more of {', '.join(REQUIRABLE)}")
    for name in value:
        if name not in fields and not (name == "location" and "latitude" in fields):
            fail(file, "image.require", f"has {name}, but image.fields does not say where it comes from")
    return tuple(value)


def _fields(file: str, table: Any, part: PartName, zone: ZoneInfo | None) -> dict[str, FieldRule]:
    prefix, known = f"{part}.fields", IMAGE_FIELDS if part == "image" else REPORT_FIELDS
    rules = {
        name: _rule(file, name, rule, f"{prefix}.{name}", known, zone)
        for name, rule in known_table(file, table, prefix, tuple(known)).items()
    }
    if "camera_id" not in rules:
        fail(file, f"{prefix}.camera_id", "is missing; every file belongs to a camera")
    if ("latitude" in rules) != ("longitude" in rules) or ("location" in rules and "latitude" in rules):
        fail(file, prefix, "must have either location, or both latitude and longitude")
    return rules


def _rule(
    file: str,
    name: str,
    content: Any,
    key: str,
    known: Mapping[str, tuple[FieldKind, ...]],
    zone: ZoneInfo | None,
) -> FieldRule:
    table = known_table(file, content, key, _RULE)
    kind = table.get("as", known[name][0])
    if kind not in known[name]:
        fail(file, f"{key}.as", f"is {kind!r}; expected {' or '.join(known[name])}")
    if "check" in table and name != "camera_id":
        fail(file, f"{key}.check", "is only for camera_id")
    if table.get("check", "imei") != "imei":
        fail(file, f"{key}.check", f"is {table['check']!r}; the only check is imei")
    if "value" in table:
        return read_constant(file, name, table, cast(FieldKind, kind), key)
    sources = _origins(file, table.get("from"), f"{key}.from")
    if found := [one for one in ("exif.GPS", RECORD) if one in sources and kind != "location"]:
        fail(file, f"{key}.from", f"is {found[0]}, which only gives a location")
    if RECORD in sources and known is REPORT_FIELDS:
        fail(file, f"{key}.from", "is record, which only photos have: a report counts without a position")
    formats = read_formats(file, table, kind, key)
    return FieldRule(sources, cast(FieldKind, kind), formats, table.get("check"), zone if formats else None)


_WHY = {"name": "which camera it is for", "evidence": "where its facts come from"}
