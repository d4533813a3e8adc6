"""From one day until another."""

from datetime import date
from zoneinfo import ZoneInfo

from webadmin.days import Days, read_day, read_days


def test_days_are_those_of_the_cameras_zone_and_both_included() -> None:
    days = read_days({"since": "2026-03-28", "until": "2026-03-29"})
    assert days == Days(date(2026, 3, 28), date(2026, 3, 29)) and days.are_asked
    # The second day has 23 hours in Amsterdam.
    assert days.moments(ZoneInfo("Europe/Amsterdam")) == ("2026-03-27T23:00:00.000000Z", "2026-03-29T22:00:00.000000Z")


def test_one_end_is_enough_and_what_is_no_day_is_left_out() -> None:
    assert not read_days({"since": "x", "until": "1800-01-01"}).are_asked
    start, end = read_days({"until": "2026-03-29"}).moments(ZoneInfo("UTC"))
    assert start < "2020-01-02" and end == "2026-03-30T00:00:00.000000Z"
    assert read_day("2026-02-30") is None
