"""When a camera's clock was wrong, as it is proposed from what arrived: each span with its fault by name."""
# ruff: noqa: DTZ001 - a camera's clock has no zone

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ingest.requests.clock_spans import Photo
from webadmin.mending.proposed_spans import proposed_spans

ZONE = ZoneInfo("Africa/Nairobi")
START = datetime(2026, 5, 2, 8, 0)
ROAD = timedelta(minutes=1, seconds=20)


def photos(count: int, error: timedelta, start: datetime = START, step: timedelta = timedelta(hours=6)) -> list[Photo]:
    """Return photos that a clock took which was `error` behind."""
    found = []
    for number in range(count):
        right = start + step * number
        arrived = (right + ROAD).replace(tzinfo=ZONE)
        found.append(Photo(f"{number}", right - error, None, arrived, None, is_mended=False, is_live=True))
    return found


def swapped(count: int, start: datetime = START) -> list[Photo]:
    right = [start + timedelta(days=1) * number for number in range(count)]
    return [
        Photo("", at.replace(month=at.day, day=at.month), None, (at + ROAD).replace(tzinfo=ZONE), None, False, True)
        for at in right
    ]


def test_an_hour_that_was_not_put_forward_is_a_span_that_goes_on() -> None:
    right = photos(4, timedelta(), START - timedelta(days=3))
    (found,) = proposed_spans([*right, *photos(12, timedelta(hours=1))], ZONE)
    assert found.words == "1 h behind (daylight saving time)"
    assert (found.value, found.photos) == ("behind_s:3600", 12)
    assert (found.start, found.end, found.said) == (START, None, START - timedelta(hours=1))


def test_a_span_that_is_over_has_an_end() -> None:
    wrong = photos(12, timedelta(hours=-12))
    after = photos(4, timedelta(), START + timedelta(days=5))
    (found,) = proposed_spans([*wrong, *after], ZONE)
    assert (found.words, found.end) == (
        "12 h ahead (AM and PM are swapped)",
        START + timedelta(hours=66, minutes=1),
    )


def test_the_wrong_year_and_swapped_days_have_names() -> None:
    year = photos(5, START - START.replace(year=2025))
    (found,) = proposed_spans(year, ZONE)
    assert found.value == "behind_years:1"
    (days,) = proposed_spans(swapped(6), ZONE)
    assert (days.value, days.photos, days.start) == ("swapped:1", 5, START)  # nobody sees it on 5 May


def test_a_clock_that_is_wrong_by_what_has_no_name_is_wrong_by_minutes() -> None:
    (found,) = proposed_spans(photos(12, timedelta(hours=2, minutes=13)), ZONE)
    assert (found.words, found.start) == ("2 h 14 min behind", START + timedelta(minutes=1))


def test_the_last_photos_are_proposed_though_they_are_too_few_to_be_sure_of() -> None:
    right = photos(4, timedelta(), START - timedelta(days=3))
    (found,) = proposed_spans([*right, *photos(5, timedelta(hours=1), step=timedelta(minutes=5))], ZONE)
    assert (found.value, found.photos, found.end) == ("behind_s:3600", 5, None)
    assert proposed_spans([*right, *photos(3, timedelta(hours=7), step=timedelta(seconds=1))], ZONE) == ()


def test_a_right_clock_late_photos_and_what_is_mended_tell_nothing() -> None:
    assert proposed_spans(photos(12, timedelta()), ZONE) == ()
    assert proposed_spans([], ZONE) == ()
    wrong = photos(12, timedelta(hours=1))
    mended = [Photo(**vars(one) | {"is_mended": True}) for one in wrong]
    by_hand = [Photo(**vars(one) | {"is_live": False}) for one in wrong]
    assert proposed_spans([*mended, *by_hand], ZONE) == ()
    late = [one for hours in (7, 3, 5) for one in photos(1, timedelta(hours=hours), START + timedelta(days=hours))]
    assert proposed_spans([*photos(8, timedelta()), *late], ZONE) == ()


def test_two_wrong_times_are_two_spans_the_last_first() -> None:
    first, later = photos(12, timedelta(hours=1)), photos(12, timedelta(hours=-12), START + timedelta(days=20))
    found = proposed_spans([*first, *later], ZONE)
    assert [(one.value, one.end is None) for one in found] == [("behind_s:-43200", True), ("behind_s:3600", False)]
