"""Two places and two clocks are met in the last photos of an ID; and one camera that travels or is late is not."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ingest.index.feeds import Sighting
from ingest.spool.one_camera import OneCamera
from ingest.verdict.mixed import Seen, mixture_of
from ingest.verdict.sightings import clocks_apart, departs, places_apart, sighting_of
from tests.spools import make_sidecar

HERE, FAR = (52.1, 5.1), (48.1, 11.6)
HOUR, DAY = 3600, 86400


def line(*moments: tuple[int, int, tuple[float, float] | None]) -> tuple[Sighting, ...]:
    """Return sightings, newest first, from arrival, capture (seconds) and position in order of arrival."""
    return tuple(Sighting(*one) for one in reversed(moments))


def test_two_places_that_a_camera_seems_to_be_at_in_turns_are_far_apart() -> None:
    seen = line((0, 0, HERE), (60, 60, FAR), (120, 120, HERE), (180, 180, FAR))
    assert places_apart(seen) == pytest.approx(642_000, rel=0.01)
    found = mixture_of(Seen((), seen), lambda _: True)
    assert found and (found.kind, found.words) == ("place", "photos taken 642 km apart in too short a time")
    assert mixture_of(Seen((), seen, OneCamera(places=True)), lambda _: True) is None


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param(line((0, 0, HERE), (60, 60, FAR), (120, 120, HERE), (180, 180, HERE)), id="one bad fix"),
        pytest.param(
            line((0, 0, HERE), (1, 1, HERE), (4 * HOUR, 4 * HOUR, FAR), (5 * HOUR, 5 * HOUR, FAR)), id="driven"
        ),
        pytest.param(line((0, -DAY, HERE), (9, -DAY, HERE), (60, 50, FAR), (90, 80, FAR)), id="kept photos sent there"),
        pytest.param(line((0, 0, HERE), (9, 9, HERE), (9 * DAY, 5, FAR), (9 * DAY, 9, FAR)), id="a clock set anew"),
        pytest.param(line((0, 0, HERE), (9, 9, (52.3, 5.3)), (20, 20, HERE), (29, 29, (52.3, 5.3))), id="a weak fix"),
        pytest.param(line((0, 0, None), (9, 9, None), (20, 20, FAR), (29, 29, FAR)), id="no fix at first"),
        pytest.param((), id="nothing seen"),
    ],
)
def test_a_camera_that_may_be_one_is_at_one_place(seen: tuple[Sighting, ...]) -> None:
    assert places_apart(seen) is None


def in_turns(offset: int, number: int = 8) -> tuple[Sighting, ...]:
    """Two cameras every ten minutes, the clock of the second one behind by an offset."""
    return line(*((600 * turn, 600 * turn - 20 - offset * (turn % 2), HERE) for turn in range(number)))


@pytest.mark.parametrize("offset", [2 * HOUR, -2 * HOUR, 400 * DAY])
def test_two_clocks_that_take_turns_are_two_cameras(offset: int) -> None:
    assert clocks_apart(in_turns(offset)) == abs(offset)
    assert mixture_of(Seen((), in_turns(offset)), lambda _: True)
    assert mixture_of(Seen((), in_turns(offset), OneCamera(clock=True)), lambda _: True) is None


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param(in_turns(HOUR // 2), id="half an hour"),
        pytest.param(in_turns(2 * HOUR, 4), id="too few to tell"),
        pytest.param(line(*((600 * n, 600 * n - (HOUR * 2 if n > 4 else 0), HERE) for n in range(9))), id="set once"),
        pytest.param(line(*((600 * n, 600 * n - n % 3 * (HOUR + n * 700), HERE) for n in range(9))), id="late ones"),
        pytest.param(
            line(*((n // 2 * DAY, n // 2 * DAY - (6 * HOUR if n % 2 == 0 else 0), HERE) for n in range(9))),
            id="two kept for noon each day",
        ),
    ],
)
def test_one_clock_explains_late_photos_and_a_clock_that_was_set(seen: tuple[Sighting, ...]) -> None:
    assert clocks_apart(seen) is None


def test_a_position_of_the_record_and_a_time_that_is_not_known_say_nothing() -> None:
    at = datetime(2026, 11, 27) - timedelta(0)  # noqa: DTZ001 - only a text is made of it
    values: dict[str, Any] = {"received_at": f"{at.isoformat()}.000000Z", "latitude": 52.1, "longitude": 5.1}
    own = make_sidecar(**values, captured_at_utc=f"{at.isoformat()}Z")
    assert sighting_of(own).position == HERE
    assert sighting_of(own).captured_s == sighting_of(own).received_s
    assert sighting_of(make_sidecar(**values, sources={"location": "record"})) == Sighting(
        sighting_of(own).received_s, None, None
    )


def test_only_another_place_or_clock_departs_from_the_last_photo() -> None:
    last = Sighting(1000, 970, HERE)
    assert departs(Sighting(1060, 1030, FAR), last)
    assert departs(Sighting(1060, 1030 - 2 * HOUR, HERE), last)
    assert not departs(Sighting(5000, 4970, (52.11, 5.11)), last)
    assert not departs(Sighting(1060, None, None), last)
    assert not departs(last, Sighting(0, None, None))
