"""How a clock may be wrong, by name."""
# ruff: noqa: DTZ001 - a camera's clock has no zone

from datetime import datetime, timedelta

import pytest

from ingest.fleet.clock_faults import USUAL, fault_words, is_wrong, proposals
from ingest.spool.clock_spans import ClockFault

ARRIVED = datetime(2026, 9, 4, 10, 2)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (datetime(2026, 9, 4, 9, 1), ["1 h behind (daylight saving time)"]),
        (datetime(2026, 9, 4, 11, 1), ["1 h ahead (daylight saving time)"]),
        (datetime(2026, 9, 3, 22, 1), ["12 h behind (AM and PM are swapped)"]),
        (datetime(2026, 9, 4, 3, 50), ["6 h behind (another time zone)"]),
        (datetime(2026, 4, 9, 10, 1), ["month and day are swapped"]),
        (datetime(2025, 9, 4, 10, 1), ["1 year behind (the wrong year)"]),
        (datetime(2028, 9, 4, 10, 1), ["2 years ahead (the wrong year)"]),
        (datetime(2015, 1, 1), []),
        (datetime(2026, 9, 4, 10, 1), []),
        (datetime(2026, 9, 4, 9, 50), []),
    ],
)
def test_each_usual_fault_is_proposed_by_its_name(said: datetime, words: list[str]) -> None:
    assert [one.words for one in proposals(said, ARRIVED)] == words


def test_a_photo_of_new_year_s_eve_may_have_the_wrong_year_of_the_day_before() -> None:
    said, arrived = datetime(2024, 12, 31, 23, 59), datetime(2026, 1, 1, 0, 2)
    assert [one.right for one in proposals(said, arrived)] == [datetime(2025, 12, 31, 23, 59)]


def test_the_29th_of_february_is_in_no_other_year() -> None:
    assert proposals(datetime(2024, 2, 29, 10), datetime(2025, 3, 1, 10)) == ()


def test_no_proposal_puts_a_photo_after_its_arrival() -> None:
    for minutes in range(-48 * 60, 48 * 60, 7):
        said = ARRIVED + timedelta(minutes=minutes)
        rights = [one.right for one in proposals(said, ARRIVED)]
        assert all(right - ARRIVED <= timedelta(minutes=5) for right in rights)
        assert not rights or is_wrong(said, ARRIVED)


def test_each_usual_fault_has_words_of_its_own() -> None:
    assert len({fault_words(one) for one in USUAL}) == len(USUAL)
    assert fault_words(ClockFault(behind_s=-3 * 86400 - 3661, behind_years=-2)) == (
        "2 years ahead (the wrong year), and 3 days 1 h 1 min ahead"
    )
