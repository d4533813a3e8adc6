"""A sample that strikes too little is no proof: it says what it has not met."""

import pytest

from tests.faults.drawing import Moment
from tests.faults.sampling import Sampled
from tests.faults.sweeping import Outcome
from tests.faults.sweeps import SWEEPS
from tests.soak import sweep

NAMES = ("link", "unlink", "write")


def outcomes(met: int, of: int = 10, name: str = "write") -> tuple[Outcome, ...]:
    """Return what trials at one name's moments came to, of which only the first ones were met."""
    return tuple(Outcome(Moment(name, number), (name,) * (number < met), ()) for number in range(of))


def sampled(*tried: tuple[Outcome, ...]) -> Sampled:
    return Sampled("kill-all", sum(tried, ()), frozenset(NAMES), total=100)


def test_a_sample_that_met_everything_is_content() -> None:
    assert sampled(*(outcomes(10, name=name) for name in NAMES)).complaints == []


def test_a_kind_of_call_that_was_not_struck_is_named() -> None:
    assert sampled(outcomes(10, name="link"), outcomes(10)).complaints == ["kill-all struck no unlink"]


def test_the_last_of_each_kind_may_be_missed() -> None:
    assert sampled(*(outcomes(9, name=name) for name in NAMES)).complaints == []


def test_too_few_moments_that_were_met_are_a_complaint() -> None:
    tried = [outcomes(10, name="link"), outcomes(10, name="unlink"), outcomes(4)]
    assert sampled(*tried).complaints == ["kill-all met only 24 of 30 moments"]


def test_a_sample_of_nothing_is_a_complaint() -> None:
    assert sampled().complaints == ["kill-all struck no link, unlink, write"]


def test_what_was_wrong_is_told_with_its_moment() -> None:
    tried = [outcomes(10, name=name) for name in NAMES]
    bad = (Outcome(Moment("link", 3), ("link",), ("lost: 1.jpg",)),)
    assert sampled(*tried, bad).complaints == ["kill-all link:3: lost: 1.jpg"]


@pytest.mark.parametrize("title", SWEEPS)
def test_every_sweep_that_is_sampled_is_gone_through_by_the_soak(title: str) -> None:
    assert title in sweep.NAMES
