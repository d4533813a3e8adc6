"""Fields: text to values with units, and the first source that has one."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ingest.profiles.profile import FieldKind, FieldRule
from ingest.profiles.sources import Subject
from ingest.reading.camera_time import time_format
from ingest.verdict.fields import CONSTANT, UnreadableValueError, find_field, find_time, read_field


def read(kind: FieldKind, text: str, form: str | None = None) -> object:
    formats = tuple(found for found in (time_format(form or ""),) if found)
    return read_field(FieldRule(("report.x",), kind, formats), Subject("report", "a.txt", report={"x": text}))


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("percent", "60%", 60),
        ("percent", "60 %", 60),
        ("percent", "100", 100),
        ("percent", "12.5%", 12.5),
        ("csq", "0", 0),
        ("csq", "31", 31),
        ("csq", "99", None),
        ("celsius", "24℃", 24),
        ("celsius", "24℃ ", 24),
        ("celsius", "24°C", 24),
        ("celsius", "24.5", 24.5),
        ("celsius", "-7 Celsius Degree", -7),
        ("celsius", "21 Celsius Degree", 21),
        ("celsius", "24?", 24),
        ("celsius", "75℉", 23.9),
        ("celsius", "75 F", 23.9),
        ("celsius", "75°F", 23.9),
        ("celsius", "32 Fahrenheit Degree", 0),
        ("celsius", "24℃/75℉", 24),
        ("celsius", "24 ℃(75 ℉)", 24),
        ("celsius", "75 Fahrenheit / 24 Celsius", 23.9),
        ("celsius", "24ºC", 24),
        ("celsius", "75ºF", 23.9),
        ("sd_free", "59405M/59628M", 59405),
        ("sd_total", "59405M/59628M", 59628),
        ("sd_used", "59405M/59628M", 0.4),
        ("sd_used", "0M/100M", 100.0),
        ("sd_free", "58.5G/59G", 59904),
        ("sd_total", "512 MB / 1 GB", 1024),
        ("integer", "0067", 67),
        ("number", "-32.5", -32.5),
        ("text", "WBC 398", "WBC 398"),
        ("location", "52.098737,5.125504", (52.098737, 5.125504)),
        ("text", "", None),
        ("percent", "60% (11.8V)", 60),
        ("bars", "3/4", 75),
        ("volts", "60% (11.8V)", 11.8),
        ("dbm", "-71dBm", -71),
        ("megabytes", "59,405M", 59405),
        ("gigabytes", "21,5", 22016),
        ("sd_free_gb", "21/31", 21504),
        ("sd_total_gb", "21/31", 31744),
        ("integer", "1,159", 1159),
        ("degrees", "52,1N", 52.1),
        ("location", "52.1N 5.1E", (52.1, 5.1)),
    ],
)
def test_values(kind: FieldKind, text: str, value: object) -> None:
    assert read(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("percent", "101%"),
        ("percent", "-1%"),
        ("percent", "half"),
        ("csq", "32"),
        ("csq", "-5"),
        ("celsius", "warm"),
        ("celsius", "24 Kelvin"),
        ("celsius", "24ÿ"),
        ("celsius", "999℃"),
        ("sd_free", "59628M/59405M"),
        ("sd_used", "0M/0M"),
        ("sd_free", "59405K/59628K"),
        ("sd_free", f"{'9' * 400}M/{'9' * 400}M"),
        ("sd_used", f"{'9' * 400}M/{'9' * 400}M"),
        ("integer", "1.5"),
        ("integer", "9" * 5000),
        ("number", "nan"),
        ("number", "1e5"),
        ("number", "٣"),
    ],
)
def test_what_cannot_be_the_value_is_unreadable(kind: FieldKind, text: str) -> None:
    with pytest.raises(UnreadableValueError, match=r"^is `.*`; expected .+"):
        read(kind, text)


def test_dates_are_naive_and_may_have_two_spaces() -> None:
    expected = datetime(2026, 3, 10, 9, 1, 26)  # noqa: DTZ001 - a camera's clock has no zone
    assert read("datetime", "10/03/2026  09:01:26", "%d/%m/%Y %H:%M:%S") == expected
    assert read("datetime", "  /  /     :  :  ", "%d/%m/%Y %H:%M:%S") is None
    with pytest.raises(UnreadableValueError, match="05/12/2025"):
        read("datetime", "31/02/2026 00:00:00", "%d/%m/%Y %H:%M:%S")


@pytest.mark.parametrize(
    ("sub_second", "expected"), [("12", 120_000), (5, 500_000), ("1234567", 123_456), ("", 0), ("  ", 0), ("x", 0)]
)
def test_the_fraction_of_a_second_beside_a_date_is_kept(sub_second: object, expected: int) -> None:
    form = time_format("%Y:%m:%d %H:%M:%S")
    assert form
    exif = {"DateTimeOriginal": "2026:03:10 09:01:26", "SubsecTimeOriginal": sub_second, "SubsecTime": "9"}
    found = find_time(FieldRule(("exif.DateTimeOriginal",), "datetime", (form,)), Subject("image", "", exif=exif))
    assert found
    assert (found[0].local.second, found[0].local.microsecond, found[1]) == (26, expected, "exif.DateTimeOriginal")


def test_a_value_is_found_with_the_source_that_had_it() -> None:
    subject = Subject("image", "", "gate-7", {"CameraSerialNumber": " \0"})
    rule = FieldRule(("exif.CameraSerialNumber", "account"), "text")
    assert find_field(rule, subject) == ("gate-7", "account")
    assert find_field(FieldRule((), "text", value="gate-7"), subject) == ("gate-7", CONSTANT)
    assert find_field(FieldRule(("exif.CameraSerialNumber",), "text"), subject) is None


def test_a_counted_time_of_a_report_is_told_in_utc_or_in_the_zone_of_its_profile() -> None:
    form = time_format("epoch")
    assert form
    subject = Subject("report", "", report={"x": "1764949567"})
    for zone, hour in ((None, 15), (ZoneInfo("Europe/Amsterdam"), 16)):
        rule = FieldRule(("report.x",), "datetime", (form,), zone=zone)
        assert read_field(rule, subject) == datetime(2025, 12, 5, hour, 46, 7)  # noqa: DTZ001 - as above


def test_the_first_source_that_yields_a_value_is_used() -> None:
    rule = FieldRule(("report.a", "report.b", "report.c"), "integer")
    assert read_field(rule, Subject("report", "", report={"a": "", "b": "x", "c": "7"})) == 7
    assert read_field(rule, Subject("report", "", report={})) is None
    with pytest.raises(UnreadableValueError, match="`x`"):
        read_field(rule, Subject("report", "", report={"b": "x", "c": "y"}))
