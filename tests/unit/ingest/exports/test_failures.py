"""Why cameras failed, by what their reports, clocks and silences tell."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from ingest.exports.camera_facts import CameraFacts, Told
from ingest.exports.deployments import Failure
from ingest.exports.failures import clock_words, failures_in, own_failures, times_of
from ingest.exports.signs import signs_of
from ingest.exports.wrong_clocks import WrongClock, wrong_clocks
from tests.exported import DAY_S, HOUR_S, NOON_S, facts, shots, told

DAYS = 60
SPAN = (NOON_S, NOON_S + DAYS * DAY_S)


def failures(known: CameraFacts) -> list[tuple[str, float, float]]:
    """Return reason, begin and end in days after noon."""
    return [
        (one.reason, round((one.span[0] - NOON_S) / DAY_S, 2), round((one.span[1] - NOON_S) / DAY_S, 2))
        for one in said_of(known)
    ]


def said_of(known: CameraFacts) -> tuple[Failure, ...]:
    clocks = wrong_clocks(known)
    times = times_of(known, clocks)
    own = own_failures(known, clocks, times, SPAN[1])
    return failures_in(SPAN, own, signs_of(known, clocks), times, known.zone, 168.0, 24.0)


def reports(**by_day: Mapping[int, object]) -> tuple[Told, ...]:
    """Return a report of each day, with other figures from some days on."""
    found: list[Told] = []
    values: dict[str, Any] = {}
    for day in range(DAYS + 1):
        values |= {key: changes[day] for key, changes in by_day.items() if day in changes}
        found.append(told(24.0 * day, **values)[0])
    return tuple(found)


def without(found: tuple[Told, ...], first: int, after: int) -> tuple[Told, ...]:
    return tuple(one for day, one in enumerate(found) if not first <= day < after)


def test_a_camera_that_reports_every_day_has_not_failed() -> None:
    assert failures(facts(reports=reports(battery_percent={0: 80}))) == []


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [(6, 100, "battery"), (62, 98, "battery"), (62, 61, "silence"), (6, 6, "silence"), (None, 90, "silence")],
)
def test_a_silence_is_of_the_battery_where_it_was_empty_or_was_changed(
    before: int | None, after: int, reason: str
) -> None:
    told_of = without(reports(battery_percent={0: before, 20: after}), 11, 20)
    assert failures(facts(reports=told_of)) == [(reason, 10, 20)]


def test_a_silence_says_what_is_usual_and_what_the_battery_said() -> None:
    (failure,) = said_of(facts(reports=without(reports(battery_percent={0: 6, 20: 100}), 11, 20)))
    assert failure.evidence == (
        "No sign of life for 10.0 days; usually there is one every 24 h at the latest. "
        "The battery was at 6 % before, and at 100 % after."
    )


def test_a_full_card_fails_from_the_photo_that_filled_it_to_the_next_one() -> None:
    full = reports(sd_used_percent={0: 40.0, 20: 100.0, 30: 3.0})
    photos = shots(*(24.0 * day + 5 for day in (*range(20), *range(31, DAYS))))
    assert failures(facts(reports=full, shots=photos)) == [("card_full", 19.21, 30)]


def test_a_camera_that_overwrites_its_oldest_photos_has_not_failed() -> None:
    always_full = reports(sd_used_percent={0: 100.0})
    assert failures(facts(reports=always_full, shots=shots(*(24.0 * day + 5 for day in range(0, DAYS, 9))))) == []
    counting = tuple(replace(one, sd_used_percent=100.0, images_total=day) for day, one in enumerate(reports()))
    assert failures(facts(reports=counting)) == []


def test_a_reset_clock_fails_from_the_first_wrong_photo_to_the_first_right_one() -> None:
    right = shots(*(24.0 * day + 5 for day in range(20)), *(24.0 * day + 5 for day in range(30, DAYS)))
    wrong = tuple(
        replace(one, captured_s=(one.captured_s or 0) - 2192 * DAY_S)
        for one in shots(*(24.0 * day + 5 for day in range(20, 30)))
    )
    assert failures(facts(shots=tuple(sorted((*right, *wrong), key=lambda one: one.received_s)))) == [
        ("clock_reset", 20.21, 30.21)
    ]


def test_a_clock_that_loses_its_date_again_and_again_fails_each_time_until_it_is_set() -> None:
    dice = Random(15)
    photos = []
    for day in range(DAYS):
        (one,) = shots(24.0 * day + 5)
        error_s = round(dice.uniform(3000, 6000)) * DAY_S if day % 20 >= 10 else 0
        photos.append(replace(one, captured_s=(one.captured_s or 0) - error_s))
    assert failures(facts(shots=tuple(photos))) == [
        ("clock_reset", 10.21, 20.21),
        ("clock_reset", 30.21, 40.21),
        ("clock_reset", 50.21, 60),
    ]


def test_a_clock_that_is_an_hour_behind_is_no_failure() -> None:
    behind = tuple(replace(one, captured_s=(one.captured_s or 0) - HOUR_S) for one in shots(*range(0, 24 * DAYS, 8)))
    assert failures(facts(shots=behind)) == []


def test_a_limit_fails_after_the_last_photo_of_each_day() -> None:
    photos = shots(*(24.0 * day + hour for day in range(DAYS) for hour in (1, 2, 3)))
    counted = tuple(replace(one, images_total=day * 9, images_sent=day * 3) for day, one in enumerate(reports()))
    found = failures(facts(reports=counted, shots=photos))
    assert {reason for reason, _, _ in found} == {"send_cap"} and len(found) >= DAYS - 2
    assert found[5][1] % 1 == pytest.approx(3 / 24, abs=0.01) and found[5][2] % 1 == 0.5


def test_photos_that_are_rejected_one_after_the_other_are_a_failure_until_one_is_accepted() -> None:
    accepted = shots(*(24.0 * day + 5 for day in (*range(20), *range(30, DAYS))))
    rejected = shots(*(24.0 * day + 5 for day in range(20, 30)))
    assert failures(facts(shots=accepted, turned_away=rejected, heard_s=[one.received_s for one in rejected])) == [
        ("rejected", 20.21, 30.21)
    ]
    few = facts(shots=shots(*(24.0 * day + 5 for day in range(DAYS))), turned_away=shots(24 * 20 + 9, 24 * 20 + 10))
    assert failures(few) == []


def test_a_reset_clock_is_found_also_where_its_photos_were_rejected() -> None:
    right = shots(*(24.0 * day + 5 for day in (*range(20), *range(30, DAYS))))
    wrong = tuple(
        replace(one, captured_s=(one.captured_s or 0) - 2192 * DAY_S)
        for one in shots(*(24.0 * day + 5 for day in range(20, 30)))
    )
    found = facts(shots=right, turned_away=wrong, heard_s=[one.received_s for one in wrong])
    assert sorted(failures(found)) == [("clock_reset", 20.21, 30.21), ("rejected", 20.21, 30.21)]


def test_how_wrong_a_clock_was_in_words() -> None:
    assert clock_words(WrongClock(NOON_S, NOON_S + DAY_S, 2192 * DAY_S)) == (
        "The clock was 2192 days behind in what arrived from 2026-06-01 to 2026-06-02 (UTC)."
    )
    assert "1 h ahead" in clock_words(WrongClock(NOON_S, NOON_S, -HOUR_S))
