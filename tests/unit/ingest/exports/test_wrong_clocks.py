"""When a camera's clock was wrong: told from photos that are only late."""

from random import Random

import pytest

from ingest.exports.camera_facts import Shot
from ingest.exports.wrong_clocks import clock_of, wrong_clocks
from tests.exported import DAY_S, HOUR_S, NOON_S, facts, shots, told


def off(hours: list[float], error_s: int) -> tuple[Shot, ...]:
    """Return photos that came at once, of a clock that is so far behind."""
    moments = [NOON_S + round(hour * HOUR_S) for hour in hours]
    return tuple(Shot(at - error_s, at + 30) for at in moments)


def test_a_clock_that_is_right_is_no_wrong_one() -> None:
    assert wrong_clocks(facts(shots=shots(*range(0, 240, 7)))) == ()


@pytest.mark.parametrize(
    "error_s",
    [2192 * DAY_S, -30 * DAY_S, 3 * DAY_S, HOUR_S, -2 * HOUR_S, 12 * HOUR_S],
    ids=["reset by 2,192 days", "a month ahead", "three days behind", "summer time", "another zone", "am and pm"],
)
def test_a_clock_that_is_wrong_by_the_same_for_days_is_found_with_its_error(error_s: int) -> None:
    wrong = off([100 + number * 5.5 for number in range(20)], error_s)
    (found,) = wrong_clocks(facts(shots=(*shots(*range(0, 99, 7)), *wrong, *shots(*range(220, 300, 7)))))
    assert abs(found.error_s - error_s) <= 60 and found.is_other_day == (abs(error_s) > DAY_S)
    assert (found.since_s, found.until_s) == (wrong[0].received_s, wrong[-1].received_s)
    assert all(clock_of([found], shot) == found for shot in wrong)


def test_one_photo_alone_tells_where_it_is_from_the_future_or_years_old() -> None:
    for error_s in (2192 * DAY_S, -40 * DAY_S):
        (found,) = wrong_clocks(facts(shots=(*shots(0, 24, 48), *off([72], error_s))))
        assert abs(found.error_s - error_s) <= 60


def test_a_clock_that_loses_its_date_each_night_is_one_that_is_never_right() -> None:
    dice = Random(15)
    lost = [off([24.0 * day + 3], round(dice.uniform(3000, 6000)) * DAY_S)[0] for day in range(40)]
    right = shots(*range(24 * 50, 24 * 60, 7))
    (found,) = wrong_clocks(facts(shots=(*lost, *right)))
    assert found.is_other_day and found.varies_s > 1000 * DAY_S
    assert all(clock_of([found], shot) for shot in lost) and not any(clock_of([found], shot) for shot in right)


def test_reports_tell_of_a_clock_where_there_is_no_photo() -> None:
    wrong = tuple(one for one in told(*range(0, 240, 24)))
    moved = tuple(type(one)(one.received_s, (one.reported_s or 0) - 2192 * DAY_S) for one in wrong)
    (found,) = wrong_clocks(facts(reports=moved))
    assert found.error_s == 2192 * DAY_S


@pytest.mark.parametrize("in_order", [True, False])
def test_photos_that_come_late_all_at_once_are_of_no_wrong_clock(in_order: bool) -> None:
    dice = Random(15)
    taken = sorted(NOON_S + dice.uniform(0, 42 * DAY_S) for _ in range(500))
    if not in_order:
        dice.shuffle(taken)
    late = tuple(Shot(round(at), NOON_S + 42 * DAY_S + number * 20) for number, at in enumerate(taken))
    assert wrong_clocks(facts(shots=(*shots(0, 24, 48), *late))) == ()


def test_a_camera_that_sends_once_a_day_has_no_wrong_clock() -> None:
    dice = Random(15)
    batches = tuple(
        Shot(NOON_S + day * DAY_S - round(dice.uniform(0, DAY_S)), NOON_S + day * DAY_S + number * 30)
        for day in range(60)
        for number in range(8)
    )
    assert wrong_clocks(facts(shots=batches)) == ()


def test_what_a_person_uploads_tells_nothing_of_the_clock() -> None:
    from_card = tuple(Shot(one.captured_s, one.received_s, is_live=False) for one in off([0, 5, 10, 50], 90 * DAY_S))
    assert wrong_clocks(facts(shots=from_card)) == ()
    assert clock_of([], from_card[0]) is None
