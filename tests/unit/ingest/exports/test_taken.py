"""To which deployment a photo belongs."""

import pytest

from ingest.exports.camera_facts import Shot
from ingest.exports.deployments import Deployment
from ingest.exports.stays import ALWAYS_S, NEVER_S, Stay
from ingest.exports.taken import belonging
from ingest.exports.wrong_clocks import WrongClock
from tests.exported import DAY_S, HOUR_S, NOON_S, OAK


def deployment(name: str, first_day: int, last_day: int) -> Deployment:
    span = (NOON_S + first_day * DAY_S, NOON_S + last_day * DAY_S)
    return Deployment(name, "oak", span, Stay(ALWAYS_S, NEVER_S, OAK))


BOTH = [deployment("first", 0, 10), deployment("second", 20, 30)]
RESET = WrongClock(NOON_S + 5 * DAY_S, NOON_S + 6 * DAY_S, 2192 * DAY_S)


def taken(day: float, late_s: int = 30, *, is_live: bool = True) -> Shot:
    at = NOON_S + round(day * DAY_S)
    return Shot(at, at + late_s, is_live)


@pytest.mark.parametrize(
    ("shot", "expected", "code"),
    [
        (taken(3), "first", ""),
        (taken(0), "first", ""),
        (taken(10), "first", ""),
        (taken(25, 42 * DAY_S), "second", ""),
        (taken(-9), None, "before_first"),
        (taken(15), None, "between_sites"),
        (taken(35), None, "between_sites"),
        (taken(-0.02), "first", "outside"),
        (taken(10.02), "first", "outside"),
        (taken(-0.5, DAY_S * 3 // 4), "first", "outside"),
        (taken(-0.5, DAY_S * 3 // 4, is_live=False), None, "before_first"),
        (taken(5.5 - 2192, 2192 * DAY_S), "first", "wrong_day"),
        (Shot(None, NOON_S), None, "no_time"),
    ],
)
def test_the_time_that_can_be_believed_tells(shot: Shot, expected: str | None, code: str) -> None:
    found = belonging(shot, BOTH, [RESET], True)
    assert (found.deployment.id if found.deployment else None, found.code) == (expected, code)


def test_what_is_outside_says_so_in_its_row_and_what_is_an_hour_off_says_by_how_much() -> None:
    assert belonging(taken(-0.02), BOTH, [], True).comment.startswith("Not in its deployment's time")
    assert "2192 days behind" in belonging(taken(5.5 - 2192, 2192 * DAY_S), BOTH, [RESET], True).comment
    hour = WrongClock(NOON_S, NOON_S + 9 * DAY_S, HOUR_S)
    assert "1 h behind" in belonging(taken(3, HOUR_S), BOTH, [hour], True).comment
    assert belonging(taken(3), BOTH, [hour], True).comment == ""


def test_without_any_place_that_is_the_reason_and_a_reset_clock_away_from_its_sites_has_none() -> None:
    assert belonging(taken(3), [], [], False).code == "no_position"
    assert belonging(taken(3), [], [], True).code == "before_first"
    away = WrongClock(NOON_S + 14 * DAY_S, NOON_S + 16 * DAY_S, 2192 * DAY_S)
    assert belonging(taken(15 - 2192, 2192 * DAY_S), BOTH, [away], True).code == "between_sites"
