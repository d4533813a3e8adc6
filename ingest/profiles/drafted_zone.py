"""Decides whether the clocks of a camera type run on UTC: where they agree with GPS far from Greenwich. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ingest.profiles.drafts import ANSWERED, Choice, Decision
from ingest.profiles.other_choices import Origin
from ingest.profiles.sources import Subject, look_up
from ingest.profiles.time_formats import readings_of
from ingest.reading.location import InvalidLocationError, position_from_exif
from ingest.settings.time_zones import zone_named

_SATELLITES = "{exif.GPSDateStamp} {exif.GPSTimeStamp}"
_AGREES = timedelta(minutes=3)
_FAR_DEGREES = 45
"""Three hours from Greenwich: no law gives such a place the time of Greenwich."""

_UTC = Choice("UTC", "UTC", "UTC")
_LOCAL = Choice("local", "the local time, as the settings or the camera's record have its zone", "")


def decide_zone(subjects: Sequence[Subject], time: Decision, answer: str | None) -> Decision | None:
    """Return what zone the photos' times are in, where GPS tells something about it; else None."""
    if time.chosen is None or not time.chosen.fills_all or _tells_itself(time.chosen.rule):
        return None
    own = [datetime.fromisoformat(text) for text in time.chosen.reads]
    if not all(_agrees(subject, moment) for subject, moment in zip(subjects, own, strict=True)):
        return None
    choices = (_UTC, _LOCAL)
    if answered := next((one for one in choices if one.key == answer), None):
        return Decision("image", "zone", answered, ANSWERED, choices, is_optional=True)
    if all(map(_is_far, subjects)):
        because = "the photos' times are those of the satellites, where local time is another"
        return Decision("image", "zone", _UTC, because, choices, is_optional=True)
    because = "the photos' times are those of the satellites, which here may be the local time as well"
    return Decision("image", "zone", _LOCAL, because, choices, is_optional=True)


def with_zones(decision: Decision | None, origins: Sequence[Origin], answer: str | None) -> Decision | None:
    """Return the decision with the zones that other profiles name, of which one is taken unless another is chosen."""
    named = [(one, zone) for one in origins if isinstance(zone := one.values.get("zone"), str) and zone_named(zone)]
    others = tuple(Choice(one.key, f"{zone}, {one.words}", zone) for one, zone in named)
    if not others:
        return decision
    found = decision.choices if decision else (_LOCAL,)
    choices = (*found, *others)
    chosen = next((one for one in choices if one.key == answer), others[0])
    return Decision("image", "zone", chosen, ANSWERED, choices, is_optional=True)


def _tells_itself(rule: str) -> bool:
    return any(mark in rule for mark in ("%z", "epoch", "GPSDateStamp"))


def _agrees(subject: Subject, moment: datetime) -> bool:
    text = look_up(_SATELLITES, subject)
    readings = readings_of([text]) if text else []
    return len(readings) == 1 and abs(readings[0].times[0] - moment) <= _AGREES


def _is_far(subject: Subject) -> bool:
    try:
        position = position_from_exif(subject.exif)
    except InvalidLocationError:
        return False
    return position is not None and abs(position[1]) >= _FAR_DEGREES
