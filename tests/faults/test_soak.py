"""The short form of the soak (tests/soak/life.py)."""

import pytest

from tests.soak import life


@pytest.mark.timeout(900)
def test_a_short_life_full_of_disturbances_leaves_a_clean_audit(seed: int) -> None:
    assert life.run(minutes=0.3, seed=seed, pace_s=0.6) == []
