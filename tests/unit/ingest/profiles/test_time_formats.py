"""Formats are found by the values: every spelling that cameras have, and both orders where both fit."""

import pytest

from ingest.profiles.time_formats import readings_of


@pytest.mark.parametrize(
    ("text", "form", "read"),
    [
        ("2026:11:21 01:15:30", "%Y:%m:%d %H:%M:%S", "2026-11-21T01:15:30"),
        ("2026:11:21 01:15:30   :", "%Y:%m:%d %H:%M:%S", "2026-11-21T01:15:30"),
        ("2026:11:21 01:15:30+0000", "%Y:%m:%d %H:%M:%S%z", "2026-11-21T01:15:30"),
        ("2026-11-21T01:15:30Z", "%Y-%m-%dT%H:%M:%S%z", "2026-11-21T01:15:30"),
        ("2026-11-21 01:15:30.123", "%Y-%m-%d %H:%M:%S.%f", "2026-11-21T01:15:30.123000"),
        ("2026-11-21 01/15/30", "%Y-%m-%d %H/%M/%S", "2026-11-21T01:15:30"),
        ("2026/1121/011530", "%Y/%m%d/%H%M%S", "2026-11-21T01:15:30"),
        ("20261121-011530", "%Y%m%d-%H%M%S", "2026-11-21T01:15:30"),
        ("20261121011530", "%Y%m%d%H%M%S", "2026-11-21T01:15:30"),
        ("20261121011530123", "%Y%m%d%H%M%S%f", "2026-11-21T01:15:30.123000"),
        ("202611210115", "%Y%m%d%H%M", "2026-11-21T01:15:00"),
        ("21112026011530", "%d%m%Y%H%M%S", "2026-11-21T01:15:30"),
        ("11212026011530", "%m%d%Y%H%M%S", "2026-11-21T01:15:30"),
        ("1795223730", "epoch", "2026-11-21T01:15:30"),
        ("1795223730000", "epoch_ms", "2026-11-21T01:15:30"),
        ("21 Nov 2026 01:15:30", "%d %b %Y %H:%M:%S", "2026-11-21T01:15:30"),
        ("November 21, 2026 01:15", "%B %d, %Y %H:%M", "2026-11-21T01:15:00"),
        ("11/21/2026  1:15:30 PM", "%m/%d/%Y %-I:%M:%S %p", "2026-11-21T13:15:30"),
        ("21.1.2026 9:01", "%-d.%-m.%Y %-H:%M", "2026-01-21T09:01:00"),
        ("01:15:30 2026-11-21", "%H:%M:%S %Y-%m-%d", "2026-11-21T01:15:30"),
        ("100% 2026-11-21", "", ""),
        ("2026:11:21 01:15:3", "", ""),
        ("2026:11:21", "", ""),
        ("0000:00:00 00:00:00", "", ""),
        ("    :  :     :  :  ", "", ""),
        ("861943070068027", "", ""),
        ("2026032009012", "", ""),
        ("", "", ""),
        ("1" * 2000, "", ""),
    ],
)
def test_the_digits_and_what_stands_between_them_decide(text: str, form: str, read: str) -> None:
    found = [(one.formats[0], one.times[0].isoformat()) for one in readings_of([text])]
    assert found == ([(form, read)] if form else [])


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("01062026011530", ["dmy", "mdy"]),
        ("05/05/2025 15:46:47", ["dmy", "mdy"]),
        ("26-11-21 01-15-30", ["ymd", "dmy"]),
        ("211126153000", ["ymd", "dmy"]),
        ("11-11-11 01:15:30", ["ymd", "dmy", "mdy"]),
    ],
)
def test_where_several_orders_fit_all_are_told_also_where_they_read_the_same_day(text: str, orders: list[str]) -> None:
    assert [one.order for one in readings_of([text])] == orders


def test_one_file_with_a_day_over_twelve_decides_for_all() -> None:
    (only,) = readings_of(["01062026011530", "02202026094914"])
    assert (only.order, only.times[0].isoformat()) == ("mdy", "2026-01-06T01:15:30")


def test_single_figures_in_one_file_make_a_format_that_reads_both() -> None:
    (only,) = readings_of(["5.12.2025 9:01", "15.12.2025 19:01", "25.1.2025 19:01"])
    assert only.formats_text == '"%-d.%-m.%Y %-H:%M"'


def test_two_spellings_of_one_camera_are_a_list_of_formats() -> None:
    (only,) = readings_of(["2026:11:21 01:15:30", "2026:11:21 01:15:30.5"])
    assert only.formats_text == '["%Y:%m:%d %H:%M:%S", "%Y:%m:%d %H:%M:%S.%f"]'
    assert only.has_seconds


def test_one_that_is_no_time_makes_all_of_them_none() -> None:
    assert readings_of(["2026:11:21 01:15:30", "?"]) == []
    assert readings_of([]) == []


def test_of_a_colon_and_another_mark_the_colon_is_the_clocks() -> None:
    assert [one.formats for one in readings_of(["21.11.2026 01:15"])] == [("%d.%m.%Y %H:%M",)]
    assert [one.formats for one in readings_of(["2026:11:21 01:15"])] == [("%Y:%m:%d %H:%M",)]
