"""The gateway is killed before single calls that change the disk, then goes on: nothing is lost, nothing doubled.

The scene has one of everything (tests/faults/scene.py). The state of the disk between two calls is the state that a
kill at any moment between them leaves, so all calls together cover every moment of this run. Here a sample of them is
tried, another one each day, with every kind of call and both ends of the run; `./dev soak --sweep` tries them all.
"""

from collections.abc import Iterator

import pytest

from tests.faults.conftest import Tell
from tests.faults.sampling import sample, sample_straced
from tests.faults.scene import Scene
from tests.faults.sweeping import scratch_scene

pytestmark = pytest.mark.timeout(1800)


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    with scratch_scene() as made:
        yield made


def test_the_whole_gateway_killed_before_a_change_of_the_disk(scene: Scene, seed: int, tell: Tell) -> None:
    sampled = sample(scene, "kill-all", seed)
    tell(str(sampled))
    assert sampled.complaints == []


def test_only_the_process_that_is_about_to_change_the_disk_killed(scene: Scene, seed: int, tell: Tell) -> None:
    sampled = sample(scene, "kill-one", seed)
    tell(str(sampled))
    assert sampled.complaints == []


def test_recovery_killed_as_well(scene: Scene, seed: int, tell: Tell) -> None:
    sampled = sample(scene, "kill-recovery", seed)
    tell(str(sampled))
    assert sampled.complaints == []
    assert sampled.struck_twice > len(sampled.outcomes) / 2


def test_the_command_itself_killed_by_strace(scene: Scene, seed: int, tell: Tell) -> None:
    """The same for the real command, from its first call on, with strace, which counts for each process."""
    sampled = sample_straced(scene, seed)
    tell(str(sampled))
    assert sampled.complaints == []
