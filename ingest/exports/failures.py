"""When a camera failed: what its reports, its clock and its silence tell. Pure.

What counts is one question: had an animal passed, would its photo be here with its right time? Where the answer is no,
or nobody knows, that time is a failure and no effort.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta, tzinfo

from ingest.exports.camera_facts import CameraFacts, Told
from ingest.exports.deployments import Failure
from ingest.exports.limits import capped_spans
from ingest.exports.signs import Signs, Silence, silences, taken_s
from ingest.exports.spans import DAY_S, HOUR_S, Span, clipped, moment
from ingest.exports.stays import when_s
from ingest.exports.wrong_clocks import WrongClock, points_of

FULL_PERCENT = 99.0
EMPTY_PERCENT, SWAPPED_PERCENT = 15, 30
"""A camera that falls silent at so few percent has run empty; after a silence so many more are of fresh batteries."""
REJECTED_MIN = 3
"""One photo that is rejected is one photo less; so many in a row are a time in which none would be here."""
KNOWN_FOR_S = 14 * DAY_S
"""A report tells of a silence that begins within so long after it."""


@dataclass(frozen=True)
class Times:
    """What a camera took and told, by times that can be believed: `taken_s` in order, reports by when they came."""

    taken_s: Sequence[int]
    reports: Sequence[Told]


def times_of(facts: CameraFacts, clocks: Sequence[WrongClock]) -> Times:
    """Return what a camera took and told."""
    taken = sorted(at for shot in facts.shots if (at := taken_s(shot, clocks)) is not None)
    return Times(taken, sorted(facts.reports, key=lambda one: one.received_s))


def own_failures(facts: CameraFacts, clocks: Sequence[WrongClock], times: Times, now_s: int) -> list[Failure]:
    """Return when a camera failed by what it sent: its card, its clock, what was rejected of it."""
    return [
        *_card_full(times, now_s),
        *_clock_reset(clocks, facts, now_s),
        *_rejected(facts, times, clocks, now_s),
    ]


def failures_in(
    span: Span, own: Sequence[Failure], signs: Signs, times: Times, zone: tzinfo, unknown_h: float, floor_h: float
) -> tuple[Failure, ...]:
    """Return when a camera failed in a deployment, in order of their begin; several may be of one time.

    `own` is what it failed by of itself; silences and limits are those between the ends of the deployment.
    """
    found = [_silent(one, times) for one in silences(signs, span, unknown_h, floor_h)]
    found += [*own, *_capped(times, zone, span)]
    cut = (Failure(part, one.reason, one.evidence) for one in found for part in clipped([one.span], span))
    return tuple(sorted(cut, key=lambda one: (one.span, one.reason)))


def _capped(times: Times, zone: tzinfo, span: Span) -> Iterator[Failure]:
    for capped, limit in capped_spans(times.reports, times.taken_s, zone, span):
        said = f"It sent {limit} photos a day on three days in a row and took more: its own counters say so."
        yield Failure(capped, "send_cap", said)


def _rejected(facts: CameraFacts, times: Times, clocks: Sequence[WrongClock], end_s: int) -> Iterator[Failure]:
    """Yield when photo after photo was rejected: from the first of them to the next one that was accepted."""
    taken = sorted(when_s(shot, clocks) for shot in facts.turned_away)
    at = 0
    while at < len(taken):
        accepted_s = _next(times.taken_s, taken[at])
        after = len(taken) if accepted_s is None else bisect_left(taken, accepted_s)
        if after - at >= REJECTED_MIN:
            said = f"{after - at} photos in a row were rejected: see what the admin's page says of them."
            yield Failure((taken[at], end_s if accepted_s is None else accepted_s), "rejected", said)
        at = max(after, at + 1)


def _silent(silence: Silence, times: Times) -> Failure:
    length = moment(silence.span[1]) - moment(silence.span[0])
    said = f"No sign of life for {_hours(length)}; usually there is one every {silence.usual_h:.0f} h at the latest."
    battery = _battery(silence.span, times.reports)
    return Failure(silence.span, "battery" if battery else "silence", f"{said} {battery}".strip())


def _battery(span: Span, reports: Sequence[Told]) -> str:
    """Say what shows that the battery was the cause; nothing where it was not, as far as reports tell."""
    told = [one for one in reports if one.battery_percent is not None]
    before = next((one for one in reversed(told) if span[0] - KNOWN_FOR_S <= one.received_s <= span[0]), None)
    after = next((one for one in told if span[1] <= one.received_s <= span[1] + KNOWN_FOR_S), None)
    if before is None or before.battery_percent is None:
        return ""
    last, first = before.battery_percent, after.battery_percent if after else None
    if first is not None and first >= last + SWAPPED_PERCENT:
        return f"The battery was at {last} % before, and at {first} % after."
    if first is None and last <= EMPTY_PERCENT:
        return f"The battery was at {last} % before."
    return ""


def _hours(length: timedelta) -> str:
    hours = length / timedelta(hours=1)
    return f"{hours:.0f} h" if hours < 72 else f"{hours / 24:.1f} days"


def _card_full(times: Times, end_s: int) -> Iterator[Failure]:
    """Yield when a card was full: from the photo that filled it to the next one, or to a report that it has room.

    A camera that goes on taking photos overwrites its oldest ones: then nothing has failed.
    """
    told = [one for one in times.reports if one.sd_used_percent is not None]
    at = 0
    while at < len(told):
        if not _is_full(told[at]):
            at += 1
            continue
        first = at
        while at < len(told) and _is_full(told[at]):
            at += 1
        room_s = told[at].received_s if at < len(told) else end_s
        since_s, photo_s = told[first].received_s, _next(times.taken_s, told[first].received_s)
        if _goes_on(told[first:at], photo_s):
            continue
        filled_s = _last(times.taken_s, since_s)
        before_s = told[first - 1].received_s if first else since_s
        begin_s = filled_s if filled_s is not None and filled_s >= before_s else since_s
        end = min(room_s, photo_s) if photo_s is not None else room_s
        percent = told[first].sd_used_percent
        yield Failure((begin_s, end), "card_full", f"Its reports said that its card was {percent:.0f} % full.")


def _is_full(told: Told) -> bool:
    return told.sd_used_percent is not None and told.sd_used_percent >= FULL_PERCENT


def _goes_on(full: Sequence[Told], photo_s: int | None) -> bool:
    """Say whether a camera took photos though its card was full."""
    totals = [one.images_total for one in full if one.images_total is not None]
    return bool(totals and totals[-1] > totals[0]) or (photo_s is not None and photo_s < full[-1].received_s)


def _next(times: Sequence[int], at: int) -> int | None:
    number = bisect_right(times, at)
    return times[number] if number < len(times) else None


def _last(times: Sequence[int], at: int) -> int | None:
    number = bisect_right(times, at)
    return times[number - 1] if number else None


def _clock_reset(clocks: Sequence[WrongClock], facts: CameraFacts, end_s: int) -> Iterator[Failure]:
    """Yield when a clock stood at another day: from the first file that it made to the first one with a right time."""
    wrong = [one for one in clocks if one.is_other_day]
    began_s, first = end_s, None
    for received_s, lateness_s in sorted(points_of(facts)) if wrong else ():
        clock = next((one for one in wrong if one.took(received_s, lateness_s)), None)
        if clock and first is None:
            began_s, first = received_s, clock
        elif first and clock is None and abs(lateness_s) < DAY_S:
            yield Failure((began_s, received_s), "clock_reset", clock_words(first))
            first = None
    if first:
        yield Failure((began_s, end_s), "clock_reset", clock_words(first))


def clock_words(clock: WrongClock) -> str:
    """Say how wrong a clock was."""
    side = "behind" if clock.error_s > 0 else "ahead"
    seconds = abs(clock.error_s)
    length = f"{seconds / DAY_S:.0f} days" if clock.is_other_day else f"{seconds / HOUR_S:.2g} h"
    days = f"{moment(clock.since_s):%Y-%m-%d} to {moment(clock.until_s):%Y-%m-%d}"
    about = "about, each time another error, " if clock.varies_s else ""
    return f"The clock was {about}{length} {side} in what arrived from {days} (UTC)."
