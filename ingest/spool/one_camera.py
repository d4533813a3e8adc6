"""What an admin has settled about an ID that looks as if several cameras fed it: that it is one. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Look = tuple[str, str, str]
"""Make, model and profile; what is not known is empty."""

_KEY = "one_camera"
_WORDS = ("make", "model", "profile")


@dataclass(frozen=True)
class OneCamera:
    """What belongs together: these looks, and everything that its places or its clock may say."""

    looks: tuple[Look, ...] = ()
    places: bool = False
    clock: bool = False


def one_camera_in(record: Mapping[str, Any] | None) -> OneCamera:
    """Return what a camera record says belongs together; what is not understood settles nothing.

    >>> one_camera_in({"one_camera": {"looks": [{"make": "SY", "model": "X", "profile": "p"}], "clock": True}})
    OneCamera(looks=(('SY', 'X', 'p'),), places=False, clock=True)
    """
    entry = (record or {}).get(_KEY)
    if not isinstance(entry, Mapping):
        return OneCamera()
    listed = entry.get("looks")
    looks = [_look(one) for one in listed] if isinstance(listed, list) else []
    return OneCamera(tuple(one for one in looks if one), entry.get("places") is True, entry.get("clock") is True)


def with_one_camera(
    record: Mapping[str, Any], looks: Iterable[Look], *, places: bool, clock: bool, by: str, at: str
) -> dict[str, Any]:
    """Return the record with what belongs together; what was settled before stays settled."""
    settled = one_camera_in(record)
    told = dict.fromkeys((*settled.looks, *looks))
    entry = {
        "looks": [dict(zip(_WORDS, one, strict=True)) for one in told],
        "places": places or settled.places,
        "clock": clock or settled.clock,
    }
    return {**record, _KEY: {**entry, "by": by, "at": at}}


def _look(entry: Any) -> Look | None:
    if not isinstance(entry, Mapping):
        return None
    words = tuple(entry.get(word, "") for word in _WORDS)
    return words if all(isinstance(word, str) for word in words) and any(words) else None
