"""300 cameras over 90 days: each trouble is told once, soon, and nothing is told where nothing is wrong.

The index is real, and so is every look; the clock is simulated. A table is printed: for each trouble when it began,
when the first message came, and how many came.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tabulate import tabulate

from ingest.alerts.looking import look
from ingest.alerts.words import lasted
from ingest.index.store import enter, open_index, set_state
from ingest.settings.values import Settings
from ingest.spool.incidents import incidents_in
from ingest.spool.moves import place_of
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import id_time, parse_utc
from tests.faults.fleet_cases import DAYS, GATEWAY, START, Case, befall, on, refuse_log_ins
from tests.fleets import HOUR, Camera, Span, arrivals, make_fleet
from tests.spools import make_spool

pytestmark = pytest.mark.timeout(1200)

SIZE = 300
EVERY = 3 * HOUR
SEED = 14


@dataclass(frozen=True)
class Told:
    """One message: when, of which rule, what it tells, and the incidents' cameras and keys."""

    at: datetime
    what: str
    rules: frozenset[str]
    about: str
    title: str


def good(name: str, **figures: Any) -> dict[str, Any]:
    return {"name": name, "state": "good", "sentence": "All is well.", "figures": figures}


def parts_at(troubles: list[tuple[Span, dict[str, Any]]], now: datetime) -> list[dict[str, Any]]:
    """Return what status says at a moment: all is well, but for what is wrong then."""
    names = ("watcher", "queue", "disk", "uploads", "ftps", "ftps-implicit", "certificate", "audit", "timers", "outbox")
    figures: dict[str, dict[str, Any]] = {"outbox": {"targets": {}}, "audit": {"transfers": 1}}
    parts = {name: good(name, **figures.get(name, {})) for name in names}
    for (since, until), part in troubles:
        if since <= now < until:
            parts[part["name"]] = part
    return list(parts.values())


def live(
    root: Path, cameras: list[Camera], settings: Settings, parts: list[tuple[Span, dict[str, Any]]], off: list[Span]
) -> None:
    """Let the days go by: what arrives is entered, and everything is looked at every three hours, but while the
    gateway is off."""
    dice = Random(SEED)
    coming = sorted((one for camera in cameras for one in arrivals(camera, START, DAYS, dice)), key=lambda one: one.id)
    waiting = iter(coming)
    following = next(waiting, None)
    now = START
    with closing(open_index(root)) as index:
        set_state(index, "complete", "yes")
        while now < on(DAYS):
            now += EVERY
            batch: list[Sidecar] = []
            while following and id_time(following.id) <= now:
                batch.append(following)
                following = next(waiting, None)
            enter(index, [(sidecar, place_of(sidecar)) for sidecar in batch])
            if not any(since <= now < until for since, until in off):
                look(settings, parts_at(parts, now), now, EVERY)


def told(root: Path) -> list[Told]:
    """Return every message that people got, the first one first."""
    found: dict[str, list[Any]] = {}
    for incident in incidents_in(root):
        for message in incident.messages:
            found.setdefault(message.id, [message, []])[1].append(incident)
    return sorted(
        (
            Told(
                parse_utc(message.at),
                message.what,
                frozenset(one.rule for one in incidents),
                " ".join([*(one.key for one in incidents), *(camera for one in incidents for camera in one.cameras)]),
                message.title,
            )
            for message, incidents in found.values()
        ),
        key=lambda one: one.at,
    )


def settings_for(root: Path) -> Settings:
    return Settings(root=root, time_zone="Europe/Amsterdam")


def test_a_quiet_fleet_is_silent_for_90_days(tmp_path: Path, tell: Callable[[str], None]) -> None:
    root, cameras = make_spool(tmp_path), make_fleet(SIZE, Random(SEED))
    live(root, cameras, settings_for(root), [], [])
    messages = told(root)
    tell(f"A quiet fleet of {SIZE} cameras in {DAYS} days (seed {SEED}): {len(messages)} messages.")
    assert messages == [], "\n".join(f"{one.at} {one.title}" for one in messages)


def test_every_trouble_of_a_fleet_is_told_once_and_soon(tmp_path: Path, tell: Callable[[str], None]) -> None:
    root, fleet = make_spool(tmp_path), make_fleet(SIZE, Random(SEED))
    cases = befall(fleet)
    north, off = (on(75), on(77)), (on(80), on(81.5))
    for camera in fleet:
        if camera.account == "north":
            camera.late.append(north)
        camera.late += [(on(79), on(79.5)), off]
    cases += [
        Case("The carrier of 100 cameras is down for two days", *north, "silent", "since", 30 * HOUR),
        Case("No camera at all gets in for twelve hours", on(79), on(79.5), "nobody", "", 6 * HOUR),
        Case("Log-ins are refused", on(60), on(61.5), "log-ins", "camera", 12 * HOUR),
    ]
    parts = []
    for name, begin, end, rule, wrong in GATEWAY:
        parts.append(((on(begin), on(end)), wrong))
        cases.append(Case(name, on(begin), on(end), rule, "", 24 * HOUR))
    refuse_log_ins(root, on(60))
    live(root, fleet, settings_for(root), parts, [off])
    tell(table(cases, told(root)))
    problems = list(compare(cases, told(root)))
    assert not problems, "\n".join(problems)


def of_case(case: Case, messages: list[Told]) -> list[Told]:
    return [one for one in messages if one.what != "digest" and case.rule in one.rules and case.about in one.about]


def table(cases: list[Case], messages: list[Told]) -> str:
    rows = []
    for case in sorted(cases, key=lambda one: one.began):
        found = of_case(case, messages)
        first = lasted(case.began, found[0].at) if found else "never"
        rows.append((case.name, f"{case.began:%m-%d %H:%M}", first, len(found), " ".join(one.what for one in found)))
    return tabulate(rows, ("trouble", "began", "told after", "messages", ""), maxcolwidths=[48, None, None, None, 40])


def compare(cases: list[Case], messages: list[Told]) -> Iterator[str]:
    """Yield what is not as it should be: a trouble that is not told, late, before it was, or too often; a message of
    nothing."""
    for case in cases:
        found = of_case(case, messages)
        if not found:
            yield f"{case.name}: nobody was told."
        elif not case.began <= found[0].at <= case.began + case.within:
            yield f"{case.name}: began {case.began}, was told {found[0].at}."
        if len(found) > case.most:
            listed = ", ".join(f"{one.at} {one.what} {one.title}" for one in found)
            yield f"{case.name}: told {len(found)} times: {listed}."
        if case.ended and found and found[-1].what != "ended":
            yield f"{case.name}: nobody was told that it was over."
    matched = {id(one) for case in cases for one in of_case(case, messages)}
    for one in messages:
        if one.what != "digest" and id(one) not in matched:
            yield f"Nothing was wrong: {one.at} {one.what} {one.title} ({one.about})"
