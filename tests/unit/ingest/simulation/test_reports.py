"""Simulated reports are read as the shipped profiles read real ones: every value comes out as it went in."""

from datetime import datetime
from typing import Any

import pytest

from ingest.simulation.photos import simulated_imei
from ingest.simulation.reports import swift_report, swift_report_name, willfine_report, willfine_report_name
from tests.samples.judging import codes, judge

WHEN = datetime(2026, 4, 30, 15, 46, 7)  # noqa: DTZ001 - a camera's clock has no zone
IMEI = simulated_imei(7)
COUNTS: dict[str, Any] = {
    "battery_percent": 7,
    "signal_csq": 0,
    "temperature_c": -12,
    "sd_free_mb": 1,
    "sd_total_mb": 1000,
    "images_total": 0,
    "images_sent": 3,
}
DERIVED = {"reported_at": "2026-04-30T15:46:07", "sd_used_percent": 99.9}


@pytest.mark.parametrize(("latitude", "longitude"), [(52.5, 5.25), (-33.5, -70.25), (0.0, -0.5)])
def test_every_report_is_recognised_and_every_value_is_read(latitude: float, longitude: float) -> None:
    position = {"latitude": latitude, "longitude": longitude}
    willfine = judge(
        willfine_report(IMEI, WHEN, **COUNTS, latitude=latitude, longitude=longitude), willfine_report_name(IMEI, WHEN)
    )
    swift = judge(
        swift_report(IMEI, WHEN, **COUNTS, latitude=latitude, longitude=longitude), swift_report_name(IMEI, WHEN)
    )
    assert [willfine.profile, swift.profile] == ["willfine-4.0t-cg", "swift-enduro-4.0pcg-r"]
    for sidecar in (willfine, swift):
        assert (sidecar.verdict, sidecar.camera_id, codes(sidecar)) == ("accepted", IMEI, [])
        assert sidecar.fields == {**COUNTS, **DERIVED, **position}


def test_seconds_of_a_swift_position_are_whole_and_carried_over() -> None:
    text = swift_report(IMEI, WHEN, latitude=-32.99999, longitude=0.99986).decode()
    assert "GPS:S33*00'00\" E0*59'59\"\n" in text


def test_a_swift_camera_without_a_name_is_as_good() -> None:
    assert b"CamID:\n" in swift_report(IMEI, WHEN, camera_name="")
    assert judge(swift_report(IMEI, WHEN, camera_name=""), "a.txt").camera_id == IMEI
