"""Days on which a camera took more than it may send."""

from bisect import bisect_right
from datetime import UTC

from ingest.exports.camera_facts import Told
from ingest.exports.limits import capped_spans
from tests.exported import DAY_S, HOUR_S, NOON_S

MIDNIGHT_S = NOON_S - 12 * HOUR_S


def year(per_day: list[tuple[int, int]]) -> tuple[list[Told], list[int]]:
    """Return reports of each evening, and the photos that came, of days with so many taken and sent."""
    taken_s: list[int] = []
    reports, total, sent = [], 0, 0
    for day, (taken, came) in enumerate(per_day):
        taken_s += [MIDNIGHT_S + day * DAY_S + (number + 1) * HOUR_S for number in range(came)]
        total, sent = total + taken, sent + came
        reports.append(Told(MIDNIGHT_S + day * DAY_S + 23 * HOUR_S, images_total=total, images_sent=sent))
    return reports, taken_s


def capped(per_day: list[tuple[int, int]]) -> list[tuple[float, float]]:
    reports, taken_s = year(per_day)
    found = capped_spans(reports, taken_s, UTC, (MIDNIGHT_S, MIDNIGHT_S + len(per_day) * DAY_S))
    return sorted({((since - MIDNIGHT_S) / HOUR_S, (until - MIDNIGHT_S) / HOUR_S) for (since, until), _ in found})


def test_each_capped_day_ends_with_its_last_photo() -> None:
    days = [(9, 9), (12, 12), (11, 6), (14, 6), (17, 6), (12, 12), (9, 9)]
    assert capped(days) == [(2 * 24 + 6, 72), (3 * 24 + 6, 96), (4 * 24 + 6, 120)]


def test_a_camera_that_sends_nothing_of_what_it_takes_is_capped_all_day() -> None:
    assert capped([(9, 9), (8, 8), (5, 0), (6, 0), (7, 0), (9, 9)]) == [(48, 72), (72, 96), (96, 120)]


def test_two_days_the_same_number_by_chance_or_nothing_left_unsent_are_no_limit() -> None:
    assert capped([(9, 9), (9, 6), (9, 6), (8, 8), (9, 9)]) == []
    assert capped([(6, 6), (6, 6), (6, 6), (6, 6), (6, 6)]) == []
    assert capped([(9, 5), (9, 6), (9, 7), (9, 4), (9, 5)]) == []


def test_what_comes_later_from_the_card_leaves_no_limit() -> None:
    reports, taken_s = year([(9, 9), (12, 12), (11, 6), (14, 6), (17, 6), (12, 12)])
    for day, more in ((2, 5), (3, 8), (4, 11)):
        taken_s += [MIDNIGHT_S + day * DAY_S + 12 * HOUR_S + number * 60 for number in range(more)]
    taken_s.sort()
    assert list(capped_spans(reports, taken_s, UTC, (MIDNIGHT_S, MIDNIGHT_S + 6 * DAY_S))) == []
    assert bisect_right(taken_s, MIDNIGHT_S) == 0


def test_counters_that_begin_anew_each_day_count_what_they_say() -> None:
    reports = [
        Told(MIDNIGHT_S + day * DAY_S + 23 * HOUR_S, images_total=9 + day % 2, images_sent=5) for day in range(9)
    ]
    taken_s = [MIDNIGHT_S + day * DAY_S + (number + 1) * HOUR_S for day in range(9) for number in range(5)]
    found = list(capped_spans(reports, taken_s, UTC, (MIDNIGHT_S, MIDNIGHT_S + 9 * DAY_S)))
    assert {limit for _, limit in found} == {5}


def test_without_counters_nothing_is_known() -> None:
    assert list(capped_spans([Told(NOON_S)] * 9, [], UTC, (NOON_S, NOON_S + DAY_S))) == []
