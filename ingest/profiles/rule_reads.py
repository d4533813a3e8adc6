"""What a rule that is no choice of the draft would give for some files; whether a profile may have it at all. Pure."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.profiles.group_names import groups_of, groups_used, without_names
from ingest.profiles.matching import seen_by
from ingest.profiles.own_rules import Base
from ingest.profiles.part_text import FieldText, PartText, part_block
from ingest.profiles.profile import FieldRule, Part, PartName
from ingest.profiles.profile_file import parse_profile
from ingest.profiles.sources import Subject, look_up
from ingest.reading.camera_time import NoTimeError, read_camera_time, time_text
from ingest.reading.location import InvalidLocationError, position_from_exif, position_from_text

HEAD = 'name = "x"\nevidence = "x"\n'
_HALVES = {"latitude": "longitude", "longitude": "latitude"}


def read_rule(part: PartName, field: str, rule: str, base: Base, subjects: Sequence[Subject]) -> tuple[str, ...] | None:
    """Return what a field's rule gives for each file, empty where nothing; None when no profile can say so."""
    found = rule_part(part, field, rule, base)
    if found is None:
        return None
    return tuple(value_in(found.fields[field], seen_by(subject, found)) for subject in subjects)


def rule_part(part: PartName, field: str, rule: str, base: Base) -> Part | None:
    """Return a part that has a rule for one field and the patterns that it needs; None when that is no profile."""
    others = {"camera_id": 'value = "x"'} | ({_HALVES[field]: "value = 1"} if field in _HALVES else {})
    fields = [FieldText(name, text) for name, text in ({**others, field: rule}).items()]
    patterns = used_only(base, groups_used([rule]))
    encoding = patterns.encoding if part == "image" else ""
    text = PartText({"path": ""}, fields, (), patterns.path, patterns.find, encoding, ("camera_id",))
    try:
        found = parse_profile(HEAD + part_block(part, text), Path("draft")).part(part)
    except CamspoolError:
        return None
    return found if found and field in found.fields else None  # an empty rule is none


def used_only(base: Base, used: set[str]) -> Base:
    """Return the patterns without the names of groups that nobody uses, and without those that find nothing else."""
    path = without_names(base.path, groups_of(base.path) - used)
    find = {key: without_names(pattern, groups_of(pattern) - used) for key, pattern in base.find.items()}
    kept: Mapping[str, str] = {key: pattern for key, pattern in find.items() if groups_of(pattern)}
    return Base(path if groups_of(path) else "", kept, base.encoding)


def value_in(rule: FieldRule, subject: Subject) -> str:
    """Return what a rule gives for a file as its profile sees it, empty where nothing."""
    if rule.value is not None:
        return rule.value
    for source in rule.sources:
        if text := _read(source, rule, subject):
            return text
    return ""


def _read(source: str, rule: FieldRule, subject: Subject) -> str:
    try:
        if source == "exif.GPS":
            position = position_from_exif(subject.exif)
        elif rule.kind == "location":
            position = position_from_text(look_up(source, subject) or "")
        else:
            return _text(look_up(source, subject) or "", rule)
    except (NoTimeError, InvalidLocationError):
        return ""
    return f"{position[0]}, {position[1]}" if position else ""


def _text(text: str, rule: FieldRule) -> str:
    if rule.kind != "datetime" or not text:
        return text
    time = read_camera_time(text, rule.formats)
    return time_text(time.local) if time else ""
