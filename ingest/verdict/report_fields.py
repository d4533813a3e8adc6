"""What a report says about its camera, as its profile reads it; values that cannot be read are left out. Pure."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from ingest.profiles.profile import FieldRule, Part
from ingest.profiles.sources import Subject, look_up
from ingest.reading.location import InvalidLocationError
from ingest.spool.sidecar import FieldValue, Warn
from ingest.spool.sites import local_moment
from ingest.verdict.fields import UnreadableValueError, has_text, read_field
from ingest.verdict.photo_fields import find_position

_PLACE = ("location", "latitude", "longitude")


@dataclass(frozen=True)
class ReportReading:
    """A report's values by field name; times are the camera's naive local time as text."""

    fields: dict[str, FieldValue]
    warnings: tuple[Warn, ...] = ()

    @property
    def local(self) -> datetime | None:
        """When the camera says that it wrote the report, None where it does not."""
        with suppress(TypeError, ValueError):
            return local_moment(self.fields.get("reported_at"))
        return None


def read_report_fields(part: Part, subject: Subject, zone: ZoneInfo) -> ReportReading:
    """Read every field but camera_id, times by a clock in this zone. One warning names all that are not there or
    unreadable.

    A text that another field could read is neither: `Battery:11.8V` is volts, and no percentage that is lost.
    """
    fields: dict[str, FieldValue] = {}
    failed: dict[str, str] = {}
    for name, rule in part.fields.items():
        if name != "camera_id" and name not in _PLACE:
            _read_into(fields, failed, name, replace(rule, zone=zone) if rule.formats else rule, subject)
    lost = _without_alternatives(failed, fields, part, subject)
    _fill_card(fields, lost, part)
    _read_place(fields, lost, part, subject)
    if not lost:
        return ReportReading(fields)
    return ReportReading(fields, (Warn("unreadable_report_values", f"Left out: {'; '.join(lost)}."),))


def _read_into(
    fields: dict[str, FieldValue], failed: dict[str, str], name: str, rule: FieldRule, subject: Subject
) -> None:
    try:
        value = read_field(rule, subject)
    except UnreadableValueError as error:
        failed[name] = f"{name} {error}"
        return
    if isinstance(value, datetime):
        value = value.isoformat()
    if isinstance(value, str | int | float):
        fields[name] = value
    elif not has_text(rule, subject):
        failed[name] = f"{name} is missing"


def _without_alternatives(
    failed: dict[str, str], fields: dict[str, FieldValue], part: Part, subject: Subject
) -> list[str]:
    read = {source for name in fields for source in part.fields[name].sources}
    return [
        sentence
        for name, sentence in failed.items()
        if not any(source in read and look_up(source, subject) for source in part.fields[name].sources)
    ]


def _fill_card(fields: dict[str, FieldValue], lost: list[str], part: Part) -> None:
    """Reckon how full the card is, where a profile reads only what is free on it and what it holds."""
    free, total = fields.get("sd_free_mb"), fields.get("sd_total_mb")
    if "sd_used_percent" in part.fields or not (isinstance(free, int | float) and isinstance(total, int | float)):
        return
    if free <= total and total > 0:
        fields["sd_used_percent"] = round((1 - free / total) * 100, 1)
    else:
        lost.append(f"sd_used_percent cannot be {free} MB free of {total} MB")


def _read_place(fields: dict[str, FieldValue], lost: list[str], part: Part, subject: Subject) -> None:
    if not any(name in part.fields for name in _PLACE):
        return
    try:
        found = find_position(part, subject)
    except (InvalidLocationError, UnreadableValueError) as error:
        lost.append(f"the position {error}")
        return
    if found is None:
        lost.append("the position is missing")
    else:
        fields["latitude"], fields["longitude"] = found[0]
