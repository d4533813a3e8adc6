"""What the sweeps' samples promise: every kind of call and both ends on each day, every moment over many days."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from tests.faults.drawing import FEWEST, Moment, draw, every, parse_moment

TOTALS = {"rename": 7, "link": 1, "pwrite64": 262, "fsync": 26, "unlink": 41}

totals = st.dictionaries(st.sampled_from(list(TOTALS)), st.integers(1, 300), min_size=1)
sizes = st.integers(FEWEST, 20)
seeds = st.integers(0, 10**9)


@given(totals, sizes, seeds)
def test_the_same_seed_draws_the_same(totals: dict[str, int], each: int, seed: int) -> None:
    assert draw(totals, each, seed) == draw(totals, each, seed)


@given(totals, sizes, seeds)
def test_every_kind_of_call_is_drawn_as_often_as_was_asked_for(totals: dict[str, int], each: int, seed: int) -> None:
    drawn = draw(totals, each, seed)
    assert len(set(drawn)) == len(drawn)
    for name, total in totals.items():
        assert sum(moment.name == name for moment in drawn) == min(total, each)


@given(totals, sizes, seeds)
def test_the_first_and_the_last_of_each_kind_are_drawn(totals: dict[str, int], each: int, seed: int) -> None:
    ends = {Moment(name, number) for name, total in totals.items() for number in (0, total - 1)}
    assert ends <= set(draw(totals, each, seed))


@given(totals, sizes, seeds)
def test_nothing_is_drawn_that_does_not_happen(totals: dict[str, int], each: int, seed: int) -> None:
    assert set(draw(totals, each, seed)) <= set(every(totals))


@given(st.integers(FEWEST, 20), seeds)
def test_no_part_of_the_run_is_left_out(each: int, seed: int) -> None:
    """Between two that are drawn lie at most two stretches."""
    numbers = [moment.number for moment in draw({"pwrite64": 262}, each, seed)]
    longest = max(after - before for before, after in itertools.pairwise(numbers))
    assert longest <= 2 * -(-260 // (each - 2))


def test_another_seed_draws_others() -> None:
    assert draw(TOTALS, 5, 20261126) != draw(TOTALS, 5, 20261127)


def test_over_many_seeds_every_moment_is_drawn() -> None:
    drawn = {moment for seed in range(2000) for moment in draw(TOTALS, 4, seed)}
    assert drawn == set(every(TOTALS))


@given(st.sampled_from(list(TOTALS)), st.integers(0, 300))
def test_a_moment_is_read_as_it_was_written(name: str, number: int) -> None:
    assert parse_moment(str(Moment(name, number))) == Moment(name, number)
