"""Each call that changes the disk fails, once or from then on: nothing is lost, doubled or half-written."""

import errno
import time
from collections.abc import Iterator
from itertools import count

import pytest

from tests.faults.conftest import Tell
from tests.faults.interpose import Action, Call
from tests.faults.scene import Scene
from tests.faults.sweeping import Fault, counted, scratch_scene, sweep

pytestmark = pytest.mark.timeout(1800)
OPENS = frozenset({"openat"})
ERRORS = {errno.EIO: None, errno.ENOSPC: None, errno.EMFILE: OPENS}
FAILING = [
    "openat",
    "write",
    "pwrite64",
    "fsync",
    "syncfs",
    "sync_file_range",
    "renameat2",
    "link",
    "unlink",
    "mkdir",
    "rename",
]
PERSISTENT_S = 0.6


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    with scratch_scene() as made:
        yield made


@pytest.mark.parametrize("error", ERRORS)
def test_a_call_fails_once(scene: Scene, error: int, tell: Tell) -> None:
    names = ERRORS[error]
    numbers = count(error % 4, 4) if names is None else count()
    struck = sweep(scene, numbers, _once(error, names))
    tell(f"{len(struck)} errors, {errno.errorcode[error]} once: {counted(struck)}")
    assert len(struck) > 15


@pytest.mark.parametrize("error", ERRORS)
def test_a_call_fails_from_some_moment_on(scene: Scene, error: int, tell: Tell) -> None:
    names = FAILING if ERRORS[error] is None else ["openat"]
    struck: list[Call] = []
    for name in names:
        struck += sweep(scene, (0, 3, 9), _persistent(error, name))
    tell(f"{len(struck)} errors, {errno.errorcode[error]} from some moment on: {counted(struck)}")
    assert struck


def _once(error: int, names: frozenset[str] | None) -> Fault:
    """Fail the call whose position is the number of the run; of these names only, when there are any."""
    seen: dict[int, int] = {}

    def fault(number: int, call: Call) -> Action:
        if names is not None:
            seen[number] = seen.get(number, -1) + (call.name in names)
            return error if call.name in names and seen[number] == number else None
        return error if call.position == number and call.is_on_disk else None

    return fault


def _persistent(error: int, name: str) -> Fault:
    """Fail every call of a name but the first `number`; kill everything when that has lasted long enough."""
    began: dict[int, float] = {}
    passed: dict[int, int] = {}

    def fault(number: int, call: Call) -> Action:
        if call.name != name or not call.is_on_disk:
            return None
        passed[number] = passed.get(number, 0) + 1
        if passed[number] <= number:
            return None
        lasted = time.monotonic() - began.setdefault(number, time.monotonic())
        return "kill all" if lasted > PERSISTENT_S else error

    return fault
