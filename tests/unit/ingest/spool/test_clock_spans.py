"""How a clock was wrong, and for which photos: as a record says it, and as people may have written it by hand."""

from datetime import datetime
from typing import Any

import pytest

from ingest.spool.clock_spans import (
    ClockFault,
    ClockSpan,
    clock_spans_in,
    fault_entry,
    fault_in,
    span_over,
    with_clock_span,
    without_clock_span,
)

AN_HOUR = ClockFault(behind_s=3600)
AT = "2026-11-28T01:00:00.000000Z"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def span(fault: ClockFault, start: str, end: str | None, at: str = AT) -> ClockSpan:
    return ClockSpan(fault, moment(start), moment(end) if end else None, "anna", at, "winter time")


WINTER = span(AN_HOUR, "2026-03-29T03:00", "2026-10-25T03:00")


@pytest.mark.parametrize(
    ("fault", "said", "right"),
    [
        (AN_HOUR, "2026-04-01T23:30:05", "2026-04-02T00:30:05"),
        (ClockFault(behind_s=-12 * 3600), "2026-04-02T06:00", "2026-04-01T18:00"),
        (ClockFault(behind_years=1), "2025-11-20T08:00", "2026-11-20T08:00"),
        (ClockFault(behind_years=1), "2024-02-29T08:00", None),
        (ClockFault(swapped=True), "2026-09-04T08:00", "2026-04-09T08:00"),
        (ClockFault(swapped=True), "2026-09-14T08:00", None),
        (ClockFault(behind_s=3600, behind_years=10), "2016-12-31T23:30", "2027-01-01T00:30"),
        (ClockFault(behind_years=100), "9990-01-01T00:00", None),
    ],
)
def test_what_a_clock_said_is_mended(fault: ClockFault, said: str, right: str | None) -> None:
    assert fault.mended(moment(said)) == (moment(right) if right else None)


def test_a_span_is_of_the_right_time_from_its_start_until_before_its_end() -> None:
    assert WINTER.mended(moment("2026-03-29T01:59:59")) is None
    assert WINTER.mended(moment("2026-03-29T02:00")) == moment("2026-03-29T03:00")
    assert WINTER.mended(moment("2026-10-25T02:00")) is None
    assert span(AN_HOUR, "2026-03-29T03:00", None).mended(moment("2030-01-01T00:00")) == moment("2030-01-01T01:00")


def test_photos_of_a_right_clock_are_in_no_span_of_one_that_was_reset() -> None:
    reset = span(ClockFault(behind_years=11), "2026-11-01T00:00", "2026-11-12T00:00")
    assert span_over((reset,), moment("2015-11-03T10:00")) == (reset, moment("2026-11-03T10:00"))
    assert span_over((reset,), moment("2026-11-03T10:00")) is None


def test_of_two_spans_the_one_entered_last_counts() -> None:
    other = span(ClockFault(behind_s=7200), "2026-05-01T00:00", "2026-06-01T00:00", "2026-11-28T02:00:00.000000Z")
    found = span_over((WINTER, other), moment("2026-05-10T10:00"))
    assert found == (other, moment("2026-05-10T12:00"))


def test_a_record_keeps_spans_and_everything_else() -> None:
    record = with_clock_span({"name": "Gate", "sites": []}, WINTER)
    assert record["clock_spans"] == [
        {
            "from": "2026-03-29T03:00:00",
            "until": "2026-10-25T03:00:00",
            "behind_s": 3600,
            "by": "anna",
            "at": AT,
            "why": "winter time",
        }
    ]
    assert clock_spans_in(record) == (WINTER,)
    assert with_clock_span(record, WINTER) == record
    assert without_clock_span(record, AT) == {"name": "Gate", "sites": []}
    assert without_clock_span(record, "another") == record


@pytest.mark.parametrize(
    "change",
    [
        {"behind_s": 0},
        {"behind_s": "3600"},
        {"behind_s": True},
        {"behind_s": 10**12},
        {"behind_years": 4000},
        {"swapped": "yes"},
        {"from": None},
        {"from": "soon"},
        {"until": "2026-10-25T03:00:00Z"},
        {"by": 5},
    ],
)
def test_what_cannot_be_a_span_is_passed_over(change: dict[str, Any]) -> None:
    entry = {**with_clock_span({}, WINTER)["clock_spans"][0], **change}
    assert clock_spans_in({"clock_spans": [entry, "nonsense", None]}) == ()
    assert clock_spans_in({"clock_spans": 5}) == clock_spans_in(None) == ()


@pytest.mark.parametrize("fault", [AN_HOUR, ClockFault(behind_years=-1), ClockFault(swapped=True)])
def test_a_fault_comes_back_from_its_entry(fault: ClockFault) -> None:
    assert fault_in(fault_entry(fault)) == fault
