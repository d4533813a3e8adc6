"""Deployments: from when until when a camera stood somewhere, and how long it watched."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from ingest.exports.camera_facts import CameraFacts
from ingest.exports.deployments import (
    Deployment,
    Failure,
    calendar,
    deployments_of,
    with_clocks,
    with_locations,
    within_span,
)
from ingest.exports.signs import signs_of
from ingest.exports.spans import HOUR_S, at_s
from ingest.exports.stays import ALWAYS_S, NEVER_S, Stay, stays_of
from ingest.exports.wrong_clocks import WrongClock
from ingest.spool.sites import Site
from tests.exported import DAY_S, NOON_S, OAK, facts, told

STAY = Stay(ALWAYS_S, NEVER_S, OAK, "Oak", is_entered=True)
DAILY = told(*(24.0 * day for day in range(40)))
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def one(since_day: float = 0, until_day: float = 10, stay: Stay = STAY, **values: object) -> Deployment:
    span = (NOON_S + round(since_day * DAY_S), NOON_S + round(until_day * DAY_S))
    return replace(Deployment("oak-1", "oak", span, stay), **values)  # type: ignore[arg-type]


def found(known: CameraFacts, now_day: float) -> list[Deployment]:
    now_s = NOON_S + round(now_day * DAY_S)
    return deployments_of(known.camera_id, stays_of(known, ()), signs_of(known, ()), now_s, 168.0, 24.0)[0]


def test_one_that_goes_on_ends_at_the_export_and_begins_with_the_first_sign_of_life() -> None:
    (deployment,) = found(facts(sites=(Site(*OAK, "Oak"),), reports=DAILY), 39.5)
    assert deployment.span == (NOON_S, NOON_S + round(39.5 * DAY_S)) and deployment.is_open
    assert deployment.id == "oak-20260601T120000Z"


def test_one_that_is_silent_ends_with_its_last_sign_of_life() -> None:
    (deployment,) = found(facts(sites=(Site(*OAK, "Oak"),), reports=DAILY), 60)
    assert deployment.span == (NOON_S, NOON_S + 39 * DAY_S) and not deployment.is_open
    assert "silent since" in " ".join(deployment.comments)


def test_moments_that_a_person_entered_hold_also_where_nothing_came() -> None:
    site = Site(*OAK, "Oak", datetime.fromisoformat("2026-05-31T10:00"), datetime.fromisoformat("2026-07-15T10:00"))
    (deployment,) = found(facts(sites=(site,), reports=DAILY), 60)
    assert deployment.span == tuple(at_s(moment, UTC) for moment in (site.start, site.end) if moment)


def test_a_site_without_a_sign_of_life_is_none_and_a_later_one_neither() -> None:
    never = Site(*OAK, "Elm", datetime.fromisoformat("2025-05-01"), datetime.fromisoformat("2025-06-01"))
    later = Site(*OAK, "Beech", datetime.fromisoformat("2027-05-01"))
    known = facts(sites=(never, later), reports=DAILY)
    deployments, left_out = deployments_of(
        known.camera_id, stays_of(known, ()), signs_of(known, ()), NOON_S + 39 * DAY_S, 168.0, 24.0
    )
    assert deployments == [] and [(entry.code, entry.about) for entry in left_out] == [("silent_site", "Elm")]


def test_effort_is_the_span_without_its_failures_each_counted_once() -> None:
    failures = (
        Failure((NOON_S + DAY_S, NOON_S + 3 * DAY_S), "silence", ""),
        Failure((NOON_S + 2 * DAY_S, NOON_S + 4 * DAY_S), "card_full", ""),
    )
    assert one(failures=failures).effort_s == 7 * DAY_S


def test_a_part_has_the_parts_of_its_failures() -> None:
    failure = Failure((NOON_S + DAY_S, NOON_S + 3 * DAY_S), "silence", "")
    part = within_span(one(is_open=True, failures=(failure,)), (NOON_S + 2 * DAY_S, NOON_S + 5 * DAY_S))
    assert part and part.effort_s == 2 * DAY_S and not part.is_open
    assert within_span(one(), (NOON_S + 11 * DAY_S, NOON_S + 12 * DAY_S)) is None
    assert within_span(one(), (ALWAYS_S, NEVER_S)) == one()


def test_of_one_name_or_within_fifty_metres_is_one_location() -> None:
    near, far = (52.1001, 5.1), (52.2, 5.1)
    unnamed = replace(STAY, name="", is_entered=False)
    given = [
        one(id="a"),
        one(20, 30, id="b", stay=replace(STAY, position=far)),
        one(id="c", camera_id="elm", stay=replace(unnamed, position=near)),
        one(id="d", camera_id="fir", stay=replace(unnamed, position=(53.0, 5.1))),
    ]
    ids = {deployment.id: deployment.location_id for deployment in with_locations(given)}
    assert ids["a"] == ids["b"] == ids["c"] == "52.10000N_5.10000E" and ids["d"] == "53.00000N_5.10000E"


def test_doubtful_times_are_said_of_the_deployments_in_which_they_came() -> None:
    clock = WrongClock(NOON_S + DAY_S, NOON_S + 2 * DAY_S, HOUR_S)
    doubtful = with_clocks(one(), [clock], ["It was 1 h behind."])
    assert doubtful.has_time_issues and doubtful.comments == ("It was 1 h behind.",)
    assert with_clocks(one(20, 30), [clock], ["It was 1 h behind."]) == one(20, 30)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23.0), ("2026-10-25", 25.0)])
def test_the_nights_in_which_clocks_are_changed_have_their_own_hours(day: str, hours: float) -> None:
    noon = at_s(datetime.fromisoformat(f"{day}T12:00"), AMSTERDAM)
    deployment = one(span=(noon - 2 * DAY_S, noon + 2 * DAY_S))
    nights = {night.day: night.hours for night in calendar(deployment, AMSTERDAM, [], [])}
    assert nights[date.fromisoformat(day)] == hours
    assert sum(nights.values()) * HOUR_S == deployment.effort_s


def test_the_last_photo_which_a_deployment_ends_with_is_counted() -> None:
    (alone,) = calendar(one(0, 0), UTC, [NOON_S], [])
    assert (alone.hours, alone.photos) == (0, 1)
    assert [night.photos for night in calendar(one(0, 1), UTC, [NOON_S, NOON_S + DAY_S], [])] == [1, 1]


def test_a_day_counts_what_came_and_knows_a_true_zero() -> None:
    times = [NOON_S + 60, NOON_S + 120]
    nights = list(calendar(one(0, 2), UTC, times, [NOON_S + DAY_S]))
    assert [(night.photos, night.reports, night.is_true_zero) for night in nights] == [
        (2, 0, False),
        (0, 1, True),
        (0, 0, False),
    ]
