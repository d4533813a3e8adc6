"""A year of a fleet, exported: effort agrees to the hour with what is true, and every failure has its reason.

What befalls cameras is listed in `tests/years.py`; a table is printed: for each site the trap nights that are true, and
those of the package.
"""

import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from frictionless import Package, system
from tabulate import tabulate

from ingest.exports.building import build, survey_spool
from ingest.exports.checking import check_package
from ingest.exports.columns import schema_of
from ingest.exports.package import Order
from ingest.settings.values import Project, Settings
from tests.spools import make_spool
from tests.years import DAYS, END, HOUR, START, Actor, Span, Stood, arrivals, fill, on, read_rows, write_records

SEED = 15
NOW = END + timedelta(minutes=1)


def one_site(number: int, name: str | None = None, since: float = 0.0, until: float = DAYS) -> Stood:
    position = (52 + number * 0.02, 5 + number * 0.02)
    return Stood(f"site-{number:02d}" if name is None else name, position, (on(since), on(until)))


def fleet() -> list[Actor]:
    """Return a camera for each thing that befalls one, with what is true of it."""
    quiet = [Actor(f"quiet-{number}", [one_site(number)]) for number in range(3)]
    moved = Actor("moved", [one_site(4, until=120.4), one_site(5, since=120.4)], dense=[on(120.4)])
    carried = Actor("carried", [one_site(6, "", until=200.5), one_site(7, "", since=200.5)], dense=[on(200.5)])
    nine_days = (on(100.3), on(109.45))
    battery = Actor(
        "battery",
        [one_site(8)],
        dead=[nine_days],
        battery=[(on(100), 6.0), (on(109), 6.0), (on(109.2), 100.0)],
        dense=[*nine_days],
        failures=[("battery", nine_days)],
    )
    twelve_days = (on(150.6), on(162.4))
    card = Actor("card", [one_site(9)], full=[twelve_days], dense=[*twelve_days], failures=[("card_full", twelve_days)])
    two_weeks = (on(250.2), on(262.7))
    reset = Actor("reset", [one_site(10)], reset=[two_weeks], dense=[*two_weeks], failures=[("clock_reset", two_weeks)])
    stolen = Actor("stolen", [one_site(11, until=180.5)], dense=[on(180.5)])
    stolen.record = {
        "sites": [{"name": "site-11", "latitude": 52.22, "longitude": 5.22, "from": "2025-11-15T01:00:00"}]
    }
    replaced = Actor("replaced", [one_site(11, since=200.5)])
    same_id = Actor(
        "same-id",
        [one_site(13)],
        dead=[(on(170.5), on(176.5))],
        model=[(START, "4.0T CG"), (on(176), "4.0C CG")],
        dense=[on(170.5), on(176.5)],
    )
    late = Actor("late", [one_site(14)], held=[(on(60.5), on(102.5))])
    capped = Actor("capped", [one_site(15)], photos_a_day=20, report_hour=23.5, capped=[((on(300), on(310)), 8)])
    down = (on(220.3), on(222.8))
    north = [
        Actor(f"north-{number}", [one_site(16 + number)], lost=[down], dense=[*down], failures=[("outage", down)])
        for number in range(4)
    ]
    nairobi = Actor("nairobi", [one_site(20)], ZoneInfo("Africa/Nairobi"), record={"zone": "Africa/Nairobi"})
    lord_howe = Actor(
        "lord-howe", [one_site(21)], ZoneInfo("Australia/Lord_Howe"), record={"zone": "Australia/Lord_Howe"}
    )
    sees_nothing = Actor("sees-nothing", [one_site(22)], photoless=[(on(30), on(120))])
    return [
        *(*quiet, moved, carried, battery, card, reset, stolen, replaced, same_id, late, capped, *north),
        *(nairobi, lord_howe, sees_nothing),
    ]


@dataclass(frozen=True)
class Truth:
    """What is true of one camera at one site, in hours."""

    camera: str
    site: str
    effort_h: float


def truth(actors: list[Actor]) -> list[Truth]:
    """Return how long each camera watched each of its sites."""
    found = []
    for actor in actors:
        gone = [*([span for _, span in actor.failures] or actor.dead), *capped_spans(actor)]
        for stood in actor.stood:
            since, until = stood.span
            away = sum(
                ((min(until, end) - max(since, start)) for start, end in gone if start < until and end > since),
                timedelta(0),
            )
            found.append(Truth(actor.id, stood.name, (until - since - away) / HOUR))
    return found


def capped_spans(actor: Actor) -> list[Span]:
    """Return from the last photo of each capped day to the end of that day, by what the camera itself did."""
    last: dict[str, list[datetime]] = {}
    for sidecar in arrivals(actor, Random(f"{SEED} {actor.id}")):
        if actor.capped and sidecar.kind == "image" and sidecar.captured_at_utc:
            at = datetime.fromisoformat(sidecar.captured_at_utc)
            last.setdefault(f"{at.astimezone(actor.zone):%Y-%m-%d}", []).append(at)
    return [
        (max(times), datetime.fromisoformat(day).replace(tzinfo=actor.zone) + timedelta(days=1))
        for day, times in sorted(last.items())
        for span, limit in actor.capped
        if span[0] <= max(times) < span[1] and len(times) == limit
    ]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Actor]]:
    """Return the root of a spool with the year in it."""
    root, actors = make_spool(tmp_path_factory.mktemp("year")), fleet()
    fill(root, (one for actor in actors for one in arrivals(actor, Random(f"{SEED} {actor.id}"))))
    write_records(root, actors)
    return root, actors


