"""What people have corrected: notes in a sidecar, beside the values as they were decided. Pure.

The last note on a value holds, and none is ever taken away: undoing is one more note, so that the sidecar tells who
thought what, and when.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.spool.names import is_camera_id
from ingest.spool.sidecar import Correction, Sidecar, changed


@dataclass(frozen=True)
class _Kind:
    """How one thing is corrected: what was decided, which values can be, and the sidecar with another one."""

    decided: Callable[[Sidecar], Any]
    fits: Callable[[Any], bool]
    apply: Callable[[Sidecar, Any], Sidecar]


def _of_camera(sidecar: Sidecar, camera_id: Any) -> Sidecar:
    """Give the file to another camera, with which it is not mixed up; what it says itself stays what the file says."""
    warnings = tuple(one for one in sidecar.warnings if one.code != "mixed_camera")
    return changed(
        sidecar, camera_id=camera_id, camera_text=sidecar.camera_text or sidecar.camera_id, warnings=warnings
    )


_KINDS = {
    "camera_id": _Kind(
        lambda sidecar: sidecar.camera_id, lambda value: isinstance(value, str) and is_camera_id(value), _of_camera
    ),
}
CORRECTABLE = frozenset(_KINDS)
"""What can be corrected."""


def can_be(what: str, value: Any) -> bool:
    """Say whether something can be corrected, and to this value."""
    return what in _KINDS and _KINDS[what].fits(value)


def correction_of(sidecar: Sidecar, what: str) -> Correction | None:
    """Return the note that holds for a value; None when it is as it was decided."""
    decided = _KINDS[what].decided(sidecar)
    notes = (one for one in reversed(sidecar.corrections) if one.what == what)
    last = next((one for one in notes if one.value == decided or can_be(what, one.value)), None)
    return None if last is None or last.value == decided else last


def camera_by_hand(corrections: Sequence[Correction]) -> str | None:
    """Return the camera that a person has given a file to, by the notes on it; None where nobody has."""
    last = next((one.value for one in reversed(corrections) if one.what == "camera_id"), None)
    return last if can_be("camera_id", last) else None


def corrected(sidecar: Sidecar) -> Sidecar:
    """Return the sidecar with the values that hold. A note of a kind that is not known here changes nothing."""
    if not sidecar.corrections:
        return sidecar
    for what, kind in _KINDS.items():
        if note := correction_of(sidecar, what):
            sidecar = kind.apply(sidecar, note.value)
    return sidecar


def with_correction(sidecar: Sidecar, what: str, value: Any, by: str, at: str, why: str) -> Sidecar:
    """Return the sidecar with one note more; the same one where the value holds already.

    `value` None takes the value back to what was decided.
    """
    decided = _KINDS[what].decided(sidecar)
    held = correction_of(sidecar, what)
    was, value = held.value if held else decided, decided if value is None else value
    if value == was:
        return sidecar
    return changed(sidecar, corrections=(*sidecar.corrections, Correction(what, value, was, by, at, why)))
