"""Hostile files by the thousand through the whole watcher: one verdict each, within the limits of time and memory."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.conftest import Tell
from tests.faults.hostile_uploads import compare_neighbours, give_all_a_verdict
from tests.faults.sweeping import SCRATCH

FILES, ROUNDS = 10_000, 50


@pytest.mark.timeout(900)
def test_hostile_files_get_one_verdict_each_within_their_limits(tell: Tell) -> None:
    with TemporaryDirectory(prefix="camspool-faults-", dir=SCRATCH) as name:
        told = give_all_a_verdict(Path(name), FILES)
    tell(str(told))
    assert told.files == FILES
    assert told.complaints == []


@pytest.mark.timeout(900)
def test_a_photo_beside_hostile_files_gets_its_verdict_as_beside_others(tell: Tell) -> None:
    with TemporaryDirectory(prefix="camspool-faults-", dir=SCRATCH) as name:
        told = compare_neighbours(Path(name), ROUNDS)
    tell(str(told))
    assert len(told.among_hostile) == len(told.among_harmless) == ROUNDS
