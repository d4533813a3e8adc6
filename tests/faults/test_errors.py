"""Each call that changes the disk fails, once or from then on: nothing is lost, doubled or half-written.

A sample that is another one each day; `./dev soak --sweep` lets every single call fail.
"""

from collections.abc import Iterator

import pytest

from tests.faults.conftest import Tell
from tests.faults.sampling import sample
from tests.faults.scene import Scene
from tests.faults.sweeping import scratch_scene

pytestmark = pytest.mark.timeout(1800)
ERRORS = ["EIO", "ENOSPC", "EMFILE"]


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    with scratch_scene() as made:
        yield made


@pytest.mark.parametrize("error", ERRORS)
def test_a_call_fails_once(scene: Scene, error: str, seed: int, tell: Tell) -> None:
    sampled = sample(scene, f"{error}-once", seed)
    tell(str(sampled))
    assert sampled.complaints == []


@pytest.mark.parametrize("error", ERRORS)
def test_a_call_fails_from_some_moment_on(scene: Scene, error: str, seed: int, tell: Tell) -> None:
    sampled = sample(scene, f"{error}-lasting", seed)
    tell(str(sampled))
    assert sampled.complaints == []
