"""Where a camera stood, from when until when: by its record, and by the positions in its photos. Pure.

What an admin has entered holds. Where photos say that the camera stands elsewhere, twice in a row as on the admin's
pages, it has moved all the same. Where nothing was entered, photos alone tell.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from itertools import pairwise
from math import ceil
from statistics import median
from typing import TypeVar

from ingest.exports.camera_facts import CameraFacts, Shot
from ingest.exports.spans import at_s
from ingest.exports.wrong_clocks import WrongClock, clock_of
from ingest.fleet.positions import MOVED_M
from ingest.reading.distance import distance_m
from ingest.reading.location import Position
from ingest.spool.sites import Site

_T = TypeVar("_T")
ALWAYS_S, NEVER_S = -(1 << 62), 1 << 62
FAR_SHARE = 0.95


@dataclass(frozen=True)
class Stay:
    """One place where a camera stood. `since_s` and `until_s` are ALWAYS_S and NEVER_S where nothing says.

    `is_entered`: the position is that of the record; `knows_since` and `knows_until`: a person entered that moment.
    `uncertainty_m` is how far the positions of its photos lie apart, None where the position was entered.
    """

    since_s: int
    until_s: int
    position: Position
    name: str = ""
    is_entered: bool = False
    knows_since: bool = False
    knows_until: bool = False
    uncertainty_m: int | None = None
    look: str = ""


@dataclass
class _Run:
    """Photos that were taken in one place, while they are gone through."""

    home: Position
    since_s: int
    positions: list[Position]


def stays_of(facts: CameraFacts, clocks: Sequence[WrongClock]) -> list[Stay]:
    """Return where a camera stood, in order; nothing where neither its record nor a photo tells."""
    timed = sorted(((when_s(shot, clocks), shot) for shot in facts.shots), key=lambda one: one[0])
    placed = [(at, shot.position) for at, shot in timed if shot.position is not None]
    entered = _entered(facts.sites, facts.zone)
    if not entered and (first := placed[0][1] if placed else facts.other_position):
        entered = [Stay(ALWAYS_S, NEVER_S, first)]
    found = [part for stay in entered for part in _moves(stay, placed)]
    return [part for stay in found for part in _by_look(stay, timed)]


def when_s(shot: Shot, clocks: Iterable[WrongClock]) -> int:
    """Return when a photo was taken, and where its clock cannot be believed when it arrived."""
    clock = clock_of(clocks, shot)
    if shot.captured_s is None or (clock and clock.is_other_day):
        return shot.received_s
    return min(shot.captured_s, shot.received_s)


def _entered(sites: Sequence[Site], zone: tzinfo) -> list[Stay]:
    """Return the sites of a record as stays; one that another follows ends there at the latest."""
    found = []
    for number, site in enumerate(sites):
        since_s = ALWAYS_S if site.start is None else at_s(site.start, zone)
        following = next((at_s(one.start, zone) for one in sites[number + 1 :] if one.start), NEVER_S)
        until_s = min(NEVER_S if site.end is None else at_s(site.end, zone), following)
        if since_s < until_s:
            knows_since, knows_until = since_s != ALWAYS_S, until_s != NEVER_S
            found.append(Stay(since_s, until_s, site.position, site.name, True, knows_since, knows_until))
    return found


def _moves(stay: Stay, placed: Sequence[tuple[int, Position]]) -> Iterator[Stay]:
    """Yield the parts of a stay: where two photos in a row say the same other place, a new one begins."""
    here = _within(placed, stay)
    runs = [_Run(stay.position, stay.since_s, [])]
    for number, (at, position) in enumerate(here):
        following = here[number + 1][1] if number + 1 < len(here) else None
        if _has_moved(position, following, runs[-1].home):
            runs.append(_Run(position, at, []))
        runs[-1].positions.append(position)
    ends = [run.since_s for run in runs[1:]] + [stay.until_s]
    for number, (run, until_s) in enumerate(zip(runs, ends, strict=True)):
        part = replace(
            stay,
            since_s=run.since_s,
            until_s=until_s,
            knows_since=stay.knows_since and number == 0,
            knows_until=stay.knows_until and number == len(runs) - 1,
        )
        yield part if stay.is_entered and distance_m(run.home, stay.position) <= MOVED_M else _by_photos(part, run)


def _has_moved(position: Position, following: Position | None, home: Position) -> bool:
    return (
        following is not None
        and distance_m(position, home) > MOVED_M
        and distance_m(following, home) > MOVED_M
        and distance_m(position, following) <= MOVED_M
    )


def _by_photos(stay: Stay, run: _Run) -> Stay:
    """Return a stay where the middle of its photos' positions is; a single one that is far off does not count."""
    if not run.positions:
        return replace(stay, position=run.home, name="", is_entered=False)
    middle = (median(one[0] for one in run.positions), median(one[1] for one in run.positions))
    away = sorted(distance_m(middle, one) for one in run.positions)
    far_m = away[ceil(FAR_SHARE * len(away)) - 1]
    return replace(stay, position=middle, name="", is_entered=False, uncertainty_m=max(1, ceil(far_m)))


def _within(timed: Sequence[tuple[int, _T]], stay: Stay) -> Sequence[tuple[int, _T]]:
    """Return what is of the time of a stay."""
    first, after = (bisect_left(timed, at, key=lambda one: one[0]) for at in (stay.since_s, stay.until_s))
    return timed[first:after]


def _by_look(stay: Stay, timed: Sequence[tuple[int, Shot]]) -> Iterator[Stay]:
    """Yield the parts of a stay: where another make or model sends under the same ID from some moment on, the camera
    was replaced. Two that take turns are left together."""
    seen: dict[str, list[int]] = {}
    for at, shot in _within(timed, stay):
        if shot.look:
            span = seen.setdefault(shot.look, [at, at, 0])
            span[:] = min(span[0], at), max(span[1], at), span[2] + 1
    looks = sorted((span, look) for look, span in seen.items())
    if len(looks) < 2 or any(earlier[0][1] >= later[0][0] or later[0][2] < 2 for earlier, later in pairwise(looks)):
        yield replace(stay, look=looks[0][1] if looks else "")
        return
    starts = [stay.since_s, *(span[0] for span, _ in looks[1:])]
    for number, (since_s, until_s) in enumerate(pairwise([*starts, stay.until_s])):
        yield replace(
            stay,
            since_s=since_s,
            until_s=until_s,
            knows_since=stay.knows_since and number == 0,
            knows_until=stay.knows_until and number == len(looks) - 1,
            look=looks[number][1],
        )
