"""When a camera's clock was wrong, and by how much, from what arrived. Pure.

A photo that arrives long after its time is either late, or its clock is behind. Late ones differ: each has waited for
a time of its own. A wrong clock is wrong by the same, hour after hour. And nothing arrives before its time.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low

from ingest.exports.camera_facts import CameraFacts, Shot
from ingest.exports.spans import DAY_S, HOUR_S
from ingest.fleet.clock import AHEAD_WRONG_S, WRONG_S

ALIKE_S = 600
"""The road takes minutes: errors of one clock differ by no more."""
SHARE = 0.8
"""So many of those that arrive meanwhile have the same error, or it is none of the clock."""
NEVER_SO_LATE_S = 400 * DAY_S
"""No card keeps photos for so long before they are sent: one alone tells that the clock is wrong."""
FEW, MANY = 3, 12


@dataclass(frozen=True)
class WrongClock:
    """From its first to its last arrival things were taken by a clock that was `error_s` behind (less than 0: ahead).

    `varies_s`: by so much more or less it was in the middle of it, where it was another error each time.
    """

    since_s: int
    until_s: int
    error_s: int
    varies_s: int = 0

    @property
    def is_other_day(self) -> bool:
        """Say whether photos stand at days on which they were not taken: what was seen then is of no use."""
        return abs(self.error_s) > DAY_S

    def took(self, received_s: int, lateness_s: int) -> bool:
        """Say whether something that arrived from the camera has its time from this clock."""
        is_so_wrong = abs(lateness_s - self.error_s) <= self.varies_s + 2 * ALIKE_S
        return is_so_wrong and self.since_s <= received_s <= self.until_s


def wrong_clocks(facts: CameraFacts) -> tuple[WrongClock, ...]:
    """Return when the clock was wrong, the first time first."""
    points = sorted(points_of(facts))
    off = [one for one in points if not AHEAD_WRONG_S <= one[1] < WRONG_S]
    found = list(_found(off, points))
    behind = [one for one in found if one.is_other_day and one.error_s > 0]
    ahead = [one for one in found if one.is_other_day and one.error_s < 0]
    rest = [one for one in found if not one.is_other_day]
    return tuple(sorted([*_settled(behind), *_settled(ahead), *rest], key=lambda one: one.since_s))


def _settled(clocks: Sequence[WrongClock]) -> Sequence[WrongClock]:
    """Return clocks as one where they are many: one that loses its date each night has another error each day."""
    if len(clocks) <= MANY:
        return clocks
    errors = [one.error_s for one in clocks]
    middle = (min(errors) + max(errors)) // 2
    since, until = min(one.since_s for one in clocks), max(one.until_s for one in clocks)
    return [WrongClock(since, until, middle, max(errors) - middle)]


def clock_of(clocks: Iterable[WrongClock], shot: Shot) -> WrongClock | None:
    """Return the wrong clock that a photo has its time from; None where that is right, as far as anybody knows."""
    if not shot.is_live or shot.captured_s is None:
        return None
    return next((one for one in clocks if one.took(shot.received_s, shot.lateness_s)), None)


def points_of(facts: CameraFacts) -> Iterator[tuple[int, int]]:
    """Yield arrivals, each with how long ago it was by the camera's clock."""
    for shot in (*facts.shots, *facts.turned_away):
        if shot.is_live and shot.captured_s is not None:
            yield shot.received_s, shot.lateness_s
    for told in facts.reports:
        if told.reported_s is not None:
            yield told.received_s, told.received_s - told.reported_s


def _found(off: Sequence[tuple[int, int]], points: Sequence[tuple[int, int]]) -> Iterator[WrongClock]:
    """Take groups of the same error, each time the largest that there is from the smallest error on."""
    by_error = sorted((error_s, received_s) for received_s, error_s in off)
    errors = [error_s for error_s, _ in by_error]
    at = 0
    while at < len(by_error):
        end = bisect_right(errors, errors[at] + ALIKE_S)
        group = by_error[at:end]
        found = WrongClock(
            min(received_s for _, received_s in group),
            max(received_s for _, received_s in group),
            median_low(error_s for error_s, _ in group),
        )
        if _is_clock(found, len(group), off, points):
            yield found
            at = end
        else:
            at += 1


def _is_clock(found: WrongClock, size: int, off: Sequence[tuple[int, int]], points: Sequence[tuple[int, int]]) -> bool:
    if found.error_s < -DAY_S or found.error_s > NEVER_SO_LATE_S:
        return True
    lasted_s = found.until_s - found.since_s
    if found.is_other_day:
        return lasted_s >= HOUR_S and size >= SHARE * _between(off, found)
    return lasted_s >= DAY_S and size >= FEW and size >= SHARE * _between(points, found)


def _between(points: Sequence[tuple[int, int]], found: WrongClock) -> int:
    return bisect_right(points, (found.until_s + 1,)) - bisect_left(points, (found.since_s,))
