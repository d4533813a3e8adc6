"""Signals are waited for and never interrupt a step."""

import os
import select
import signal
from collections.abc import Iterator

import pytest

from ingest.watching.stop_signals import stop_signals

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@pytest.fixture
def noted() -> Iterator[list[int]]:
    """The signals that reached handlers of the test's own, which are there for its time."""
    noted: list[int] = []
    before = {number: signal.signal(number, lambda got, _: noted.append(got)) for number in SIGNALS}
    yield noted
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_makes_the_socket_readable_and_has_no_other_effect(number: int, noted: list[int]) -> None:
    with stop_signals() as stopped:
        assert select.select([stopped], [], [], 0)[0] == []
        os.kill(os.getpid(), number)
        assert select.select([stopped], [], [], 10)[0] == [stopped]
    assert noted == []


def test_afterwards_signals_mean_what_they_meant(noted: list[int]) -> None:
    with pytest.raises(ValueError, match="a step fails"), stop_signals():
        raise ValueError("a step fails")
    for number in SIGNALS:
        os.kill(os.getpid(), number)
    assert noted == list(SIGNALS)


def test_a_flood_of_signals_is_no_error(noted: list[int]) -> None:
    with stop_signals() as stopped:
        for _ in range(2000):
            os.kill(os.getpid(), signal.SIGTERM)
        assert select.select([stopped], [], [], 10)[0] == [stopped]
    assert noted == []
