"""Signs of life, and silences against a camera's rhythm."""

from random import Random

from ingest.exports.camera_facts import Shot, Told
from ingest.exports.signs import is_silent, signs_of, silences, taken_s, written_s
from ingest.exports.wrong_clocks import WrongClock
from tests.exported import DAY_S, HOUR_S, NOON_S, facts, shots, told

UNKNOWN_H, FLOOR_H = 168.0, 24.0


def silent(hours: list[float], until: float, reports: bool = True) -> list[tuple[float, float]]:
    """Return the silences, in hours after noon, of a camera that gave signs at these hours."""
    known = facts(reports=told(*hours)) if reports else facts(shots=shots(*hours, late_s=0))
    span = (NOON_S + round(hours[0] * HOUR_S), NOON_S + round(until * HOUR_S))
    found = silences(signs_of(known, ()), span, UNKNOWN_H, FLOOR_H)
    return [((one.span[0] - NOON_S) / HOUR_S, (one.span[1] - NOON_S) / HOUR_S) for one in found]


def test_a_camera_that_reports_by_the_clock_is_never_silent() -> None:
    dice = Random(15)
    assert silent([24 * day + dice.uniform(0, 0.2) for day in range(90)], 24 * 90) == []


def test_days_without_a_report_of_a_daily_camera_are_a_silence_from_the_last_sign_to_the_next() -> None:
    hours = [24.0 * day for day in (*range(30), *range(32, 60))]
    assert silent(hours, 24 * 60) == [(29 * 24, 32 * 24)]


def test_a_camera_that_reports_every_hour_is_silent_after_half_a_day() -> None:
    hours = [float(hour) for hour in (*range(300), *range(312, 600))]
    assert silent(hours, 600) == [(299, 312)]
    assert silent([float(hour) for hour in (*range(300), *range(304, 600))], 600) == []


def test_a_camera_that_sends_by_chance_has_its_pauses() -> None:
    dice = Random(15)
    at, hours = 0.0, []
    while at < 24 * 200:
        hours.append(at)
        at += dice.expovariate(1 / 9)
    assert silent(hours, hours[-1], reports=False) == []
    kept = [hour for hour in hours if not 1200 <= hour < 1500]
    (found,) = silent(kept, kept[-1], reports=False)
    assert found[0] <= 1200 and found[1] >= 1500


def test_of_a_new_camera_nobody_knows_how_often_it_sends() -> None:
    assert silent([0.0, 20.0], 24 * 7, reports=False) == []
    assert silent([0.0, 20.0], 24 * 60, reports=False) == [(20, 24 * 60)]


def test_a_photo_that_comes_weeks_late_fills_a_silence_and_a_wrong_clock_does_not() -> None:
    hours = [24.0 * day for day in (*range(30), *range(40, 60))]
    late = tuple(Shot(NOON_S + day * DAY_S, NOON_S + 40 * DAY_S) for day in range(30, 40))
    span = (NOON_S, NOON_S + 59 * DAY_S)
    live = signs_of(facts(reports=told(*hours), shots=late), ())
    assert list(silences(live, span, UNKNOWN_H, FLOOR_H)) == []
    clock = WrongClock(NOON_S + 40 * DAY_S, NOON_S + 40 * DAY_S, 5 * DAY_S)
    wrong = tuple(Shot(NOON_S + 35 * DAY_S, NOON_S + 40 * DAY_S) for _ in range(3))
    assert (
        len(list(silences(signs_of(facts(reports=told(*hours), shots=wrong), (clock,)), span, UNKNOWN_H, FLOOR_H))) == 1
    )


def test_what_was_taken_from_a_card_is_a_sign_when_it_was_taken_alone() -> None:
    from_card = (Shot(NOON_S, NOON_S + 9 * DAY_S, is_live=False),)
    assert list(signs_of(facts(shots=from_card), ()).all_s) == [NOON_S]


def test_what_arrived_and_was_rejected_is_a_sign_as_well() -> None:
    assert list(signs_of(facts(heard_s=(NOON_S,)), ()).all_s) == [NOON_S]


def test_no_photo_is_taken_after_it_arrived() -> None:
    assert taken_s(Shot(NOON_S + HOUR_S, NOON_S), ()) is None
    assert taken_s(Shot(None, NOON_S), ()) is None
    assert taken_s(Shot(NOON_S + 60, NOON_S), ()) == NOON_S + 60


def test_a_report_was_written_when_it_says_unless_that_cannot_be() -> None:
    assert written_s(Told(NOON_S, NOON_S - DAY_S), ()) == NOON_S - DAY_S
    assert written_s(Told(NOON_S, NOON_S + DAY_S), ()) == NOON_S
    assert written_s(Told(NOON_S), ()) == NOON_S
    clock = WrongClock(NOON_S, NOON_S, DAY_S)
    assert written_s(Told(NOON_S, NOON_S - DAY_S), (clock,)) == NOON_S


def test_a_camera_is_silent_at_a_moment_or_not() -> None:
    signs = signs_of(facts(reports=told(*(24.0 * day for day in range(30)))), ())
    assert not is_silent(signs, NOON_S + 29 * DAY_S + 20 * HOUR_S, UNKNOWN_H, FLOOR_H)
    assert is_silent(signs, NOON_S + 32 * DAY_S, UNKNOWN_H, FLOOR_H)
    assert not is_silent(signs_of(facts(), ()), NOON_S, UNKNOWN_H, FLOOR_H)
