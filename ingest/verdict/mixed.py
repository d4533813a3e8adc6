"""Whether one ID is fed by several cameras: by makes, profiles, places or clocks that cannot be one. Pure.

A false alarm teaches people to pass over the next one. So what may be one camera counts as one: a new firmware in the
model's name, a profile that was renamed, a camera that was driven to another site or sends late what it took long ago.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Literal

from ingest.index.feeds import Feed, Sighting
from ingest.spool.one_camera import OneCamera
from ingest.spool.sidecar import Sidecar, Warn
from ingest.verdict.sightings import clocks_apart, places_apart

Kind = Literal["make", "profile", "place", "clock"]

_WORD = re.compile(r"[^\W_]+")
_VERSION = re.compile(r"(?:v|ver|version|fw|firmware)\.?\d.*|version|firmware|ver|fw|\d+(?:\.\d+)+|\d{6,}")


@dataclass(frozen=True)
class Look:
    """What a file tells of the type of its camera; what is not known is empty."""

    kind: str
    make: str
    model: str
    profile: str

    @property
    def words(self) -> str:
        """Name it for a person."""
        if not self.make and not self.model:
            return f"the profile {self.profile}"
        return self.model if self.model.casefold().startswith(self.make.casefold()) else f"{self.make} {self.model}"


@dataclass(frozen=True)
class Seen:
    """What the camera of an ID has looked like so far, its last photos newest first, and what is settled about it."""

    looks: tuple[Look, ...]
    sightings: tuple[Sighting, ...] = ()
    settled: OneCamera = OneCamera()


@dataclass(frozen=True)
class Mixture:
    """Why an ID is not one camera's: by which `kind` of sign, and in words that stand after "fed by"."""

    kind: Kind
    words: str


def look_of(sidecar: Sidecar, make: str | None, model: str | None) -> Look:
    """Return what one file looks like."""
    return Look(sidecar.kind, make or "", model or "", sidecar.profile or "")


def looks_of(feeds: Iterable[Feed]) -> tuple[Look, ...]:
    """Return the different looks among what feeds an ID."""
    return tuple(dict.fromkeys(Look(one.kind, one.make, one.model, one.profile) for one in feeds))


def mixture_with(seen: Seen, look: Look, is_profile: Callable[[str], bool]) -> Mixture | None:
    """Say why a file is not of the one camera that was seen before; None when it may be.

    The file's own sighting is the first of those seen. `is_profile` tells the profiles that there are: one that is gone
    has got another name.
    """
    for other in seen.looks:
        if (kind := _conflict(look, other, is_profile)) and not _is_settled(look, other, seen.settled):
            return Mixture(kind, f"{other.words} as well as {look.words}")
    return _by_sightings(seen)


def mixture_of(seen: Seen, is_profile: Callable[[str], bool]) -> Mixture | None:
    """Say why an ID is not one camera's, by all that is known of it; None when it may be."""
    for one, other in combinations(seen.looks, 2):
        if (kind := _conflict(one, other, is_profile)) and not _is_settled(one, other, seen.settled):
            return Mixture(kind, f"{one.words} as well as {other.words}")
    return _by_sightings(seen)


def mixed_warning(camera_id: str, mixture: Mixture) -> Warn:
    """Return the warning that a file gets whose ID several cameras feed."""
    what_to_do = "On the camera's page, give each its own ID, or say that this is one camera."
    return Warn("mixed_camera", f"The ID {camera_id} is fed by {mixture.words}. {what_to_do}")


def _by_sightings(seen: Seen) -> Mixture | None:
    if not seen.settled.places and (apart := places_apart(seen.sightings)):
        return Mixture("place", f"photos taken {apart / 1000:.0f} km apart in too short a time")
    if not seen.settled.clock and (offset := clocks_apart(seen.sightings)):
        return Mixture("clock", f"clocks that differ by {_hours(offset)}, in turns")
    return None


def _conflict(one: Look, other: Look, is_profile: Callable[[str], bool]) -> Kind | None:
    """Say what two looks cannot have in common if they are one camera's."""
    if one == other:
        return None
    if _make(one) and _make(other):
        return None if _is_same_type(one, other) else "make"
    # A report has no EXIF, and may have a profile of its own.
    if one.kind != other.kind or one.profile == other.profile:
        return None
    return "profile" if is_profile(one.profile) and is_profile(other.profile) else None


def _is_same_type(one: Look, other: Look) -> bool:
    return _begins_alike(_make(one), _make(other)) and _begins_alike(_model(one.model), _model(other.model))


def _is_settled(one: Look, other: Look, settled: OneCamera) -> bool:
    return all(any(_is_covered(look, *entry) for entry in settled.looks) for look in (one, other))


def _is_covered(look: Look, make: str, model: str, profile: str) -> bool:
    entry = Look(look.kind, make, model, profile)
    if _make(look) or _make(entry):
        return bool(_make(look)) and bool(_make(entry)) and _is_same_type(look, entry)
    return look.profile == profile


def _begins_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether one continues the other: `Reconyx` and `RECONYX Inc`. What is empty says nothing."""
    shortest = min(len(one), len(other))
    return one[:shortest] == other[:shortest]


def _make(look: Look) -> tuple[str, ...]:
    return _words(look.make)


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


@lru_cache(maxsize=1024)
def _model(text: str) -> tuple[str, ...]:
    """Return the words of a model's name up to its version.

    >>> _model("BTC-8A V1.24"), _model("4.0T CG Regular lens"), _model("HC600 20240115")
    (('btc', '8a'), ('4', '0t', 'cg', 'regular', 'lens'), ('hc600',))
    """
    kept: list[str] = []
    for chunk in re.split(r"[\s_,;/()-]+", text.casefold()):
        if _VERSION.fullmatch(chunk):
            break
        kept += _WORD.findall(chunk)
    return tuple(kept)


def _hours(seconds: int) -> str:
    return f"{seconds / 3600:.1f} hours" if seconds < 48 * 3600 else f"{seconds // 86400} days"
