"""Visits: what must be seen to now, and what will end within three weeks."""

from dataclasses import replace

from ingest.fleet.health import never_seen
from ingest.fleet.trend import Trend
from ingest.fleet.visits import visits
from tests.unit.webadmin.cameras.examples import judged
from tests.unit.webadmin.site import CAMERA


def test_what_ends_within_three_weeks_is_on_the_list() -> None:
    camera = replace(never_seen(CAMERA, {"name": "Oak"}), state="active")
    planned = visits([camera], lambda _: Trend(battery_days=12.2, sd_days=90))
    assert [one.words for one in planned[0].things] == ["Battery empty in about 12 days"]
    assert visits([camera], lambda _: Trend(battery_days=22)) == []
    assert visits([replace(camera, state="silent")], lambda _: Trend(battery_days=2)) == []


def test_a_battery_that_is_low_already_is_named_once() -> None:
    planned = visits([judged(battery_percent=9)], lambda _: Trend(battery_days=3, sd_days=20.6))
    assert [one.words for one in planned[0].things] == ["Battery at 9 %", "SD card full in about 21 days"]
    assert [one.task for one in planned[0].things] == ["Bring fresh batteries.", "Bring an empty SD card."]


def test_the_way_goes_to_the_most_urgent_first_and_then_by_name() -> None:
    moved = "[[52.01, 5.0], [52.01, 5.0]]"
    cameras = [
        judged({"name": "beech"}, battery_percent=9),
        judged({"name": "Ash"}, battery_percent=9),
        judged({"name": "Willow"}),
        judged({"name": "Oak"}, positions=moved),
    ]
    assert [visit.camera.name for visit in visits(cameras, lambda _: Trend())] == ["Oak", "Ash", "beech"]
