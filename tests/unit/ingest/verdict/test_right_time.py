"""The right time of a photo: by its camera's zone, never after its arrival; what a person says comes first."""
# ruff: noqa: DTZ001 - a camera's clock has no zone

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ingest.spool.clock_spans import ClockFault, ClockSpan
from ingest.spool.sidecar import Correction
from ingest.verdict.right_time import (
    ITSELF,
    Said,
    Undone,
    in_span,
    is_of_span,
    said_in,
    settled_notes,
    time_read,
    time_value,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FIRST, LATER, LAST = (f"2026-11-28T0{hour}:00:00.000000Z" for hour in (1, 2, 3))
SPAN = ClockSpan(ClockFault(behind_s=3600), datetime(2026, 4, 1), datetime(2026, 5, 1), "anna", LATER, "winter time")


def said(local: str = "2026-04-10T12:00:00", utc: str = "2026-04-10T10:00:00", late_s: int = 3700) -> Said:
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    return said_in(AMSTERDAM, datetime.fromisoformat(local), moment, moment + timedelta(seconds=late_s))


def note(value: Any, at: str, by: str = "ben") -> Correction:
    return Correction("captured_at", value, None, by, at)


TYPED = {"captured_at": "2026-04-10T12:34:00", "captured_at_utc": "2026-04-10T10:34:00Z"}


@pytest.mark.parametrize(
    ("one", "right", "utc"),
    [
        (said(), "2026-04-10T13:00:00", "2026-04-10T11:00:00Z"),
        # The zone's offset at the right time, not the one at the time that the clock said.
        (said("2026-03-01T12:00:00", "2026-03-01T11:00:00"), "2026-04-10T13:00:00", "2026-04-10T11:00:00Z"),
        # A photo that names its own offset keeps it.
        (said("2026-04-10T12:00:00", "2026-04-10T05:00:00"), "2026-04-10T13:00:00", "2026-04-10T06:00:00Z"),
        (Said(None, None, datetime(2026, 4, 10, tzinfo=UTC)), "2026-04-09T13:00:00.5", "2026-04-09T11:00:00.500Z"),
    ],
)
def test_a_time_is_told_with_its_moment_in_utc(one: Said, right: str, utc: str) -> None:
    value = time_value(datetime.fromisoformat(right), one, AMSTERDAM)
    assert value and (datetime.fromisoformat(value["captured_at"]), value["captured_at_utc"]) == (
        datetime.fromisoformat(right),
        utc,
    )


def test_beyond_the_calendar_there_is_no_moment() -> None:
    assert time_value(datetime(1, 1, 1), said(), ZoneInfo("Asia/Tokyo")) is None


@pytest.mark.parametrize(("late_s", "is_in"), [(3600 - 299, True), (3600 - 301, False), (86400, True)])
def test_no_photo_is_put_after_its_arrival(late_s: int, is_in: bool) -> None:
    assert (in_span(said(late_s=late_s), (SPAN,), AMSTERDAM) is not None) == is_in


def test_a_photo_of_the_span_gets_a_note_with_the_span_and_one_of_another_day_none() -> None:
    (found,) = settled_notes((), said(), (SPAN,), AMSTERDAM)
    assert found == Correction(
        "captured_at",
        {
            "captured_at": "2026-04-10T13:00:00",
            "captured_at_utc": "2026-04-10T11:00:00Z",
            "from": "2026-04-01T00:00:00",
            "until": "2026-05-01T00:00:00",
        },
        {"captured_at": "2026-04-10T12:00:00", "captured_at_utc": "2026-04-10T10:00:00Z"},
        "anna",
        LATER,
        "winter time",
    )
    assert is_of_span(found) and not is_of_span(note(TYPED, FIRST))
    assert settled_notes((found,), said(), (SPAN,), AMSTERDAM) == (found,)
    assert settled_notes((), said("2026-06-10T12:00:00", "2026-06-10T10:00:00"), (SPAN,), AMSTERDAM) == ()
    assert settled_notes((), Said(None, None, said().received_at), (SPAN,), AMSTERDAM) == ()


@pytest.mark.parametrize(
    ("notes", "gets_it"),
    [
        ((note(TYPED, FIRST),), False),
        ((note(TYPED, LAST),), False),
        ((note(TYPED, FIRST), note(None, FIRST)), True),
        ((note(TYPED, FIRST), note(None, LAST)), False),
        ((Correction("camera_id", "Y", "X", "ben", LAST),), True),
    ],
)
def test_what_was_said_of_one_photo_comes_first(notes: tuple[Correction, ...], gets_it: bool) -> None:
    settled = settled_notes(notes, said(), (SPAN,), AMSTERDAM)
    assert (len(settled) > len(notes)) == gets_it and settled[: len(notes)] == notes


def test_a_span_that_was_undone_is_taken_back_and_one_before_it_holds_again() -> None:
    notes = settled_notes((), said(), (SPAN,), AMSTERDAM)
    undone = Undone("cleo", LAST, "It was right.")
    taken_back = settled_notes(notes, said(), (), AMSTERDAM, undone)
    assert taken_back[-1] == Correction("captured_at", None, notes[-1].value, "cleo", LAST, "It was right.")
    assert settled_notes(taken_back, said(), (), AMSTERDAM, undone) == taken_back
    assert settled_notes(notes, said(), (), AMSTERDAM)[-1].by == ITSELF.by
    former = replace(SPAN, fault=ClockFault(behind_s=1800), at=FIRST)
    again = settled_notes(notes, said(), (former,), AMSTERDAM, undone)
    assert again[-1].value["captured_at"] == "2026-04-10T12:30:00" and again[-1].at == FIRST


def test_a_span_that_is_entered_after_one_was_taken_back_holds() -> None:
    notes = (note(TYPED, FIRST), note(None, FIRST))
    assert settled_notes(notes, said(), (SPAN,), AMSTERDAM)[-1].value["captured_at"] == "2026-04-10T13:00:00"


def test_what_the_camera_said_is_told_as_a_note_has_it() -> None:
    assert time_read(Said(None, None, said().received_at)) is None
    assert time_read(replace(said(), utc=None)) == {"captured_at": "2026-04-10T12:00:00", "captured_at_utc": None}
