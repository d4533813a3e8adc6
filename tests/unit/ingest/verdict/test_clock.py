"""The camera's clock beside ours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ingest.settings.values import Clock
from ingest.verdict.clock import offset_warnings, plausibility_warnings, to_utc

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SUMMER = datetime(2026, 7, 1, 12)  # noqa: DTZ001 - a camera's clock has no zone
WINTER = datetime(2026, 1, 1, 12)  # noqa: DTZ001 - a camera's clock has no zone
FIRST, LAST = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59)  # noqa: DTZ001 - as above
ARRIVAL = datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_the_zone_counts_with_its_summer_time() -> None:
    assert to_utc(SUMMER, None, AMSTERDAM) == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert to_utc(WINTER, None, AMSTERDAM) == datetime(2026, 1, 1, 11, tzinfo=UTC)


def test_the_photos_own_offset_wins() -> None:
    assert to_utc(SUMMER, timedelta(hours=-3, minutes=-30), AMSTERDAM) == datetime(2026, 7, 1, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        pytest.param("2026-10-25T00:31:00Z", "2026-10-25T00:30:00Z", id="at once, in the first hour"),
        pytest.param("2026-10-25T01:24:00Z", "2026-10-25T00:30:00Z", id="late, in the first hour"),
        pytest.param("2026-10-25T01:26:00Z", "2026-10-25T01:30:00Z", id="at once, of a clock that is a little ahead"),
        pytest.param("2026-10-25T01:31:00Z", "2026-10-25T01:30:00Z", id="at once, in the second hour"),
        pytest.param("2026-10-25T02:29:59Z", "2026-10-25T01:30:00Z", id="late, in the second hour"),
        pytest.param("2026-10-27T12:00:00Z", "2026-10-25T00:30:00Z", id="days later: nobody knows"),
    ],
)
def test_of_the_hour_that_comes_twice_the_arrival_tells_which(received: str, expected: str) -> None:
    half_past_two = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001 - a camera's clock has no zone
    found = to_utc(half_past_two, None, AMSTERDAM, datetime.fromisoformat(received))
    assert found == datetime.fromisoformat(expected)


def test_an_hour_that_never_was_is_read_as_before_the_change() -> None:
    half_past_two = datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001 - a camera's clock has no zone
    arrival = datetime(2026, 3, 29, 1, 31, tzinfo=UTC)
    assert to_utc(half_past_two, None, AMSTERDAM, arrival) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_the_ends_of_the_calendar_have_no_utc() -> None:
    assert to_utc(LAST, timedelta(hours=-1), AMSTERDAM) is None
    assert to_utc(FIRST, timedelta(hours=1), AMSTERDAM) is None


def test_an_offset_that_disagrees_at_that_moment_is_told() -> None:
    assert offset_warnings(SUMMER, timedelta(hours=2), AMSTERDAM) == []
    assert offset_warnings(SUMMER, None, AMSTERDAM) == []
    (warning,) = offset_warnings(WINTER, timedelta(hours=2), AMSTERDAM)
    assert "UTC+02:00, but for Europe/Amsterdam it is UTC+01:00" in warning.message


@pytest.mark.parametrize(
    ("captured", "expected"),
    [
        (ARRIVAL, None),
        (ARRIVAL + timedelta(minutes=10), None),
        (ARRIVAL + timedelta(minutes=11), "11 minutes after"),
        (ARRIVAL + timedelta(hours=12), "12 hours after"),
        (ARRIVAL - timedelta(days=30), None),
        (ARRIVAL - timedelta(days=31), "31 days before"),
    ],
)
def test_a_clock_far_off_is_told(captured: datetime, expected: str | None) -> None:
    warnings = plausibility_warnings(captured, ARRIVAL, Clock())
    assert [expected in warning.message for warning in warnings if expected] == ([True] if expected else [])
    assert len(warnings) == (expected is not None)


def test_a_camera_on_local_time_is_told_of_the_setting_too() -> None:
    (two_hours,) = plausibility_warnings(ARRIVAL + timedelta(hours=2), ARRIVAL, Clock())
    assert "the time zone on the camera's page" in two_hours.message
    (a_year,) = plausibility_warnings(ARRIVAL + timedelta(days=365), ARRIVAL, Clock())
    assert "time_zone" not in a_year.message
