"""What people have corrected: notes in a sidecar, beside the values as they were decided. Pure.

The last note on a value holds, and none is ever taken away: undoing is one more note, without a value, so that the
sidecar tells who thought what, and when.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.spool.names import is_camera_id
from ingest.spool.sidecar import Correction, Sidecar, changed
from ingest.spool.stamp import parse_utc
from ingest.vocabulary import WarningCode

BY_HAND = "correction"
"""The source of a value without which a file would have been rejected: a person gave it."""
_OF_THE_CLOCK: frozenset[WarningCode] = frozenset(
    {"clock_ahead", "clock_far_behind", "clock_offset_mismatch", "no_datetime"}
)


@dataclass(frozen=True)
class _Kind:
    """How one thing is corrected: what was decided, which values can be, and the sidecar with another one."""

    decided: Callable[[Sidecar], Any]
    fits: Callable[[Any], bool]
    apply: Callable[[Sidecar, Any], Sidecar]


def _of_camera(sidecar: Sidecar, camera_id: Any) -> Sidecar:
    """Give the file to another camera, with which it is not mixed up; what it says itself stays what the file says."""
    if camera_id == sidecar.camera_id:
        return sidecar
    warnings = tuple(one for one in sidecar.warnings if one.code != "mixed_camera")
    return changed(
        sidecar, camera_id=camera_id, camera_text=sidecar.camera_text or sidecar.camera_id, warnings=warnings
    )


def _read_time(sidecar: Sidecar) -> Any:
    if sidecar.captured_at is None:
        return None
    return {"captured_at": sidecar.captured_at, "captured_at_utc": sidecar.captured_at_utc}


def _is_time(value: Any) -> bool:
    """Say whether a value is a local time with the same moment in UTC, and nothing but the ends of its span beside."""
    if not isinstance(value, Mapping) or not value.keys() <= {"captured_at", "captured_at_utc", "from", "until"}:
        return False
    try:
        parse_utc(value["captured_at_utc"])
        return all(datetime.fromisoformat(value[key]).tzinfo is None for key in value if key != "captured_at_utc")
    except (KeyError, TypeError, ValueError):
        return False


def _at_time(sidecar: Sidecar, value: Any) -> Sidecar:
    """Put the file at another time; what was doubtful about that of the camera's clock is settled."""
    warnings = tuple(one for one in sidecar.warnings if one.code not in _OF_THE_CLOCK)
    times = {"captured_at": value["captured_at"], "captured_at_utc": value["captured_at_utc"]}
    return changed(sidecar, **times, warnings=warnings)


def _read_place(sidecar: Sidecar) -> Any:
    if sidecar.latitude is None or sidecar.longitude is None:
        return None
    return {"latitude": sidecar.latitude, "longitude": sidecar.longitude}


def _is_place(value: Any) -> bool:
    """Say whether a value is a position, with nothing but the name of the site beside."""
    if not isinstance(value, Mapping) or value.keys() - {"site"} != {"latitude", "longitude"}:
        return False
    if not isinstance(value.get("site", ""), str):
        return False
    halves = ((value["latitude"], 90), (value["longitude"], 180))
    numbers = (isinstance(half, int | float) and not isinstance(half, bool) for half, _ in halves)
    return all(numbers) and all(abs(half) <= limit for half, limit in halves) and any(half for half, _ in halves)


def _at_place(sidecar: Sidecar, value: Any) -> Sidecar:
    return changed(sidecar, latitude=float(value["latitude"]), longitude=float(value["longitude"]))


_KINDS: Mapping[str, _Kind] = {
    "camera_id": _Kind(
        lambda sidecar: sidecar.camera_id, lambda value: isinstance(value, str) and is_camera_id(value), _of_camera
    ),
    "captured_at": _Kind(_read_time, _is_time, _at_time),
    "location": _Kind(_read_place, _is_place, _at_place),
}
CORRECTABLE = frozenset(_KINDS)
"""What can be corrected."""


def can_be(what: str, value: Any) -> bool:
    """Say whether something can be corrected, and to this value: a camera's ID, `{"captured_at", "captured_at_utc"}`,
    or `{"latitude", "longitude"}`, with the `site` that they are of."""
    return what in _KINDS and _KINDS[what].fits(value)


def last_note(notes: Sequence[Correction], what: str) -> Correction | None:
    """Return the last of the notes that can hold for a value: also one that takes it back."""
    found = (one for one in reversed(notes) if one.what == what)
    return next((one for one in found if one.value is None or can_be(what, one.value)), None)


def by_hand(notes: Sequence[Correction], what: str) -> Any:
    """Return the value that a person has given last, by the notes; None where nobody has, or it can be none."""
    value = next((one.value for one in reversed(notes) if one.what == what), None)
    return value if can_be(what, value) else None


def correction_of(sidecar: Sidecar, what: str) -> Correction | None:
    """Return the note that holds for a value; None when it is as it was read."""
    note = last_note(sidecar.corrections, what)
    if note is None or note.value is None:
        return None
    return note if leans_on(sidecar, what) or note.value != _KINDS[what].decided(sidecar) else None


def leans_on(sidecar: Sidecar, what: str) -> bool:
    """Say whether the verdict was given with what a person said: without it, it may be another."""
    return sidecar.sources.get(what) == BY_HAND


def corrected(sidecar: Sidecar) -> Sidecar:
    """Return the sidecar with the values that hold. A note of a kind that is not known here changes nothing."""
    if not sidecar.corrections:
        return sidecar
    for what, kind in _KINDS.items():
        if note := correction_of(sidecar, what):
            sidecar = changed(kind.apply(sidecar, note.value), sources={**sidecar.sources, what: BY_HAND})
    return sidecar


def corrected_values(sidecar: Sidecar) -> tuple[str, ...]:
    """Return what of a file is not as it was read, by the names of `sources`."""
    return tuple(what for what in _KINDS if correction_of(sidecar, what)) if sidecar.corrections else ()


def with_correction(sidecar: Sidecar, what: str, value: Any, by: str, at: str, why: str) -> Sidecar:
    """Return the sidecar with one note more; the same one where the value holds already.

    `value` None takes the value back to what was read.
    """
    held = correction_of(sidecar, what)
    was = held.value if held else _KINDS[what].decided(sidecar)
    if held is None if value is None else value == was:
        return sidecar
    return changed(sidecar, corrections=(*sidecar.corrections, Correction(what, value, was, by, at, why)))
