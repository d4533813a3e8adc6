"""What a report says about its camera: read as the shipped profile says, from reports as cameras write them."""

from zoneinfo import ZoneInfo

import pytest

from ingest.profiles.profile import FieldKind, FieldRule, Part
from ingest.profiles.sources import Subject
from ingest.reading.reports import read_report
from ingest.simulation.reports import willfine_report
from ingest.spool.sidecar import FieldValue
from ingest.verdict.report_fields import ReportReading, read_report_fields
from tests.samples.judging import shipped
from tests.samples.willfine import IMEI, WHEN

UTC = ZoneInfo("UTC")
TEXT = willfine_report(IMEI, WHEN).decode()
WHOLE: dict[str, FieldValue] = {
    "reported_at": "2026-04-30T15:46:07",
    "battery_percent": 60,
    "signal_csq": 31,
    "temperature_c": 24,
    "sd_free_mb": 59405,
    "sd_total_mb": 59628,
    "sd_used_percent": 0.4,
    "images_total": 159,
    "images_sent": 12,
    "latitude": 52.098737,
    "longitude": 5.125504,
}


def willfine() -> Part:
    (part,) = (one.report for one in shipped().profiles if one.id == "willfine-4.0t-cg")
    assert part
    return part


def reading_of(*changes: tuple[str, str]) -> ReportReading:
    """Read the good report with some of its text replaced."""
    text = TEXT
    for good, bad in changes:
        assert good in text
        text = text.replace(good, bad)
    return read_report_fields(willfine(), Subject("report", "a.txt", report=read_report(text.encode()).values), UTC)


def test_every_value_of_a_whole_report_is_read_and_the_camera_is_none_of_them() -> None:
    assert reading_of() == ReportReading(WHOLE)


def test_one_warning_names_all_that_is_missing_or_unreadable_and_the_rest_is_kept() -> None:
    reading = reading_of(("60%", "600%"), ("Total:159\n", ""), ("52.098737", "152.098737"), ("30/04/", "31/02/"))
    lost = {"battery_percent", "images_total", "latitude", "longitude", "reported_at"}
    assert reading.fields == {name: value for name, value in WHOLE.items() if name not in lost}
    (warning,) = reading.warnings
    assert warning.code == "unreadable_report_values"
    for said in (
        "battery_percent is `600%`",
        "images_total is missing",
        "the position is 152.098737",
        "reported_at is",
    ):
        assert said in warning.message


def test_what_the_camera_does_not_know_is_left_out_without_a_warning() -> None:
    reading = reading_of(("CSQ:31", "CSQ:99"))
    assert reading == ReportReading({name: value for name, value in WHOLE.items() if name != "signal_csq"})


@pytest.mark.parametrize("line", ["GPS:52.098737,5.125504\n", "52.098737,5.125504"])
def test_a_report_without_a_position_says_so(line: str) -> None:
    reading = reading_of((line, ""))
    assert "latitude" not in reading.fields and "longitude" not in reading.fields
    assert [warning.message for warning in reading.warnings] == ["Left out: the position is missing."]


def test_a_profile_that_reads_no_position_does_not_miss_one() -> None:
    part = willfine()
    fields = {name: rule for name, rule in part.fields.items() if name in ("camera_id", "battery_percent")}
    subject = Subject("report", "a.txt", report={"battery": "60%"})
    assert read_report_fields(Part((), fields), subject, UTC) == ReportReading({"battery_percent": 60})


def test_a_text_that_another_field_reads_is_not_lost_and_one_that_none_reads_is() -> None:
    kinds: dict[str, FieldKind] = {"battery_percent": "percent", "battery_volts": "volts"}
    part = Part((), {name: FieldRule(("report.battery",), kind) for name, kind in kinds.items()})

    def read(text: str) -> ReportReading:
        return read_report_fields(part, Subject("report", "a.txt", report={"battery": text}), UTC)

    assert read("60%") == ReportReading({"battery_percent": 60})
    assert read("11.8V") == ReportReading({"battery_volts": 11.8})
    assert read("60% (11.8V)") == ReportReading({"battery_percent": 60, "battery_volts": 11.8})
    (warning,) = read("low").warnings
    assert "battery_percent is `low`" in warning.message and "battery_volts is `low`" in warning.message


def test_free_and_total_in_lines_of_their_own_also_tell_how_full_the_card_is() -> None:
    kinds: dict[str, FieldKind] = {"sd_free_mb": "gigabytes", "sd_total_mb": "megabytes"}
    part = Part((), {name: FieldRule((f"report.{name}",), kind) for name, kind in kinds.items()})

    def read(free: str, total: str) -> ReportReading:
        report = {"sd_free_mb": free, "sd_total_mb": total}
        return read_report_fields(part, Subject("report", "a.txt", report=report), UTC)

    assert read("21,5", "29,696 MB").fields == {"sd_free_mb": 22016, "sd_total_mb": 29696, "sd_used_percent": 25.9}
    impossible = read("30", "29,696 MB")
    assert impossible.fields == {"sd_free_mb": 30720, "sd_total_mb": 29696}
    assert "sd_used_percent cannot be 30720 MB free of 29696 MB" in impossible.warnings[0].message
    assert read("21,5", "").fields == {"sd_free_mb": 22016}
