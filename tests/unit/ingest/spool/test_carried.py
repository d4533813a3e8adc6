"""When a camera was carried about, in its record."""
# ruff: noqa: DTZ001 - a camera's clock has no zone

from datetime import datetime
from typing import Any

import pytest

from ingest.spool.carried import Carried, carried_in, with_carried, without_carried

NINE, TEN = datetime(2026, 4, 1, 9), datetime(2026, 4, 1, 10)
WAY = Carried(NINE, TEN, "anna", "2026-04-01T12:00:00.000000Z")


def test_a_way_is_entered_once_and_taken_away_and_the_rest_of_the_record_stays() -> None:
    record = with_carried(with_carried({"name": "Oak"}, Carried(NINE, NINE)), WAY)
    assert carried_in(record) == (WAY,)
    assert record["name"] == "Oak"
    assert without_carried(record, TEN) == record
    assert without_carried(record, NINE) == {"name": "Oak"}


def test_both_ends_are_on_the_way() -> None:
    assert [WAY.holds(at) for at in (NINE, TEN, TEN.replace(second=1), NINE.replace(day=2))] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "record",
    [
        None,
        {},
        {"carried": "often"},
        {"carried": [7, {}, {"from": "spring", "until": "autumn"}, {"from": "2026-04-01T09:00:00"}]},
        {"carried": [{"from": "2026-04-01T09:00:00Z", "until": "2026-04-01T10:00:00Z"}]},
    ],
)
def test_what_cannot_be_read_is_passed_over(record: dict[str, Any] | None) -> None:
    assert carried_in(record) == ()
