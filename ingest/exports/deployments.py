"""Deployments: one camera at one place, from when until when it stood there, and when it failed meanwhile. Pure."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from ingest.alerts.rhythm import merged
from ingest.exports.left_out import LeftOut
from ingest.exports.signs import Signs, is_silent
from ingest.exports.spans import HOUR_S, Span, clipped, days_of, length_s, moment, without
from ingest.exports.stays import NEVER_S, Stay
from ingest.exports.wrong_clocks import WrongClock
from ingest.fleet.clock import AHEAD_WRONG_S
from ingest.reading.distance import distance_m
from ingest.reading.location import Position

ONE_LOCATION_M = 50.0
"""Positions that cameras measure for one tree differ by so much."""


@dataclass(frozen=True)
class Failure:
    """A time in which a photo, had it been taken, would not be here with its right time; why, and what tells."""

    span: Span
    reason: str
    evidence: str


@dataclass(frozen=True)
class Deployment:
    """One camera at one place. `is_open`: it still watched at the export. `comments`: what a reader must know."""

    id: str
    camera_id: str
    span: Span
    stay: Stay
    is_open: bool = False
    location_id: str = ""
    failures: tuple[Failure, ...] = ()
    has_time_issues: bool = False
    comments: tuple[str, ...] = ()

    @property
    def position(self) -> Position:
        """Latitude and longitude in degrees."""
        return self.stay.position

    def holds(self, at_s: int) -> bool:
        """Say whether a moment lies within it, its ends included."""
        return self.span[0] <= at_s <= self.span[1]

    @property
    def watched(self) -> tuple[Span, ...]:
        """When the camera watched: its effort."""
        return tuple(without(self.span, merged(one.span for one in self.failures)))

    @property
    def effort_s(self) -> int:
        """How long it watched."""
        return length_s(self.watched)


def deployments_of(
    camera_id: str, stays: Iterable[Stay], signs: Signs, now_s: int, unknown_h: float, floor_h: float
) -> tuple[list[Deployment], list[LeftOut]]:
    """Return the deployments of a camera, without their failures, and its stays that are none."""
    found, left_out = [], []
    for stay in stays:
        if stay.since_s >= now_s:
            continue
        span, is_open = _span(stay, signs, now_s, unknown_h, floor_h)
        if span is None:
            left_out.append(LeftOut("silent_site", camera_id, 1, stay.name or _degrees(stay.position)))
            continue
        deployment_id = f"{camera_id}-{moment(span[0]):%Y%m%dT%H%M%SZ}"
        found.append(
            Deployment(deployment_id, camera_id, span, stay, is_open, comments=tuple(_comments(stay, is_open)))
        )
    return found, left_out


def _span(stay: Stay, signs: Signs, now_s: int, unknown_h: float, floor_h: float) -> tuple[Span | None, bool]:
    """Return from when until when a stay is known, and whether it goes on.

    A moment that a person entered holds. Where there is none, the first and the last sign of life tell; of a camera
    that is still heard of, the moment of the export.
    """
    heard = signs.within((stay.since_s, min(stay.until_s, now_s) - (stay.until_s <= now_s)))
    if not heard:
        return None, False
    since_s = stay.since_s if stay.knows_since else heard[0]
    if stay.until_s <= now_s:
        until_s = stay.until_s if stay.knows_until else heard[-1]
        return (since_s, until_s), False
    if is_silent(signs, now_s, unknown_h, floor_h):
        return (since_s, heard[-1]), False
    return (since_s, now_s), True


def _comments(stay: Stay, is_open: bool) -> Iterator[str]:
    if not stay.is_entered:
        yield "The position is that in its photos."
    if is_open:
        yield "It goes on: its end is when this was exported."
    elif stay.until_s == NEVER_S:
        yield "It has been silent since: its end is its last sign of life."


def with_clocks(deployment: Deployment, clocks: Iterable[WrongClock], words: Sequence[str]) -> Deployment:
    """Return a deployment that says which of its times are doubtful; `words` tell of each clock."""
    told = [said for one, said in zip(clocks, words, strict=True) if any(clipped([_span_of(one)], _wide(deployment)))]
    if not told:
        return deployment
    return replace(deployment, has_time_issues=True, comments=(*deployment.comments, *told))


def _span_of(clock: WrongClock) -> Span:
    return clock.since_s, clock.until_s + 1


def _wide(deployment: Deployment) -> Span:
    return deployment.span[0] + AHEAD_WRONG_S, deployment.span[1] + HOUR_S


def within_span(deployment: Deployment, span: Span) -> Deployment | None:
    """Return the part of a deployment that lies in a span of time; None where there is none."""
    part = next(clipped([deployment.span], span), None)
    if part is None or part == deployment.span:
        return deployment if part else None
    failures = tuple(replace(one, span=cut) for one in deployment.failures for cut in clipped([one.span], part))
    return replace(
        deployment, span=part, is_open=deployment.is_open and part[1] == deployment.span[1], failures=failures
    )


def with_locations(deployments: Sequence[Deployment]) -> list[Deployment]:
    """Return deployments with the IDs of their locations: of one name is one, and what lies within 50 m."""
    known: list[tuple[str, Position]] = []
    by_name: dict[str, str] = {}
    found = []
    for one in sorted(deployments, key=lambda one: (not one.stay.name, one.span[0], one.id)):
        location_id = by_name.get(one.stay.name) if one.stay.name else None
        if location_id is None:
            near = (known_id for known_id, position in known if distance_m(position, one.position) <= ONE_LOCATION_M)
            location_id = (None if one.stay.name else next(near, None)) or _degrees(one.position)
        if one.stay.name:
            by_name.setdefault(one.stay.name, location_id)
        known.append((location_id, one.position))
        found.append(replace(one, location_id=location_id))
    return sorted(found, key=lambda one: (one.camera_id, one.span[0]))


def _degrees(position: Position) -> str:
    """Return a position as an ID: a metre in the fifth digit. No sign stands first: a spreadsheet would count with it.

    >>> _degrees((-52.0987671, 5.0))
    '52.09877S_5.00000E'
    """
    latitude, longitude = position
    return f"{abs(latitude):.5f}{'S' if latitude < 0 else 'N'}_{abs(longitude):.5f}{'W' if longitude < 0 else 'E'}"


@dataclass(frozen=True)
class Night:
    """One day of local time of a deployment: how many hours the camera watched, and what it sent."""

    day: date
    hours: float
    photos: int
    reports: int

    @property
    def is_true_zero(self) -> bool:
        """Say whether the camera was alive, by a report, and has seen nothing."""
        return self.photos == 0 and self.reports > 0 and self.hours > 0


def calendar(deployment: Deployment, zone: tzinfo, taken_s: Sequence[int], told_s: Sequence[int]) -> Iterator[Night]:
    """Yield the days of a deployment in local time; `taken_s` are the moments of the camera's photos, `told_s` of its
    reports, both in order."""
    watched = deployment.watched
    for day, span in days_of(deployment.span, zone):
        since, until = next(clipped([deployment.span], span))
        # Its last sign of life belongs to a deployment; what is of the moment at which a person ended it, to the next.
        part = (since, until + (until == deployment.span[1] and not deployment.stay.knows_until))
        hours = round(length_s(clipped(watched, span)) / HOUR_S, 2)
        yield Night(day, hours, _count(taken_s, part), _count(told_s, part))


def _count(times_s: Sequence[int], span: Span) -> int:
    return bisect_left(times_s, span[1]) - bisect_left(times_s, span[0])
