"""A camera's record may say from when on something is told of it."""

from typing import Any

import pytest

from ingest.alerts.bounds import bound, is_off, own_bounds
from ingest.settings.values import Alerts


def test_a_record_goes_before_the_settings() -> None:
    assert bound({"alerts": {"battery_percent": 50}}, Alerts(), "battery_percent") == 50
    assert bound({"alerts": {"battery_percent": 0}}, Alerts(), "battery_percent") == 0
    assert bound(None, Alerts(battery_percent=20), "battery_percent") == 20


@pytest.mark.parametrize(
    "own", [None, 7, [], {"battery_percent": "50"}, {"battery_percent": True}, {"battery_percent": -1}]
)
def test_what_is_no_bound_counts_as_none(own: Any) -> None:
    assert bound({"alerts": own}, Alerts(), "battery_percent") == 30


def test_a_rule_is_off_for_all_or_for_one_camera() -> None:
    assert is_off(None, Alerts(off=("clock",)), "clock")
    assert is_off({"alerts": {"off": ["clock"]}}, Alerts(), "clock")
    assert not is_off({"alerts": {"off": "clock"}}, Alerts(), "clock")
    assert not is_off({}, Alerts(), "clock")


def test_a_camera_s_own_bounds_are_those_that_it_has() -> None:
    assert own_bounds({"alerts": {"card_percent": 90, "silent_hours": "x", "other": 7}}) == {"card_percent": 90}
    assert own_bounds(None) == {}
