"""What is wrong with cameras, each with the right words and bounds."""

from datetime import timedelta
from typing import Any

import pytest

from ingest.alerts.cameras import camera_troubles, is_wrong_twice
from ingest.alerts.trouble import Trouble
from ingest.fleet.attention import Refusal
from ingest.fleet.causes import Cause
from ingest.fleet.trend import Trend
from ingest.index.feeds import Sighting
from ingest.settings.values import Alerts
from ingest.spool.stamp import utc_text
from tests.unit.ingest.alerts.cases import DAY, HOUR, NOW, camera, facts, incident


def found(cameras: dict[str, Any] | None = None, **changes: Any) -> list[Trouble]:
    return list(camera_troubles(facts(cameras=cameras or camera(), **changes)))


def keys(*args: Any, **changes: Any) -> list[str]:
    return [one.key for one in found(*args, **changes)]


def test_of_a_healthy_camera_nothing_is_told() -> None:
    assert found() == []


@pytest.mark.parametrize(("percent", "level"), [(29, 1.0), (10, 2.0), (0, 2.0)])
def test_a_battery_below_its_bound_is_told_and_an_empty_one_is_worse(percent: int, level: float) -> None:
    (one,) = found(camera(name="Oak", battery_percent=percent))
    assert (one.key, one.level, one.cameras) == ("battery:oak", level, ("oak",))
    assert one.title == f"Oak: battery at {percent} %" and one.task == "Bring fresh batteries."


def test_a_battery_that_trembles_around_its_bound_is_one_trouble() -> None:
    assert keys(camera(battery_percent=31)) == []
    assert keys(camera(battery_percent=34), open=[incident("battery:oak")]) == ["battery:oak"]
    assert keys(camera(battery_percent=35), open=[incident("battery:oak")]) == []


def test_a_battery_that_will_be_empty_soon_is_told_before() -> None:
    (one,) = found(camera(battery_percent=44), trends={"oak": Trend(battery_days=9.6)})
    assert one.sentence.endswith("is at 44 % and will be empty in about 10 days.")
    assert keys(camera(battery_percent=44), trends={"oak": Trend(battery_days=15)}) == []
    still = {"trends": {"oak": Trend(battery_days=15)}, "open": [incident("battery:oak")]}
    assert keys(camera(battery_percent=44), **still) == ["battery:oak"]


def test_a_camera_has_bounds_of_its_own() -> None:
    records = {"oak": {"alerts": {"battery_percent": 50, "card_percent": 95}}}
    assert keys(camera(battery_percent=44, sd_used_percent=90.0), records=records) == ["battery:oak"]
    assert keys(camera(battery_percent=1), records={"oak": {"alerts": {"off": ["battery"]}}}) == []
    assert keys(camera(battery_percent=44), settings=Alerts(battery_percent=60)) == ["battery:oak"]


@pytest.mark.parametrize(("used", "expected"), [(80.0, []), (81.0, ["card:oak"])])
def test_a_full_card_is_told(used: float, expected: list[str]) -> None:
    assert keys(camera(sd_used_percent=used)) == expected
    assert keys(camera(sd_used_percent=76.0), open=[incident("card:oak")]) == ["card:oak"]


def test_a_camera_that_has_moved_is_told() -> None:
    (one,) = found(camera(positions="[[52.1, 5.0], [52.1, 5.0], [52.0, 5.0]]"))
    assert (one.key, one.title.partition(": ")[2]) == ("moved:oak", "moved 11.1 km")


@pytest.mark.parametrize(
    ("sides", "is_told"),
    [((3, 3, 1, 1, 1), True), ((3, 1, 1, 1, 1), False), ((3, 3, 1, 3, 1), False), ((3, 3, 1, 1), False), ((), False)],
)
def test_a_camera_that_is_turned_is_told_when_two_photos_say_so(sides: tuple[int, ...], is_told: bool) -> None:
    assert bool(keys(orientations={"oak": sides})) is is_told


def test_photos_that_are_rejected_for_one_reason_are_one_trouble_of_all_their_cameras() -> None:
    last = Refusal("missing_location", 4, utc_text(NOW - HOUR))
    (one,) = found({**camera("oak"), **camera("elm")}, refusals={"oak": last, "elm": last, "ash": last})
    assert (one.key, one.cameras) == ("rejected:missing_location", ("ash", "elm", "oak"))
    assert one.sentence == "Rejected in the last week, of ash, elm and oak: 12 files, missing location."
    assert one.task


def test_a_rejection_before_an_accepted_photo_is_over() -> None:
    past = Refusal("missing_location", 4, utc_text(NOW - DAY))
    assert keys(camera(last_image_at=utc_text(NOW - HOUR)), refusals={"oak": past}) == []


def test_a_camera_that_nobody_knows_is_told_by_its_id_or_its_type() -> None:
    unknown = Refusal("unknown_camera", 3, utc_text(NOW))
    at = utc_text(NOW - HOUR)
    causes = [
        Cause("no_matching_profile", None, 7, at, at, "Acme <T1>\n"),
        Cause("missing_location", "oak", 7, at, at),
    ]
    registered, stranger = found(refusals={"new": unknown}, causes=causes)
    assert (registered.key, registered.title) == ("unknown:new", "new is not registered")
    assert stranger.key == "unknown:type Acme <T1>\N{REPLACEMENT CHARACTER}" and "7 files" in stranger.sentence


def photos(*errors_s: int, apart: timedelta = 2 * HOUR) -> tuple[Sighting, ...]:
    moments = [int((NOW - number * apart).timestamp()) for number in range(len(errors_s))]
    return tuple(Sighting(at, at - error, None) for at, error in zip(moments, errors_s, strict=True))


@pytest.mark.parametrize(
    ("errors_s", "apart", "is_wrong"),
    [
        ((3600, 3630, 3605), 2 * HOUR, True),
        ((3600, 3630, 3605), timedelta(minutes=2), False),
        ((30, 30, 40), 2 * HOUR, False),
        ((30, 3600, 3600), 2 * HOUR, False),
        ((3600, 30, 3600), 2 * HOUR, False),
        ((3600, 9000, 15000), 2 * HOUR, False),
        ((-400, -420), 2 * HOUR, True),
        ((), HOUR, False),
    ],
)
def test_a_clock_is_wrong_when_it_was_so_twice_and_late_photos_say_nothing(
    errors_s: tuple[int, ...], apart: timedelta, is_wrong: bool
) -> None:
    assert is_wrong_twice(photos(*errors_s, apart=apart)) is is_wrong


def test_clocks_that_are_wrong_in_the_same_way_are_one_trouble() -> None:
    cameras = {**camera("oak", clock_errors_s="3610 3600"), **camera("elm", clock_errors_s="3600 3590")}
    cameras |= camera("ash", clock_errors_s="-90000 -90000")
    sightings = dict.fromkeys(cameras, photos(3600, 3600)) | {"ash": photos(-90000, -90000)}
    zone, ahead = found(cameras, sightings=sightings)
    assert (zone.key, zone.cameras, ahead.key) == ("clock:zone 1", ("elm", "oak"), "clock:ahead")
    assert zone.title.startswith("The clocks of ") and "time zone or daylight saving" in zone.sentence


def test_a_clock_that_was_reset_needs_no_second_photo() -> None:
    assert keys(camera(clock_errors_s=str(20 * 365 * 86400))) == ["clock:reset"]
