"""The traffic lights: what cannot be measured is red, and a page never waits for a slow measurement twice."""

import logging
import threading
from threading import Event
from typing import Any

import pytest

from webadmin.overview import lights
from webadmin.overview.lights import TITLES, Lights

ENDLESS_S = 1e6


def _part(name: str, state: str = "good") -> dict[str, Any]:
    return {"name": name, "state": state, "sentence": f"{name} works.", "figures": {}}


def _all(state: str) -> dict[str, Any]:
    return {"parts": [_part(name, state) for name in TITLES]}


def _states(shown: Lights) -> set[str]:
    return {part["state"] for part in shown.parts()}


def _wait_for_the_measurement() -> None:
    for thread in threading.enumerate():
        if thread.name == "lights":
            thread.join()


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine makes no measurement late or old; each test says itself what is."""
    for name in ("FRESH_S", "STALE_S", "FIRST_PATIENCE_S"):
        monkeypatch.setattr(lights, name, ENDLESS_S)


def test_a_part_that_was_not_measured_is_red_among_the_others() -> None:
    parts = Lights(lambda: {"parts": [_part("watcher"), _part("disk", "attention")]}).parts()
    states = {part["name"]: part["state"] for part in parts}
    assert states == {**dict.fromkeys(TITLES, "bad"), "watcher": "good", "disk": "attention"}
    assert {part["sentence"] for part in parts if part["state"] == "bad"} == {"This could not be measured."}


def test_a_part_that_nobody_knows_a_title_for_is_shown_as_well() -> None:
    names = [part["name"] for part in Lights(lambda: {"parts": [_part("antenna")]}).parts()]
    assert names == ["antenna", *TITLES]


def test_a_measurement_that_fails_is_logged_and_every_light_is_red(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> dict[str, Any]:
        raise RuntimeError("the disk is gone")

    with caplog.at_level(logging.ERROR, "camspool"):
        parts = Lights(fail).parts()
    assert {part["state"] for part in parts} == {"bad"}
    assert [part["name"] for part in parts] == list(TITLES)
    assert "The parts of the gateway could not be measured" in caplog.text
    assert "the disk is gone" in caplog.text


def test_while_one_measures_nobody_measures_again_and_pages_show_red(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lights, "FIRST_PATIENCE_S", 0.0)
    go_on, begun = Event(), list[int]()

    def measure() -> dict[str, Any]:
        begun.append(1)
        go_on.wait()
        return _all("good")

    shown = Lights(measure)
    assert _states(shown) == {"bad"}
    assert _states(shown) == {"bad"}
    go_on.set()
    _wait_for_the_measurement()
    assert _states(shown) == {"good"}
    assert len(begun) == 1


def test_a_fresh_measurement_is_kept_and_an_old_one_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []

    def measure() -> dict[str, Any]:
        begun.append(1)
        return _all("good" if len(begun) == 1 else "attention")

    shown = Lights(measure)
    assert _states(shown) == {"good"}
    assert _states(shown) == {"good"}
    monkeypatch.setattr(lights, "FRESH_S", -1.0)
    shown.parts()
    _wait_for_the_measurement()
    monkeypatch.setattr(lights, "FRESH_S", ENDLESS_S)
    assert _states(shown) == {"attention"}
    assert len(begun) == 2


def test_what_was_not_measured_lately_is_red_again(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = iter([_all("good")])
    shown = Lights(lambda: next(measured))
    assert _states(shown) == {"good"}
    monkeypatch.setattr(lights, "FRESH_S", -1.0)
    monkeypatch.setattr(lights, "STALE_S", -1.0)
    assert _states(shown) == {"bad"}
