"""A camera's times: as many digits as the format says, and what a text says of its zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ingest.reading.camera_time import (
    CameraTime,
    NoTimeError,
    TimeFormat,
    in_zone,
    parse_offset,
    read_camera_time,
    time_format,
    time_text,
)

USUAL = "%Y:%m:%d %H:%M:%S"


def formats(*texts: str) -> tuple[TimeFormat, ...]:
    found = tuple(form for text in texts if (form := time_format(text)))
    assert len(found) == len(texts)
    return found


def read(text: str, *texts: str) -> str:
    """Return what a text says in ISO 8601."""
    time = read_camera_time(text, formats(*texts))
    assert time
    return time_text(time.local)


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("2026:11:21 01:15:30", USUAL, "2026-11-21T01:15:30"),
        ("2026:11:21   01:15:30", USUAL, "2026-11-21T01:15:30"),
        ("20261121011530", "%Y%m%d%H%M%S", "2026-11-21T01:15:30"),
        ("211126_1530", "%d%m%y_%H%M", "2026-11-21T15:30:00"),
        ("2026-11-21T01:15", "%Y-%m-%dT%H:%M", "2026-11-21T01:15:00"),
        ("20261121011530123", "%Y%m%d%H%M%S%f", "2026-11-21T01:15:30.123"),
        ("2026-11-21 01:15:30.1234", "%Y-%m-%d %H:%M:%S.%f", "2026-11-21T01:15:30.123400"),
        ("5/1/2026 9:05 pm", "%-d/%-m/%Y %-I:%M %p", "2026-01-05T21:05:00"),
        ("12/31/99 12:00:01 AM", "%m/%d/%y %I:%M:%S %p", "1999-12-31T00:00:01"),
        ("Sat 21 Nov 2026 01:15:30", "%a %d %b %Y %H:%M:%S", "2026-11-21T01:15:30"),
        ("21. NOVEMBER 2026 01:15", "%d. %B %Y %H:%M", "2026-11-21T01:15:00"),
        ("2026 366 01:15", "%Y %j %H:%M", None),
        ("2028 366 01:15", "%Y %j %H:%M", "2028-12-31T01:15:00"),
        ("100% 2026-11-21 01:15", "100%% %Y-%m-%d %H:%M", "2026-11-21T01:15:00"),
        ("1764949567", "epoch", "2025-12-05T15:46:07"),
        ("1764949567.25", "epoch", "2025-12-05T15:46:07.250"),
        ("1764949567123", "epoch_ms", "2025-12-05T15:46:07.123"),
    ],
)
def test_a_time_is_read_by_its_format(text: str, form: str, expected: str | None) -> None:
    if expected:
        assert read(text, form) == expected
    else:
        with pytest.raises(NoTimeError):
            read(text, form)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("202611210115", "%Y%m%d%H%M%S"),
        ("2026112101153", "%Y%m%d%H%M%S"),
        ("202611210115301", "%Y%m%d%H%M%S"),
        ("2026:11:21 01:15:3", USUAL),
        ("2026:1:21 01:15:30", USUAL),
        ("2026:11:21 01:15", USUAL),
        ("0000:00:00 00:00:00", USUAL),
        ("2026:02:30 00:00:00", USUAL),
        ("2026:11:21 24:00:00", USUAL),
        ("2026:11:21 01:60:00", USUAL),
        ("2026:11:21 01:15:60", USUAL),
        ("2026:11:21 13:15 PM", "%Y:%m:%d %I:%M %p"),
        ("2026:11:21 00:15 PM", "%Y:%m:%d %I:%M %p"),
        ("2026:11:21 01:15:30 PM", USUAL),
        ("2026:11:21 01:15:30+0100", USUAL),
        ("2026:11:21 01:15:30 12", USUAL),
        ("2026:11:21 01:15:30", USUAL + "%z"),
        ("2026:11:21 01:15:30+2500", USUAL + "%z"),
        ("٢٠٢٦:11:21 01:15:30", USUAL),
        ("1764949567123", "epoch"),
        ("1764949567", "epoch_ms"),
        ("0", "epoch"),
    ],
)
def test_what_does_not_fit_is_refused_with_value_and_format(text: str, form: str) -> None:
    with pytest.raises(NoTimeError) as caught:
        read(text, form)
    assert f"is `{text}`" in str(caught.value)
    assert f"({form})" in str(caught.value)


@pytest.mark.parametrize("tail", ["   :  ", " ", "\0\0", ":", " - - ", "\xff\xff"])
def test_what_is_left_of_something_that_the_camera_did_not_say_does_not_matter(tail: str) -> None:
    assert read("2026:07:14 20:19:45" + tail, USUAL) == "2026-07-14T20:19:45"


def test_formats_are_tried_in_order() -> None:
    both = ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M")
    assert read("06/01/2026 09:49", *both) == "2026-01-06T09:49:00"
    assert read("01/13/2026 09:49", *both) == "2026-01-13T09:49:00"
    with pytest.raises(
        NoTimeError, match=r"05/12/2025 15:46 \(%d/%m/%Y %H:%M\) or 12/05/2025 15:46 \(%m/%d/%Y %H:%M\)"
    ):
        read("13/13/2026 09:49", *both)


@pytest.mark.parametrize("text", ["", "    :  :     :  :  ", "--"])
def test_a_time_of_blanks_is_none(text: str) -> None:
    assert read_camera_time(text, formats(USUAL)) is None


@pytest.mark.parametrize(
    ("text", "hours"), [("Z", 0), ("UTC", 0), ("gmt", 0), ("+0000", 0), ("+01:00", 1), ("-0930", -9.5)]
)
def test_a_text_may_say_its_own_offset(text: str, hours: float) -> None:
    time = read_camera_time(f"2026-11-21T01:15:30{text}", formats("%Y-%m-%dT%H:%M:%S%z"))
    assert time
    assert (time_text(time.local), time.offset) == ("2026-11-21T01:15:30", timedelta(hours=hours))


@pytest.mark.parametrize(
    "form",
    [
        "",
        "%Q",
        "%",
        "%Y",
        "%Y:%m:%d",
        "%H:%M:%S",
        "%Y:%m:%d %H",
        "%Y:%m:%d %I:%M",
        "%Y:%m:%d %H:%M %p",
        "%Y:%m:%d %H:%M %d",
        "%-Y:%m:%d %H:%M",
        "%Y:%m:%d %H:%M %",
        "epoch ",
    ],
)
def test_what_is_no_format_of_year_to_minute_is_none(form: str) -> None:
    assert time_format(form) is None


def test_signs_of_patterns_in_a_format_stand_for_themselves() -> None:
    assert read("[2026.11.21] (01:15)", "[%Y.%m.%d] (%H:%M)") == "2026-11-21T01:15:00"
    with pytest.raises(NoTimeError):
        read("2026x11x21 01:15", "%Y.%m.%d %H:%M")


def test_a_time_that_counts_in_utc_is_told_in_the_cameras_zone() -> None:
    amsterdam = ZoneInfo("Europe/Amsterdam")
    counted = read_camera_time("1764949567", formats("epoch"))
    assert counted
    assert time_text(in_zone(counted, amsterdam)) == "2025-12-05T16:46:07"
    said = CameraTime(datetime(2025, 12, 5, 15, 46, 7))  # noqa: DTZ001 - a camera's clock has no zone
    assert in_zone(said, amsterdam) == said.local


@pytest.mark.parametrize("text", [None, "", "None", "+25:00", "+1", "01:00", "+01:75", "  :  "])
def test_what_is_no_offset_is_none(text: str | None) -> None:
    assert parse_offset(text) is None
