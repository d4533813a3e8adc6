"""The gateway and its outbox are killed while photos get verdicts and go to a target: each arrives, at least once."""

from collections.abc import Iterator

import pytest

from tests.faults.conftest import Tell
from tests.faults.sampling import sample
from tests.faults.scene import Scene
from tests.faults.sweeping import scratch_scene

pytestmark = pytest.mark.timeout(1800)


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    with scratch_scene() as made:
        yield made


def test_what_was_accepted_reaches_its_target_whatever_is_killed_when(scene: Scene, seed: int, tell: Tell) -> None:
    sampled = sample(scene, "kill-carrying", seed)
    tell(str(sampled))
    assert sampled.complaints == []
