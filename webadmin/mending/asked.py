"""What a form asks to correct: read into the values of a request, or refused in words. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.reading.location import InvalidLocationError, position_from_text
from ingest.spool.clock_spans import ClockFault, fault_entry, fault_in
from ingest.spool.names import one_line

WHY_MAX_CHARACTERS = 300
_NUMBER = re.compile(r"-?\d{1,12}", re.ASCII)
_KEYS = ("behind_s", "behind_years", "swapped")


class AskedError(ValueError):
    """A form cannot be understood; it says what, and what was expected."""


@dataclass(frozen=True)
class Asked:
    """What to correct: the `values` of a request, and why."""

    values: Mapping[str, Any]
    why: str


def read_asked(form: Mapping[str, str], spelled: Callable[[str], str | None]) -> Asked:
    """Return what a form asks for; `spelled` returns the ID of the camera that a person means.

    Raise AskedError where a field cannot be understood, or where none is filled in.
    """
    values: dict[str, Any] = {}
    if typed := form.get("to", "").strip():
        values["camera_id"] = _camera(typed, spelled)
    if (time := _time(form)) is not None:
        values["captured_at"] = time
    if (place := _place(form)) is not None:
        values["location"] = place
    if not values:
        raise AskedError("Nothing was said: give a position, a time or a camera.")
    return Asked(values, form.get("why", "").strip()[:WHY_MAX_CHARACTERS])


def _camera(typed: str, spelled: Callable[[str], str | None]) -> str:
    if camera_id := spelled(typed):
        return camera_id
    raise AskedError(
        f"“{one_line(typed, 60)}” cannot be a camera's ID; expected letters and digits, or a name made of them."
    )


def _time(form: Mapping[str, str]) -> Any:
    """Return a local time, or the fault of the clock; a time that was typed counts where nothing else was chosen."""
    choice, typed = form.get("time", ""), form.get("time_typed", "").strip()
    if choice not in ("", "typed"):
        fault = read_fault(choice)
        if fault is None:
            raise AskedError("How the clock was wrong was not understood. Choose it again.")
        return fault_entry(fault)
    if not typed:
        if choice:
            raise AskedError("The time is missing; write it as 2026-04-01 14:00.")
        return None
    return read_moment(typed, "time").isoformat()


def _place(form: Mapping[str, str]) -> Any:
    choice, typed = form.get("place", ""), form.get("position", "").strip()
    if choice == "camera":
        return "camera"
    if not typed:
        if choice:
            raise AskedError("The position is missing; write it as 52.09877, 5.12534.")
        return None
    try:
        latitude, longitude = position_from_text(typed)
    except InvalidLocationError as error:
        raise AskedError(f"The position {error}.") from error
    return {"latitude": latitude, "longitude": longitude}


def read_moment(typed: str, name: str) -> datetime:
    """Return the local moment that a person typed. Raise AskedError for what is none."""
    try:
        return datetime.fromisoformat(typed.strip()).replace(tzinfo=None)
    except ValueError as error:
        raise AskedError(f"The {name} was not understood; write it as 2026-04-01 14:00.") from error


def fault_text(fault: ClockFault) -> str:
    """Return a fault as the value of a field.

    >>> fault_text(ClockFault(behind_s=3600)), fault_text(ClockFault(swapped=True))
    ('behind_s:3600', 'swapped:1')
    """
    return " ".join(f"{key}:{int(value)}" for key, value in fault_entry(fault).items())


def read_fault(text: str) -> ClockFault | None:
    """Return the fault that a field names; None for what is none.

    >>> read_fault("behind_s:-3600"), read_fault("behind_s:soon"), read_fault("mood:1")
    (ClockFault(behind_s=-3600, behind_years=0, swapped=False), None, None)
    """
    parts = [part.partition(":") for part in text.split()]
    if not all(key in _KEYS and _NUMBER.fullmatch(number) for key, _, number in parts):
        return None
    entry: dict[str, Any] = {key: int(number) for key, _, number in parts}
    return fault_in({**entry, "swapped": entry.get("swapped") == 1})
