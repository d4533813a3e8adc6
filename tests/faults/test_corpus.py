"""Hostile files by the thousand through the whole watcher: one verdict each, within the limits of time and memory.

Other files each day; `./dev soak --files` makes a hundred thousand of them.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.conftest import Tell
from tests.faults.hostile_uploads import compare_neighbours, give_all_a_verdict
from tests.faults.sweeping import SCRATCH

FILES, ROUNDS = 5_000, 20


@pytest.mark.timeout(900)
def test_hostile_files_get_one_verdict_each_within_their_limits(seed: int, tell: Tell) -> None:
    with TemporaryDirectory(prefix="camspool-faults-", dir=SCRATCH) as name:
        told = give_all_a_verdict(Path(name), FILES, seed)
    tell(str(told))
    assert told.files == FILES
    assert told.complaints == []


@pytest.mark.timeout(900)
def test_a_photo_beside_hostile_files_gets_its_verdict_as_beside_others(seed: int, tell: Tell) -> None:
    with TemporaryDirectory(prefix="camspool-faults-", dir=SCRATCH) as name:
        told = compare_neighbours(Path(name), ROUNDS, seed)
    tell(str(told))
    assert len(told.among_hostile) == len(told.among_harmless) == ROUNDS