def settings_of(root: Path) -> Settings:
    return Settings(
        root=root,
        time_zone="Europe/Amsterdam",
        project=Project(title="A year", contributors=("Jane Doe <jane@example.org>",), licence="CC-BY-4.0"),
    )


def export(root: Path, to: Path, order: Order | None = None) -> None:
    settings = settings_of(root)
    for _ in build(settings, survey_spool(settings, NOW), order or Order(), to):
        pass


@pytest.fixture(scope="module")
def package(year: tuple[Path, list[Actor]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("package") / "year"
    export(year[0], to)
    return to


def hours(rows: list[dict[str, str]], since: str, until: str) -> float:
    return sum(moment(row[until]) / HOUR - moment(row[since]) / HOUR for row in rows)


def moment(text: str) -> timedelta:
    return datetime.fromisoformat(text) - START


def described(package: Path, folder: Path) -> Path:
    """Return a copy of a package whose schemas lie in it: those of Camtrap DP are elsewhere, and tests ask nobody."""
    copy = Path(shutil.copytree(package, folder / "described"))
    content = json.loads((copy / "datapackage.json").read_text())
    del content["profile"]
    for resource in content["resources"]:
        resource["schema"] = schema_of(resource["name"])
    (copy / "datapackage.json").write_text(json.dumps(content))
    return copy


def test_each_table_is_valid_for_frictionless_and_for_ourselves(package: Path, tmp_path: Path) -> None:
    copy = described(package, tmp_path)
    with system.use_context(trusted=True):
        report = Package(copy / "datapackage.json").validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])[:20]
    assert [task.name for task in report.tasks] == ["deployments", "media", "observations", "failures", "effort"]
    assert list(check_package(package)) == []


def test_effort_agrees_to_the_hour_at_every_site(
    year: tuple[Path, list[Actor]], package: Path, tell: Callable[[str], None]
) -> None:
    _, actors = year
    deployments, effort = read_rows(package, "deployments"), read_rows(package, "effort")
    lines, wrong = [], []
    for one in truth(actors):
        ids = {
            row["deploymentID"]
            for row in deployments
            if row["cameraID"] == one.camera and (not one.site or row["locationName"] == one.site)
        }
        found = sum(float(row["hours"]) for row in effort if row["deploymentID"] in ids)
        if not one.site:
            continue
        lines.append(
            (one.camera, one.site, f"{one.effort_h / 24:.2f}", f"{found / 24:.2f}", f"{found - one.effort_h:+.2f} h")
        )
        if abs(found - one.effort_h) > 1:
            wrong.append(lines[-1])
    tell(tabulate(lines, ("camera", "site", "true nights", "exported", "differ")))
    assert wrong == []


def test_every_failure_has_its_time_and_its_reason_and_nothing_else_is_one(
    year: tuple[Path, list[Actor]], package: Path, tell: Callable[[str], None]
) -> None:
    _, actors = year
    cameras = {row["deploymentID"]: row["cameraID"] for row in read_rows(package, "deployments")}
    found = [(cameras[row["deploymentID"]], row) for row in read_rows(package, "failures")]
    expected = [(actor.id, reason, span) for actor in actors for reason, span in actor.failures]
    expected += [(actor.id, "send_cap", span) for actor in actors for span in capped_spans(actor)]
    lines = []
    for camera, reason, (since, until) in expected:
        said = [
            row
            for one, row in found
            if one == camera and row["reason"] == reason and abs(moment(row["failureStart"]) - (since - START)) <= HOUR
        ]
        lines.append(
            (
                camera,
                reason,
                f"{since:%Y-%m-%d %H:%M}",
                f"{until:%Y-%m-%d %H:%M}",
                said[0]["failureEnd"] if said else "missing",
                said[0]["evidence"] if said else "",
            )
        )
        assert len(said) == 1, f"{camera}: {reason} {since} to {until}: {said}"
        assert abs(moment(said[0]["failureEnd"]) - (until - START)) <= HOUR, said[0]
    tell(
        tabulate(
            lines, ("camera", "reason", "began", "ended", "exported end", "evidence"), maxcolwidths=[None] * 5 + [50]
        )
    )
    assert len(found) == len(expected), [(one, row["reason"], row["failureStart"]) for one, row in found]


def test_days_count_the_photos_that_the_package_has_but_for_those_of_wrong_dates(package: Path) -> None:
    media, days = Counter[str](), Counter[str]()
    for row in read_rows(package, "media"):
        media[row["deploymentID"]] += "Not in its deployment's time" not in row["mediaComments"]
    for row in read_rows(package, "effort"):
        days[row["deploymentID"]] += int(row["photos"])
    assert media.total() > 20_000 and media == days
