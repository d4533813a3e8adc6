"""The faults that explain the times of photos, the one that explains most of them first."""
# ruff: noqa: DTZ001 - a camera's clock has no zone

from datetime import datetime, timedelta

from webadmin.mending.choices import CHOICES_MAX, Shot, time_choices

ARRIVED = datetime(2026, 9, 4, 10, 2)


def shots(*errors: timedelta) -> list[Shot]:
    return [Shot(ARRIVED - one - timedelta(minutes=1), ARRIVED) for one in errors]


def test_each_fault_is_counted_and_tells_the_right_time_of_the_first_photo() -> None:
    day, night = timedelta(hours=1), timedelta(hours=-12)
    found = time_choices([*shots(night), *shots(day), *shots(day)])
    assert [(one.value, one.photos) for one in found] == [("behind_s:3600", 2), ("behind_s:-43200", 1)]
    assert found[0].words == "1 h behind (daylight saving time)"
    assert found[0].right == ARRIVED - timedelta(minutes=1)


def test_photos_of_a_right_clock_and_without_a_time_have_none() -> None:
    assert time_choices([*shots(timedelta()), Shot(None, ARRIVED)]) == ()


def test_a_few_are_shown() -> None:
    every = [*shots(*(timedelta(hours=number) for number in range(1, 9)))]
    assert len(time_choices(every)) == CHOICES_MAX


def test_month_and_day_swapped_and_the_wrong_year_are_proposed_by_name() -> None:
    (swapped,) = time_choices([Shot(datetime(2026, 4, 9, 10), ARRIVED)])
    (year,) = time_choices([Shot(datetime(2025, 9, 4, 10), ARRIVED)])
    assert (swapped.value, swapped.right) == ("swapped:1", datetime(2026, 9, 4, 10))
    assert (year.value, year.right) == ("behind_years:1", datetime(2026, 9, 4, 10))
