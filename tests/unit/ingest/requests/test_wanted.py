"""What a person wants corrected is understood or refused in words, and becomes notes in one sidecar."""
# ruff: noqa: DTZ001 - a camera's clock has no zone

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ingest.requests.wanted import THE_CAMERAS, Surroundings, Wanted, noted, said_of, wanted_by
from ingest.spool.clock_spans import ClockFault
from ingest.spool.corrections import corrected, correction_of
from ingest.spool.sidecar import Sidecar
from ingest.spool.sites import Site
from tests.spools import make_sidecar

AT = "2026-11-27T01:00:00.000000Z"
GATE, FORD = Site(52.09, 5.12, "Gate"), Site(52.2, 5.2, "Ford")
AROUND = Surroundings(
    lambda camera, _: ZoneInfo("Africa/Nairobi" if camera == "Y" else "Europe/Amsterdam"),
    lambda camera, at: FORD if camera == "Y" or (at and at.day > 2) else GATE,
)


def photo(**changes: Any) -> Sidecar:
    values = {
        "captured_at": "2026-04-02T10:00:00",
        "captured_at_utc": "2026-04-02T08:00:00Z",
        "received_at": "2026-09-05T08:00:00.000000Z",
        "camera_id": "X",
        "latitude": 52.09,
        "longitude": 5.12,
    }
    return make_sidecar(**{**values, **changes})


def note(sidecar: Sidecar, **values: Any) -> Sidecar:
    new = noted(sidecar, Wanted(values, "anna", AT, "why"), AROUND)
    assert isinstance(new, Sidecar), new
    return new


def test_a_request_is_read_with_what_it_lacks() -> None:
    assert wanted_by({"what": "camera_id"}) == Wanted({"camera_id": None})
    assert wanted_by({"values": {"captured_at": "2026-04-01T12:00"}}).values == {
        "captured_at": datetime(2026, 4, 1, 12)
    }
    assert wanted_by({"values": {"captured_at": {"behind_years": 1}}}).values == {"captured_at": ClockFault(0, 1)}
    assert wanted_by({"what": "camera_id", "value": "Y", "why": "x" * 900}).why == "x" * 500


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({}, "Only camera_id, captured_at, location can be corrected."),
        ({"mood": "sad"}, "Only camera_id, captured_at, location can be corrected."),
        ({"camera_id": "../x"}, "'../x' cannot be the camera_id of a file; expected the ID of a camera."),
        ({"location": {"latitude": 0, "longitude": 0}}, "expected a latitude and a longitude that are not both 0"),
        ({"location": {"latitude": 91, "longitude": 0}}, "cannot be the location"),
        ({"location": {"latitude": True, "longitude": 1}}, "cannot be the location"),
        ({"location": {"latitude": 1.5}}, "cannot be the location"),
        ({"location": [1, 2]}, "cannot be the location"),
        ({"captured_at": "soon"}, "expected a local time such as 2026-04-01T14:00:00, or how the clock is wrong"),
        ({"captured_at": "2026-04-01T14:00:00+02:00"}, "cannot be the captured_at"),
        ({"captured_at": {"behind_s": 0}}, "cannot be the captured_at"),
        ({"captured_at": 5}, "cannot be the captured_at"),
    ],
)
def test_what_cannot_be_is_told_with_what_was_expected(values: dict[str, Any], problem: str) -> None:
    assert problem in (wanted_by({"values": values}).objection or "")


@pytest.mark.parametrize(
    "values", [{"camera_id": None}, {"location": None, "captured_at": None}, {"captured_at": {"swapped": True}}]
)
def test_what_can_be_wanted_meets_no_objection(values: dict[str, Any]) -> None:
    assert wanted_by({"values": values}).objection is None


def test_a_time_is_that_of_the_zone_of_the_camera_that_the_photo_is_given_to() -> None:
    new = note(photo(), camera_id="Y", captured_at=datetime(2026, 4, 5, 14))
    assert corrected(new).captured_at_utc == "2026-04-05T11:00:00Z"
    assert corrected(note(photo(), captured_at=datetime(2026, 4, 5, 14))).captured_at_utc == "2026-04-05T12:00:00Z"


