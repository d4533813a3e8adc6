"""The whole fleet over all its time: the deployments of every camera with their failures, and what tells of none."""

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from pathlib import Path

from ingest.exports.camera_facts import CameraFacts
from ingest.exports.deployments import Deployment, Night, calendar, deployments_of, with_clocks, with_locations
from ingest.exports.failures import Times, clock_words, failures_in, own_failures, times_of
from ingest.exports.gathering import camera_facts, times_away
from ingest.exports.left_out import LeftOut
from ingest.exports.outages import with_outages
from ingest.exports.signs import signs_of, written_s
from ingest.exports.spans import HOUR_S
from ingest.exports.stays import stays_of
from ingest.exports.wrong_clocks import WrongClock, wrong_clocks
from ingest.settings.values import Settings
from ingest.spool.sites import Record

Beat = Callable[[str], None]


@dataclass(frozen=True)
class Watched:
    """One camera of a survey: its name, the zone and the faults of its clock, how many photos it has, when it took and
    told what, as far as that can be believed. `is_placed`: anything says where it stood."""

    camera_id: str
    name: str
    zone: tzinfo
    clocks: tuple[WrongClock, ...]
    photos: int
    is_placed: bool
    taken_s: Sequence[int]
    told_s: Sequence[int]


@dataclass(frozen=True)
class Survey:
    """What the gateway knew at a moment. `cameras` and `deployments` are of every camera that sent anything."""

    now: datetime
    cameras: Mapping[str, Watched] = field(default_factory=dict)
    deployments: tuple[Deployment, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def nights(self, deployment: Deployment) -> Iterable[Night]:
        """Yield the days of a deployment, in the camera's local time."""
        camera = self.cameras[deployment.camera_id]
        return calendar(deployment, camera.zone, camera.taken_s, camera.told_s)


def survey(
    index: sqlite3.Connection,
    root: Path,
    records: Mapping[str, Record],
    settings: Settings,
    now: datetime,
    beat: Beat = lambda camera_id: None,
) -> Survey:
    """Look at every camera; `beat` is called with the ID of each one that was."""
    cameras: dict[str, Watched] = {}
    deployments: list[Deployment] = []
    left_out: list[LeftOut] = []
    for facts in camera_facts(index, records, settings, now):
        watched, found, without = _of_camera(facts, settings, int(now.timestamp()))
        cameras[facts.camera_id] = watched
        deployments += found
        left_out += without
        beat(facts.camera_id)
    located = with_locations(with_outages(deployments, times_away(root, now)))
    return Survey(now, cameras, tuple(located), tuple(left_out))


def _of_camera(facts: CameraFacts, settings: Settings, now_s: int) -> tuple[Watched, list[Deployment], list[LeftOut]]:
    clocks = wrong_clocks(facts)
    signs, times = signs_of(facts, clocks), times_of(facts, clocks)
    unknown_h, floor_h = settings.cameras.silent_after_days * 24.0, float(settings.alerts.silent_hours)
    stays = stays_of(facts, clocks)
    found, left_out = deployments_of(facts.camera_id, stays, signs, now_s, unknown_h, floor_h)
    own, words, whole = own_failures(facts, clocks, times, now_s), [clock_words(clock) for clock in clocks], []
    for one in found:
        failures = failures_in(one.span, own, signs, times, facts.zone, unknown_h, floor_h)
        whole.append(with_clocks(replace(one, failures=failures), clocks, words))
    left_out += _doubts(facts, whole, clocks)
    return _watched(facts, clocks, times, bool(stays)), whole, left_out


def _doubts(facts: CameraFacts, found: Iterable[Deployment], clocks: Iterable[WrongClock]) -> Iterable[LeftOut]:
    for one in found:
        if facts.sites and not one.stay.is_entered:
            yield LeftOut("moved", facts.camera_id, 1, f"{one.location_id or one.id}")
    if facts.turned_away:
        yield LeftOut("rejected", facts.camera_id, len(facts.turned_away))
    for clock in clocks:
        if not clock.is_other_day:
            yield LeftOut("wrong_clock", facts.camera_id, 1, f"{clock.error_s / HOUR_S:+.1f} h")


def _watched(facts: CameraFacts, clocks: tuple[WrongClock, ...], times: Times, is_placed: bool) -> Watched:
    told = array("q", sorted(written_s(one, clocks) for one in facts.reports))
    taken = array("q", times.taken_s)
    return Watched(facts.camera_id, facts.name, facts.zone, clocks, len(facts.shots), is_placed, taken, told)
