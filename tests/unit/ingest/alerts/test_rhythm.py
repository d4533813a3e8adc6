"""A camera's silence is judged by how often it was heard of."""

from datetime import UTC, datetime, timedelta

import pytest

from ingest.alerts.rhythm import HOURS_MAX, Rhythm, awake_h, merged, rhythm_of
from ingest.index.contacts import Contacts

START = datetime(2026, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def heard(*hours: float) -> Contacts:
    return Contacts("oak", None, tuple((START + one * HOUR, START + one * HOUR) for one in hours))


def learned(*hours: float, away: tuple[tuple[float, float], ...] = ()) -> Rhythm:
    spans = [(START + since * HOUR, START + until * HOUR) for since, until in away]
    return rhythm_of(heard(*hours), spans, 24.0, 168.0)


def test_a_camera_that_reports_daily_is_silent_soon_after_it_should_have() -> None:
    found = learned(*(24 * day for day in range(40)))
    assert found == Rhythm(24.0, 25.0) and found.overdue_h == 24.5


def test_a_camera_that_sends_by_chance_gets_more_time() -> None:
    hours = (0, 3, 20, 31, 70, 72, 90, 130, 135, 160, 170, 220)
    assert learned(*hours).usual_h == 50.0
    assert learned(*hours).silent_h > 100.0


def test_no_camera_is_silent_before_the_floor_nor_later_than_a_month() -> None:
    assert learned(*range(100)).silent_h == 24.0
    assert learned(*(0, 1, 2, 3, 400, 1100, 2000, 3100)).silent_h == HOURS_MAX


@pytest.mark.parametrize(
    ("hours", "silent_h"),
    [((0,), 336.0), ((0, 24, 48, 72, 96), 168.0), ((0, 24, 48), 504.0), ((0, 10), 504.0), ((0, 1, 3, 9, 20), 168.0)],
)
def test_a_camera_that_is_new_gets_a_week_or_what_suits_the_little_that_is_known(
    hours: tuple[float, ...], silent_h: float
) -> None:
    assert learned(*hours).silent_h == silent_h


def test_one_long_silence_does_not_make_a_camera_one_that_is_seldom_heard() -> None:
    days = [24.0 * day for day in range(20)] + [24.0 * day for day in range(40, 60)]
    assert learned(*days) == Rhythm(24.0, 25.0)


def test_what_could_not_be_heard_is_no_gap() -> None:
    days = [24.0 * day for day in range(20)] + [24.0 * day for day in range(22, 40)]
    assert learned(*days, away=((24 * 19 + 10, 24 * 21 + 10),)) == Rhythm(24.0, 25.0)


def test_time_away_is_taken_off_once() -> None:
    spans = merged([(START + 2 * HOUR, START + 4 * HOUR), (START + 3 * HOUR, START + 5 * HOUR), (START - HOUR, START)])
    assert awake_h((START, START + 10 * HOUR), spans) == 7.0
    assert awake_h((START + 6 * HOUR, START + 10 * HOUR), spans) == 4.0
