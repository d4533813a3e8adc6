"""Spans of time."""

from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from ingest.alerts.rhythm import merged
from ingest.exports.spans import HOUR_S, at_s, clipped, days_of, length_s, moment, without

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)],
    ids=["clocks go forward", "clocks go back", "any other"],
)
def test_a_day_has_as_many_hours_as_clocks_give_it(day: str, hours: int) -> None:
    noon = at_s(datetime.fromisoformat(f"{day}T12:00:00"), AMSTERDAM)
    ((found, span),) = days_of((noon, noon + 1), AMSTERDAM)
    assert found == date.fromisoformat(day) and length_s([span]) == hours * HOUR_S


def test_days_follow_each_other_without_a_gap() -> None:
    since, until = (at_s(datetime.fromisoformat(day), AMSTERDAM) for day in ("2026-03-01", "2026-11-30"))
    days = list(days_of((since, until), AMSTERDAM))
    assert len(days) == 274 and all(one[1][1] == later[1][0] for one, later in pairwise(days))


def test_where_clocks_change_by_half_an_hour_days_are_whole_all_the_same() -> None:
    zone = ZoneInfo("Australia/Lord_Howe")
    noon = at_s(datetime.fromisoformat("2026-04-05T12:00:00"), zone)
    ((_, span),) = days_of((noon, noon + 1), zone)
    assert length_s([span]) == 24.5 * HOUR_S


def test_what_is_left_of_a_span_and_its_holes_make_it_whole() -> None:
    holes = merged([(2, 4), (3, 5), (9, 12)])
    rest = list(without((0, 10), holes))
    assert rest == [(0, 2), (5, 9)]
    assert length_s(rest) + length_s(clipped(holes, (0, 10))) == 10


def test_a_moment_is_read_back_in_its_zone() -> None:
    local = datetime.fromisoformat("2026-07-01T12:00:00")
    assert moment(at_s(local, AMSTERDAM), AMSTERDAM).replace(tzinfo=None) == local
