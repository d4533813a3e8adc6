"""Several cameras under one ID are met, by makes, profiles, places and clocks; and one camera is not taken for two."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ingest.index.feeds import Feed, Sighting
from ingest.spool.one_camera import OneCamera
from ingest.verdict.mixed import (
    Look,
    Seen,
    clocks_apart,
    departs,
    look_of,
    looks_of,
    mixed_warning,
    mixture_of,
    mixture_with,
    places_apart,
    sighting_of,
)
from tests.spools import make_sidecar

HERE, FAR = (52.1, 5.1), (48.1, 11.6)
HOUR, DAY = 3600, 86400


def photo(make: str = "", model: str = "", profile: str = "p") -> Look:
    return Look("image", make, model, profile)


WILLFINE, BROWNING = photo("Willfine", "4.0T CG Regular lens", "w"), photo("Browning", "BTC-8A", "b")
PATH_A, PATH_B = photo(profile="a"), photo(profile="b")


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        pytest.param(WILLFINE, BROWNING, "make", id="two makes"),
        pytest.param(photo("SY", "X"), photo("Cuddeback", "X"), "make", id="two makes of one profile"),
        pytest.param(photo("Reconyx", "HC500"), photo("Reconyx", "HF2 PRO"), "make", id="two models of one make"),
        pytest.param(PATH_A, PATH_B, "profile", id="two profiles of cameras without EXIF"),
        pytest.param(WILLFINE, PATH_A, "profile", id="a camera with EXIF and one without"),
        pytest.param(Look("report", "", "", "a"), Look("report", "", "", "b"), "profile", id="two kinds of reports"),
    ],
)
def test_looks_that_no_camera_has_both_are_a_mixture(one: Look, other: Look, kind: str) -> None:
    for first, second in ((one, other), (other, one)):
        found = mixture_with(Seen((first,)), second, lambda _: True)
        assert found and found.kind == kind
        assert mixture_of(Seen((first, second)), lambda _: True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(photo("Willfine", "X", "w"), Look("report", "", "", "r"), id="a photo and a report"),
        pytest.param(photo("Willfine", "X", "w"), photo("Willfine", "X", "w2"), id="a better profile"),
        pytest.param(photo("WILLFINE ", "x", "w"), photo("Willfine", "X", "w"), id="another spelling"),
        pytest.param(photo("Reconyx", "X"), photo("RECONYX, Inc.", "X"), id="a longer name of the make"),
        pytest.param(photo("Browning", "BTC-8A V1.24"), photo("Browning", "BTC-8A V1.3"), id="firmware in the model"),
        pytest.param(photo("SY", "4.0PCG-R 20240105"), photo("SY", "4.0PCG-R 20250211"), id="a date as firmware"),
        pytest.param(photo("SY", "4.0PCG-R"), photo("SY", "4.0PCG-R 1.2.3"), id="firmware that was not said before"),
        pytest.param(photo("SY", ""), photo("SY", "4.0PCG-R"), id="a model that was not said before"),
        pytest.param(photo("", ""), photo("SY", "X"), id="a photo whose EXIF was lost"),
    ],
)
def test_looks_that_one_camera_may_have_are_none(one: Look, other: Look) -> None:
    assert mixture_with(Seen((one,)), other, lambda _: True) is None
    assert mixture_of(Seen((other, one)), lambda _: True) is None


def test_a_profile_that_is_gone_was_renamed() -> None:
    assert mixture_with(Seen((PATH_A,)), PATH_B, frozenset("b").__contains__) is None
    assert mixture_with(Seen((WILLFINE,)), BROWNING, frozenset("b").__contains__)


def test_what_was_settled_is_one_camera_and_a_further_make_is_not() -> None:
    settled = OneCamera((("Willfine", "4.0T CG", "w"), ("Browning", "BTC-8A V1", "b"), ("", "", "a")))
    seen = Seen((WILLFINE, BROWNING, PATH_A), (), settled)
    assert mixture_of(seen, lambda _: True) is None
    assert mixture_with(seen, photo("Browning", "BTC-8A V2", "b"), lambda _: True) is None
    assert mixture_with(seen, photo("Cuddeback", "G", "c"), lambda _: True)
    assert mixture_with(seen, PATH_B, lambda _: True)


def line(*moments: tuple[int, int, tuple[float, float] | None]) -> tuple[Sighting, ...]:
    """Return sightings, newest first, from arrival, capture (seconds) and position in order of arrival."""
    return tuple(Sighting(*one) for one in reversed(moments))


def test_two_places_that_a_camera_seems_to_be_at_in_turns_are_far_apart() -> None:
    seen = line((0, 0, HERE), (60, 60, FAR), (120, 120, HERE), (180, 180, FAR))
    assert places_apart(seen) == pytest.approx(642_000, rel=0.01)
    found = mixture_of(Seen((WILLFINE,), seen), lambda _: True)
    assert found and (found.kind, found.words) == ("place", "photos taken 642 km apart in too short a time")
    assert mixture_of(Seen((WILLFINE,), seen, OneCamera(places=True)), lambda _: True) is None


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


def test_looks_are_told_by_files_and_by_what_feeds_an_id() -> None:
    sidecar = make_sidecar(profile="w")
    assert look_of(sidecar, "Willfine", None) == photo("Willfine", "", "w")
    feeds = [Feed("image", "Willfine", "", "w", account, 3, "", "") for account in ("a", "b")]
    assert looks_of(feeds) == (photo("Willfine", "", "w"),)


def test_the_warning_names_both_and_what_to_do() -> None:
    found = mixture_with(Seen((WILLFINE,)), BROWNING, lambda _: True)
    assert found
    assert mixed_warning("camera", found).message == (
        "The ID camera is fed by Willfine 4.0T CG Regular lens as well as Browning BTC-8A. "
        "On the camera's page, give each its own ID, or say that this is one camera."
    )


def test_only_another_place_or_clock_departs_from_the_last_photo() -> None:
    last = Sighting(1000, 970, HERE)
    assert departs(Sighting(1060, 1030, FAR), last)
    assert departs(Sighting(1060, 1030 - 2 * HOUR, HERE), last)
    assert not departs(Sighting(5000, 4970, (52.11, 5.11)), last)
    assert not departs(Sighting(1060, None, None), last)
    assert not departs(last, Sighting(0, None, None))
