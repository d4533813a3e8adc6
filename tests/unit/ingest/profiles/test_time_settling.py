"""The day is told from the month by what agrees with one reading and with no other; else a person is asked."""

from datetime import UTC, datetime

from ingest.profiles.drafts import Given
from ingest.profiles.time_formats import readings_of
from ingest.profiles.time_settling import arrivals, ask, settle
from ingest.reading.facts import Facts

BOTH = readings_of(["01062026011530", "01072026011530"])


def given(*moments: datetime | None) -> list[Given]:
    return [Given("a.jpg", Facts("image", 1), arrived=moment) for moment in moments]


def test_files_that_came_soon_after_one_reading_settle_it() -> None:
    hints = arrivals(given(datetime(2026, 1, 6, 8, tzinfo=UTC), None))
    settled = settle(BOTH, hints)
    assert settled is not None
    assert settled.order == "mdy"


def test_without_hints_late_files_and_both_readings_near_settle_nothing() -> None:
    assert settle(BOTH, []) is None
    assert settle(BOTH, arrivals(given(datetime(2026, 5, 1, tzinfo=UTC), None))) is None
    near = readings_of(["02012026011530"])
    assert settle(near, arrivals(given(datetime(2026, 1, 2, tzinfo=UTC)))) is not None
    twice = readings_of(["01012026011530"])
    assert settle(twice, arrivals(given(datetime(2026, 1, 1, 2, tzinfo=UTC)))) is None


def test_the_question_shows_the_file_in_which_the_readings_differ_most() -> None:
    assert "1 July 2026, 01:15 or 7 January 2026, 01:15" in ask(BOTH)
    assert "day first or month first" in ask(readings_of(["01012026011530"]))
