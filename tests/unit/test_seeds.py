"""What is drawn by chance is the same all day, another tomorrow, and can be asked for."""

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest

from tests.seeds import seed_of, seed_of_today

DAY = date(2026, 11, 26)


def header(*words: str) -> str:
    """Return what pytest prints about the seed before it runs this file, whatever `./dev test` has asked for."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider", *words, __file__]
    bare = {"PATH": os.environ["PATH"]}
    printed = subprocess.run(command, env=bare, capture_output=True, text=True, check=True).stdout
    return next(line for line in printed.splitlines() if line.startswith("seed:"))


def test_a_day_has_a_seed_of_its_own_which_is_never_zero() -> None:
    """To the fuzzer, zero means a seed that nobody knows."""
    seeds = {seed_of(DAY + timedelta(days=days)) for days in range(400)}
    assert len(seeds) == 400 and 0 not in seeds


def test_without_a_seed_pytest_takes_that_of_the_day_and_prints_it() -> None:
    around = [seed_of_today(), header(), seed_of_today()]
    assert around[1] in {f"seed: {seed}; --seed {seed} repeats what is drawn by chance" for seed in around[::2]}


def test_a_seed_that_is_asked_for_is_taken_and_printed() -> None:
    assert header("--seed", "7") == "seed: 7; --seed 7 repeats what is drawn by chance"


def test_the_seed_that_is_printed_is_the_one_that_tests_get(pytestconfig: pytest.Config, seed: int) -> None:
    assert seed == pytestconfig.option.seed
