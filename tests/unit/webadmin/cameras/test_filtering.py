"""Which cameras a filter shows, and in what order."""

import pytest

from ingest.fleet.health import never_seen
from tests.unit.webadmin.cameras.examples import judged
from webadmin.cameras.filtering import SORTS, FleetFilter, matching, tally

FLEET = (
    judged({"name": "Beech", "notes": "Key 14"}, camera_id="3", battery_percent=20, signal_csq=99),
    judged({"name": "ash"}, camera_id="2", last_received_at="2026-05-01T11:00:00Z", images_accepted=9),
    judged(camera_id="1", sd_used_percent=70.0, signal_csq=3, positions="[[52.3, 5.4]]"),
    never_seen("4", {"name": "Spare"}),
)


def _ids(wanted: FleetFilter) -> str:
    return "".join(camera.id for camera in matching(FLEET, wanted))


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("attention", "2314"),
        ("name", "1234"),
        ("contact", "3124"),
        ("silence", "2314"),
        ("battery", "3214"),
        ("signal", "1234"),
        ("sd", "1324"),
        ("photos", "2314"),
    ],
)
def test_every_order_begins_with_what_it_is_for_and_ends_with_the_unknown(sort: str, ids: str) -> None:
    assert sort in SORTS
    assert _ids(FleetFilter(sort=sort)) == ids


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (FleetFilter(show="attention"), "23"),
        (FleetFilter(show="battery"), "3"),
        (FleetFilter(show="silent"), "2"),
        (FleetFilter(show="never"), "4"),
        (FleetFilter(q="KEY bee"), "3"),
        (FleetFilter(q="key oak"), ""),
        (FleetFilter(q="4"), "34"),
        (FleetFilter(box=(52.2, 5.3, 52.4, 5.5)), "1"),
        (FleetFilter(box=(52.2, 5.5, 52.4, 6.5)), ""),
        (FleetFilter(box=(52.4, 5.3, 52.6, 5.5)), ""),
        (FleetFilter(show="active", box=(51.9, 4.9, 52.1, 5.1)), "3"),
    ],
)
def test_a_filter_shows_only_what_it_asks_for(wanted: FleetFilter, ids: str) -> None:
    assert _ids(wanted) == ids


def test_a_camera_is_found_as_its_files_call_it() -> None:
    called = (judged(camera_id="Hoehle", called=("Höhle",)), *FLEET)
    assert [camera.title for camera in matching(called, FleetFilter(q="höhle"))] == ["Höhle"]


def test_a_silent_camera_is_counted_once() -> None:
    assert tally(FLEET) == {"attention": 2, "active": 2, "silent": 1, "battery": 1, "never": 1}
    assert tally([]) == {"attention": 0}
