"""Whether one ID is fed by several cameras: by makes, profiles, places or clocks that cannot be one. Pure.

A false alarm teaches people to pass over the next one. So what may be one camera counts as one: a new firmware in the
model's name, a profile that was renamed, a camera that was driven to another site or sends late what it took long ago.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Literal

from ingest.index.feeds import Feed, Sighting
from ingest.reading.distance import distance_m
from ingest.spool.one_camera import OneCamera
from ingest.spool.sidecar import Sidecar, Warn
from ingest.spool.stamp import parse_utc

Kind = Literal["make", "profile", "place", "clock"]

FASTEST_KM_H = 500.0
"""Faster than anybody takes a camera from one site to the next, the way to the airport included."""
APART_M, TOGETHER_M = 100_000.0, 5_000.0
"""Two places lie so far apart, and what is seen at one of them so near together."""
NEAR_DEGREES = APART_M / 112_000
CLOCKS_APART_S, CLOCK_STEADY_S = 3600, 600
"""Two clocks differ by more than an hour, and each keeps its own difference from ours within ten minutes."""
CLOCK_SIGHTINGS, CLOCK_SWITCHES, TIMES_BACK = 3, 4, 2

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


def departs(one: Sighting, last: Sighting) -> bool:
    """Say, at hardly any cost, whether a photo can tell of another camera than the last one: by its place or clock."""
    if one.position and last.position:
        (north, east), (last_north, last_east) = one.position, last.position
        if abs(north - last_north) > NEAR_DEGREES or abs(east - last_east) > NEAR_DEGREES:
            return True
    if one.captured_s is None or last.captured_s is None:
        return False
    return abs(one.received_s - one.captured_s - last.received_s + last.captured_s) > CLOCKS_APART_S


def sighting_of(sidecar: Sidecar) -> Sighting:
    """Return when and where a photo was taken. A position of the camera's record says nothing about the camera."""
    latitude, longitude = sidecar.latitude, sidecar.longitude
    is_own = sidecar.sources.get("location") != "record" and latitude is not None and longitude is not None
    captured = parse_utc(sidecar.captured_at_utc) if sidecar.captured_at_utc else None
    return Sighting(
        int(parse_utc(sidecar.received_at).timestamp()),
        int(captured.timestamp()) if captured else None,
        (latitude, longitude) if is_own else None,  # type: ignore[arg-type]
    )


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


def places_apart(sightings: Sequence[Sighting]) -> float | None:
    """Return how many metres lie between two places at which a camera seems to be at once; None when it does not.

    Each place was seen twice, as a first GPS fix may be anywhere, and the way between them is too fast by the camera's
    clock and by ours: clocks are set anew at a new site, and what a camera kept is sent from there.
    """
    placed = [one for one in sightings if one.position and one.captured_s is not None]
    if not _is_wide(placed):
        return None
    for one, other in combinations(placed, 2):
        away = distance_m(one.position, other.position)  # type: ignore[arg-type]
        if (
            away >= APART_M
            and _speed(one, other, away) > FASTEST_KM_H
            and _twice(one, placed)
            and _twice(other, placed)
        ):
            return away
    return None


def _is_wide(placed: list[Sighting]) -> bool:
    """Say at little cost whether any two can lie far apart."""
    spans = list(zip(*(one.position for one in placed if one.position), strict=True))
    return any(max(span) - min(span) > NEAR_DEGREES for span in spans)


def _speed(one: Sighting, other: Sighting, away: float) -> float:
    took_s = max(abs(one.received_s - other.received_s), abs((one.captured_s or 0) - (other.captured_s or 0)), 60)
    return away / 1000 / (took_s / 3600)


def _twice(one: Sighting, placed: list[Sighting]) -> bool:
    return sum(distance_m(one.position, each.position) <= TOGETHER_M for each in placed) >= 2  # type: ignore[arg-type]


def clocks_apart(sightings: Sequence[Sighting]) -> int | None:
    """Return by how many seconds two clocks differ that take turns; None when one clock explains what was seen.

    Late arrivals differ from each other, and those that a camera keeps for a fixed hour come in the order in which they
    were taken. Two cameras each keep their own difference from our clock, and time goes back with every turn.
    """
    timed = [one for one in reversed(sightings) if one.captured_s is not None]
    ahead = [one.received_s - (one.captured_s or 0) for one in timed]
    if len(ahead) < 2 * CLOCK_SIGHTINGS:
        return None
    ordered = sorted(ahead)
    gap, border = max((later - former, later) for former, later in pairwise(ordered))
    low, high = [one for one in ordered if one < border], [one for one in ordered if one >= border]
    if gap <= CLOCKS_APART_S or any(
        len(one) < CLOCK_SIGHTINGS or one[-1] - one[0] > CLOCK_STEADY_S for one in (low, high)
    ):
        return None
    switches = sum((one < border) != (other < border) for one, other in pairwise(ahead))
    back = sum((other.captured_s or 0) < (one.captured_s or 0) for one, other in pairwise(timed))
    return gap if switches >= CLOCK_SWITCHES and back >= TIMES_BACK else None


def _hours(seconds: int) -> str:
    return f"{seconds / 3600:.1f} hours" if seconds < 48 * 3600 else f"{seconds // 86400} days"
