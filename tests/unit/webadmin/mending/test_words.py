"""Corrections in words: of a sidecar, and of the requests that made them."""

from typing import Any

import pytest

from ingest.spool.corrections import with_correction
from tests.unit.webadmin.site import accepted
from webadmin.mending.words import corrected_of, request_words

AT = "2026-04-01T12:00:00.000000Z"


def test_what_holds_for_a_file_is_told_with_what_it_was() -> None:
    file = with_correction(
        accepted(), "location", {"latitude": 1.5, "longitude": 2, "site": "Gate"}, "anna", AT, "moved"
    )
    told = corrected_of(file)
    assert list(told) == ["location"]
    one = told["location"]
    assert (one.title, one.now, one.was) == ("position", "1.50000, 2.00000 (Gate)", "52.09877, 5.12534")
    assert (one.by, one.at, one.why, one.is_span) == ("anna", AT, "moved", False)


def test_a_time_of_a_span_is_told_as_one() -> None:
    value = {
        "captured_at": "2026-04-01T13:00:00",
        "captured_at_utc": "2026-04-01T11:00:00Z",
        "from": "2026-04-01T00:00:00",
    }
    one = corrected_of(with_correction(accepted(), "captured_at", value, "anna", AT, ""))["captured_at"]
    assert (one.now, one.is_span) == ("1 Apr 2026, 13:00", True)


def test_nothing_corrected_is_nothing_told() -> None:
    assert corrected_of(accepted()) == {}
    assert corrected_of(None) == {}


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"action": "delete"}, ()),
        ({"action": "correct", "values": {"location": None}}, ("position as it was read",)),
        ({"action": "correct", "values": {"location": "camera"}}, ("position where the camera stood",)),
        (
            {"action": "correct", "values": {"camera_id": "X", "captured_at": {"swapped": True}}},
            ("camera X", "time mended: its clock was wrong, month and day are swapped"),
        ),
        ({"action": "correct", "what": "mood", "value": "x"}, ()),
        ({"action": "mend_clock", "fault": "nonsense"}, ()),
    ],
)
def test_a_request_says_what_it_wants_to_hold(request_: dict[str, Any], words: tuple[str, ...]) -> None:
    assert request_words(request_) == words
