"""Times are found within names and texts, whole or as a day here and a clock there; counters are not."""

import pytest

from ingest.profiles.time_windows import find_windows


@pytest.mark.parametrize(
    ("text", "source", "read"),
    [
        ("a/MDAlarm_20261121-011530.jpg", "{time}", "2026-11-21T01:15:30"),
        ("2026/11/21/Gate_01_20261121011530.jpg", "{time}", "2026-11-21T01:15:30"),
        ("192.168.1.61_01_20261121011530123_X.jpg", "{time}", "2026-11-21T01:15:30.123000"),
        ("4C0/2026-11-21/001/jpg/01/15/30[M][0@0][0].jpg", "{date} {clock}", "2026-11-21T01:15:30"),
        ("cam7/2026-11-21/event93/01-15-30.jpg", "{date} {clock}", "2026-11-21T01:15:30"),
        ("21.11.45/north/01.15.30.jpg", "{date} {clock}", "2045-11-21T01:15:30"),
        ("20261121/north/011530.jpg", "{date} {clock}", "2026-11-21T01:15:30"),
        ("2026/11/21/01/15/30.jpg", "{time}", "2026-11-21T01:15:30"),
        ("IMG20261121T011530Z.jpg", "{time}", "2026-11-21T01:15:30"),
        ("20261121_0115.jpg", "{time}", "2026-11-21T01:15:00"),
        ("SN=ACCC8E123456 TS=2026-11-21 01:15:30", "{time}", "2026-11-21T01:15:30"),
    ],
)
def test_a_time_is_found_wherever_it_stands(text: str, source: str, read: str) -> None:
    window = find_windows([text])[0]
    assert (window.source, window.readings[0].times[0].isoformat()) == (source, read)


@pytest.mark.parametrize(
    "text",
    ["", "x", "IMG_0001.JPG", "06260001.JPG", "2026/11/21/0001.jpg", "861943070068027.jpg", "1" * 5000, "E1000159.JPG"],
)
def test_counters_days_alone_and_numbers_are_no_times(text: str) -> None:
    assert find_windows([text]) == []


def test_four_digits_behind_a_day_that_count_or_begin_with_zeros_are_no_clock() -> None:
    assert find_windows(["20261121_0001.jpg"]) == []
    assert find_windows(["20261121_1001.jpg", "20261121_1002.jpg", "20261121_1003.jpg"]) == []
    assert find_windows(["20261121_1001.jpg", "20261121_1005.jpg"]) != []


def test_a_time_must_stand_in_all_texts_and_the_exact_one_comes_first() -> None:
    assert find_windows(["a_20261121011530", "b"]) == []
    first, *_ = find_windows(["202611210115_20261121011530", "202611220115_20261122011530"])
    assert first.has_seconds
