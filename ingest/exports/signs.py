"""When a camera gave a sign of life, and where it gave none for longer than it ever does. Pure.

A photo is one at the time at which it was taken, also where it arrives six weeks later: the camera watched. Whatever
comes from the camera itself is one when it arrives, and a report when it was written.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from statistics import fmean

from ingest.alerts.rhythm import GAPS_MIN, KNOWN_GAPS, OUTLIER, REGULAR, Rhythm, rhythm_of_gaps, spread_h
from ingest.exports.camera_facts import CameraFacts, Shot, Told
from ingest.exports.spans import DAY_S, HOUR_S, Span
from ingest.exports.wrong_clocks import WrongClock, clock_of
from ingest.fleet.clock import AHEAD_WRONG_S

LEARNED_S = 60 * DAY_S
"""So long before and after a silence a camera's rhythm is learned from what it sent."""
REPORTS_FLOOR_H = 6.0
"""Where a camera reports by the clock, several times a day, so much may be lost on a bad link."""


@dataclass(frozen=True)
class Silence:
    """A time without a sign of life that was too long for the camera: `usual_h` is the longest that it leaves."""

    span: Span
    usual_h: float


@dataclass(frozen=True)
class Signs:
    """All signs of life of a camera in order, and when its reports were written, in seconds."""

    all_s: Sequence[int]
    reports_s: Sequence[int]

    @cached_property
    def by_day(self) -> Sequence[Span]:
        """The times from the last sign of each day (UTC) to the first of the next day that has one: a burst of photos
        would make a rhythm of minutes."""
        days = [list(found) for _, found in groupby(self.all_s, key=lambda at_s: at_s // DAY_S)]
        return [(earlier[-1], later[0]) for earlier, later in pairwise(days)]

    @cached_property
    def by_report(self) -> Sequence[Span]:
        """The times from each report to the next one."""
        return list(pairwise(self.reports_s))

    def within(self, span: Span) -> Sequence[int]:
        """Return those of a span, its ends included."""
        return self.all_s[bisect_left(self.all_s, span[0]) : bisect_right(self.all_s, span[1])]


def signs_of(facts: CameraFacts, clocks: Sequence[WrongClock]) -> Signs:
    """Return the signs of life of a camera."""
    reports_s = sorted({written_s(told, clocks) for told in facts.reports})
    found = set(facts.heard_s) | set(reports_s) | {told.received_s for told in facts.reports}
    for shot in facts.shots:
        if shot.is_live:
            found.add(shot.received_s)
        if (at_s := taken_s(shot, clocks)) is not None:
            found.add(at_s)
    return Signs(sorted(found), reports_s)


def taken_s(shot: Shot, clocks: Iterable[WrongClock]) -> int | None:
    """Return when a photo was taken; None where its clock cannot be believed."""
    if shot.captured_s is None or shot.lateness_s < AHEAD_WRONG_S:
        return None
    clock = clock_of(clocks, shot)
    return None if clock and clock.is_other_day else shot.captured_s


def written_s(told: Told, clocks: Iterable[WrongClock]) -> int:
    """Return when a report was written: as it says, where that can be, or else when it came."""
    if told.reported_s is None:
        return told.received_s
    lateness_s = told.received_s - told.reported_s
    if lateness_s < 0 or any(one.took(told.received_s, lateness_s) for one in clocks):
        return told.received_s
    return told.reported_s


def silences(signs: Signs, span: Span, unknown_h: float, floor_h: float) -> Iterator[Silence]:
    """Yield the times of a span, from its start to its end, in which a camera was silent for too long.

    `floor_h`: no shorter time is one, unless the camera's reports come by the clock; `unknown_h`: where its rhythm is
    not known, only a longer one.
    """
    least_h = min(floor_h, _least_by_clock_h(signs.by_report))
    for gap in pairwise([span[0], *signs.within(span), span[1]]):
        length_h = (gap[1] - gap[0]) / HOUR_S
        if length_h > least_h:
            rhythms = [rhythm_of_gaps(_hours(_around(signs.by_day, gap)), floor_h, unknown_h)]
            rhythms += _by_clock(_around(signs.by_report, gap), unknown_h)
            strictest = min(rhythms, key=lambda one: one.silent_h)
            if length_h > strictest.silent_h:
                yield Silence(gap, strictest.usual_h)


def is_silent(signs: Signs, now_s: int, unknown_h: float, floor_h: float) -> bool:
    """Say whether a camera has been silent for too long at a moment."""
    before = signs.all_s[: bisect_right(signs.all_s, now_s)]
    return bool(before) and any(silences(signs, (before[-1], now_s), unknown_h, floor_h))


def _least_by_clock_h(by_report: Sequence[Span]) -> float:
    """Return what is no silence by any reports: it saves learning a rhythm for every gap of a year."""
    hours = sorted(_hours(by_report))
    return max(REPORTS_FLOOR_H, hours[len(hours) // 4]) if len(hours) >= KNOWN_GAPS else float("inf")


def _by_clock(by_report: Sequence[Span], unknown_h: float) -> list[Rhythm]:
    """Return the rhythm of a camera's reports where they come by the clock: then one that is missing tells much."""
    hours = sorted(_hours(by_report))
    if len(hours) < KNOWN_GAPS:
        return []
    kept = [one for one in hours if one <= OUTLIER * hours[len(hours) // 2]]
    if len(kept) < GAPS_MIN or spread_h(kept) > REGULAR * fmean(kept):
        return []
    return [rhythm_of_gaps(kept, REPORTS_FLOOR_H, unknown_h)]


def _around(gaps: Sequence[Span], gap: Span) -> list[Span]:
    """Return the gaps around one, without those that share a time with it."""
    first = bisect_left(gaps, gap[0] - LEARNED_S, key=lambda one: one[1])
    after = bisect_right(gaps, gap[1] + LEARNED_S, key=lambda one: one[0])
    return [one for one in gaps[first:after] if one[1] <= gap[0] or one[0] >= gap[1]]


def _hours(gaps: Iterable[Span]) -> list[float]:
    return [(until - since) / HOUR_S for since, until in gaps]