def test_each_photo_s_own_time_is_mended_by_a_fault() -> None:
    fault = ClockFault(swapped=True)
    new = note(photo(captured_at="2026-09-04T10:00:00", captured_at_utc="2026-09-04T08:00:00Z"), captured_at=fault)
    assert corrected(new).captured_at == "2026-04-09T10:00:00"


@pytest.mark.parametrize(
    ("changes", "value", "words"),
    [
        ({}, datetime(2026, 10, 1), "2026-10-01 00:00:00 in Europe/Amsterdam is after its arrival"),
        ({"captured_at": None, "captured_at_utc": None}, ClockFault(3600), "It has no time that could be mended so"),
        ({"captured_at": "2026-04-23T10:00:00"}, ClockFault(swapped=True), "It has no time that could be mended so"),
        ({"kind": "report"}, datetime(2026, 4, 1), "Only the time of a photo"),
        ({}, datetime(1, 1, 1), "beyond the calendar"),
    ],
)
def test_what_cannot_be_for_one_photo_is_told(changes: dict[str, Any], value: Any, words: str) -> None:
    told = noted(photo(**changes), Wanted({"captured_at": value, "camera_id": "Z"}, "anna", AT), AROUND)
    assert isinstance(told, str) and words in told


OF_SITE = {"sources": {"location": "record"}}


def test_the_position_of_a_site_follows_the_time_and_the_camera_and_comes_back() -> None:
    at_ford = note(photo(**OF_SITE), captured_at=datetime(2026, 4, 3, 9))
    held = correction_of(at_ford, "location")
    assert held and held.value == {"latitude": 52.2, "longitude": 5.2, "site": "Ford"}
    assert corrected(note(at_ford, captured_at=None)).latitude == 52.09
    assert corrected(note(photo(**OF_SITE), camera_id="Y")).latitude == 52.2
    assert corrected(note(photo(), camera_id="Y", captured_at=datetime(2026, 4, 3, 9))).latitude == 52.09


def test_a_position_that_a_person_gave_stays_whatever_the_time_becomes() -> None:
    typed = note(photo(**OF_SITE), location={"latitude": 1.5, "longitude": 2.5})
    assert corrected(note(typed, captured_at=datetime(2026, 4, 3, 9))).latitude == 1.5


def test_the_position_of_its_camera_is_that_of_its_site_then_else_that_of_its_last_photos() -> None:
    late = note(photo(captured_at="2026-04-03T10:00:00"), location=THE_CAMERAS)
    held = correction_of(late, "location")
    assert held and held.value == {"latitude": 52.2, "longitude": 5.2, "site": "Ford"}
    nowhere = Surroundings(AROUND.zone, lambda *_: None)
    wanted = Wanted({"location": THE_CAMERAS}, "anna", AT)
    told = noted(photo(), wanted, nowhere)
    assert isinstance(told, str) and told.startswith("Nobody knows where X stood then")
    seen = noted(photo(), wanted, replace(nowhere, position=lambda camera: (1.5, 2.5) if camera == "X" else None))
    assert isinstance(seen, Sidecar) and (corrected(seen).latitude, corrected(seen).longitude) == (1.5, 2.5)


def test_what_holds_already_needs_no_note() -> None:
    sidecar = photo()
    assert note(sidecar, camera_id="X", location={"latitude": 52.09, "longitude": 5.12}) is sidecar
    once = note(sidecar, captured_at=datetime(2026, 4, 3, 9))
    assert note(once, captured_at=datetime(2026, 4, 3, 9)) is once


def test_people_read_what_holds_now() -> None:
    wanted = Wanted({"location": {"latitude": 1.5, "longitude": 2.5}}, "anna", AT)
    assert said_of(wanted)(note(photo(), **wanted.values)) == "Its position is 1.5, 2.5 now."
    assert said_of(Wanted({"location": None}))(photo()) == "Its position is as it was read."
    both = Wanted({"location": None, "captured_at": None})
    assert said_of(both)(photo()) == "Its time and position are as they were read."
    assert said_of(Wanted({"camera_id": "Y"}))(note(photo(), camera_id="Y")) == "Its camera id is Y now."
