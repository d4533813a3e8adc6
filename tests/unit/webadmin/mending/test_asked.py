"""What a form asks to correct is read into the values of a request, or refused in words."""
# ruff: noqa: DTZ001 - a camera's clock has no zone

from datetime import datetime

import pytest

from ingest.spool.clock_spans import ClockFault
from webadmin.mending.asked import AskedError, fault_text, read_asked, read_fault, read_moment


def spelled(typed: str) -> str | None:
    return typed.upper() if typed.isalnum() else None


def test_each_value_is_read_and_empty_fields_ask_for_nothing() -> None:
    form = {"to": " oak ", "time_typed": "2026-04-01T14:00", "position": "52,1, 5,2", "why": " because "}
    asked = read_asked(form, spelled)
    assert asked.values == {
        "camera_id": "OAK",
        "captured_at": "2026-04-01T14:00:00",
        "location": {"latitude": 52.1, "longitude": 5.2},
    }
    assert asked.why == "because"
    assert read_asked({"place": "camera", "time": "", "to": ""}, spelled).values == {"location": "camera"}
    assert read_asked({"time": "swapped:1", "time_typed": "2026-01-01"}, spelled).values == {
        "captured_at": {"swapped": True}
    }


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"place": "", "time": ""},
        {"to": "a b"},
        {"position": "0, 0"},
        {"place": "typed"},
        {"time": "typed"},
        {"time": "behind_s:1e9"},
        {"time": "behind_s:0"},
        {"time": "mood:1"},
        {"time_typed": "14:00 o'clock"},
    ],
)
def test_what_is_not_understood_is_a_sentence(form: dict[str, str]) -> None:
    with pytest.raises(AskedError, match=r"[a-z].*[.]$"):
        read_asked(form, spelled)


@pytest.mark.parametrize(
    "fault", [ClockFault(behind_s=-7), ClockFault(behind_years=2), ClockFault(swapped=True), ClockFault(60, -1, True)]
)
def test_a_fault_goes_through_a_field(fault: ClockFault) -> None:
    assert read_fault(fault_text(fault)) == fault


def test_a_moment_is_that_of_the_camera_s_clock_whatever_zone_is_typed() -> None:
    assert read_moment("2026-04-01T14:00:05+02:00", "start") == datetime(2026, 4, 1, 14, 0, 5)
