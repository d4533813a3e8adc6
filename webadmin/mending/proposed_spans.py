"""When a camera's clock was wrong and how, proposed from what arrived: each span with its fault by name. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from ingest.exports.camera_facts import CameraFacts, Shot
from ingest.exports.wrong_clocks import ALIKE_S, wrong_clocks
from ingest.fleet.clock_faults import fault_words, is_wrong, proposals
from ingest.requests.clock_spans import Photo
from ingest.spool.clock_spans import ClockFault
from webadmin.mending.asked import fault_text

LAST = 9
"""By so many of its last photos a camera's clock is judged."""
FASTEST = timedelta(minutes=7)
"""Of a group the fastest is here after so long at most; a rest above that is the clock's as well."""
_MINUTE = timedelta(minutes=1)
_SWAPPED = ClockFault(swapped=True)


@dataclass(frozen=True)
class ProposedSpan:
    """From `start` until `end` (right local times; None: still) the clock seems to have had a fault, by so many photos
    of which the first said `said` and was taken at `start`."""

    fault: ClockFault
    start: datetime
    end: datetime | None
    photos: int
    said: datetime

    @property
    def words(self) -> str:
        """What was wrong with the clock."""
        return fault_words(self.fault)

    @property
    def value(self) -> str:
        """The fault as the value of a field."""
        return fault_text(self.fault)


@dataclass(frozen=True)
class _Timed:
    """A photo that its camera sent: what the clock said, and when it arrived, both in the camera's local time."""

    said: datetime
    arrived: datetime

    @property
    def error_s(self) -> int:
        return round((self.arrived - self.said).total_seconds())

    @property
    def is_swapped(self) -> bool:
        return any(one.fault == _SWAPPED for one in proposals(self.said, self.arrived))


def proposed_spans(photos: Iterable[Photo], zone: ZoneInfo) -> tuple[ProposedSpan, ...]:
    """Return when the clock of a camera seems to have been wrong, the last time first.

    `photos` in order of arrival; those whose time somebody has mended tell nothing any more.
    """
    timed = sorted((one for one in (_timed(photo, zone) for photo in photos) if one), key=lambda one: one.arrived)
    swapped = [group for group in _runs(timed) if len(group) > 1]
    taken = {id(one) for group in swapped for one in group}
    rest = [one for one in timed if id(one) not in taken]
    groups = [(group, _SWAPPED) for group in swapped]
    groups += [(group, _fault(group)) for group in _measured(rest)]
    last = timed[-1:]
    if not any(group[-1:] == last for group, _ in groups):
        groups += [(group, _fault(group)) for group in _last(rest)]
    spans = (_span(group, fault, is_last=group[-1:] == last) for group, fault in groups)
    return tuple(sorted((span for span in spans if span), key=lambda one: one.start, reverse=True))


def _timed(photo: Photo, zone: ZoneInfo) -> _Timed | None:
    if photo.local is None or photo.is_mended or not photo.is_live:
        return None
    return _Timed(photo.local, photo.received_at.astimezone(zone).replace(tzinfo=None, microsecond=0))


def _runs(timed: Sequence[_Timed]) -> Iterable[list[_Timed]]:
    """Yield the photos one after the other whose month and day seem to be swapped; on the 5th of May nobody sees it."""
    telling = (one for one in timed if one.said.month != one.said.day)
    return (list(group) for is_run, group in groupby(telling, key=lambda one: one.is_swapped) if is_run)


def _measured(timed: Sequence[_Timed]) -> Iterable[list[_Timed]]:
    """Yield the photos of each wrong clock that the gateway has measured."""
    shots = [(_shot(one), one) for one in timed]
    for clock in wrong_clocks(CameraFacts("", UTC, shots=tuple(shot for shot, _ in shots))):
        group = [one for shot, one in shots if clock.took(shot.received_s, shot.lateness_s)]
        if group and not clock.varies_s:
            yield group


def _shot(one: _Timed) -> Shot:
    arrived_s = int(one.arrived.replace(tzinfo=UTC).timestamp())
    return Shot(arrived_s - one.error_s, arrived_s)


def _last(timed: Sequence[_Timed]) -> Iterable[list[_Timed]]:
    """Yield the last photos, where most came with the same error: too few to be sure of, but it is what one sees."""
    if not timed or not is_wrong(timed[-1].said, timed[-1].arrived):
        return
    group: list[_Timed] = []
    for one in reversed(timed):
        if abs(one.error_s - timed[-1].error_s) > ALIKE_S:
            break
        group.append(one)
    if 2 * len(group) > len(timed[-LAST:]):
        yield group[::-1]


def _fault(group: Sequence[_Timed]) -> ClockFault:
    """Return the fault by name that explains a group, else by how much its clock was wrong: what came the fastest
    tells that best, since nothing arrives before its time."""
    best = min(group, key=lambda one: one.error_s)
    named = (one.fault for one in proposals(best.said, best.arrived) if best.arrived - one.right < FASTEST)
    return next(named, ClockFault(behind_s=best.error_s // 60 * 60))


def _span(group: Sequence[_Timed], fault: ClockFault, *, is_last: bool) -> ProposedSpan | None:
    right = [moment for moment in (fault.mended(one.said) for one in group) if moment]
    if not right:
        return None
    start = min(right).replace(second=0)
    end = None if is_last else max(right).replace(second=0) + _MINUTE
    return ProposedSpan(fault, start, end, len(group), group[0].said)
