"""The gateway is killed before each single call that changes the disk, then goes on: nothing is lost, nothing doubled.

The scene has one of everything (tests/faults/scene.py). The state of the disk between two calls is the state that a
kill at any moment between them leaves, so every N in turn covers every moment of this run.
"""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.conftest import Tell
from tests.faults.scene import Scene, copy_scene
from tests.faults.sweeping import SCRATCH, counted, kill_at, scratch_scene, sweep
from tests.faults.whole import scene_complaints
from tests.integration.watching import CAMSPOOL

pytestmark = pytest.mark.timeout(1800)
STRACED = {
    "renameat2": (1, 3, 5, 8),
    "link": (1, 3),
    "unlink": (1, 5, 10),
    "fsync": (1, 2, 4),
    "syncfs": (1, 2),
    "write": (3, 9, 15, 21),
    "openat": (200, 300, 400),
}
"""Which of its calls each process is killed at. A worker that is always killed is always replaced: see STRACE_S."""

STRACE_S = 4.0


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    with scratch_scene() as made:
        yield made


def test_the_whole_gateway_killed_before_every_change_of_the_disk(scene: Scene, tell: Tell) -> None:
    struck = sweep(scene, count(), kill_at("kill all"))
    tell(f"{len(struck)} kill points, watcher and workers at once: {counted(struck)}")
    assert len(struck) > 300


def test_only_the_process_that_is_about_to_change_the_disk_killed(scene: Scene, tell: Tell) -> None:
    struck = sweep(scene, count(0, 3), kill_at("kill"))
    tell(f"{len(struck)} kill points, watcher or worker alone: {counted(struck)}")
    assert len(struck) > 100


def test_recovery_killed_as_well(scene: Scene, tell: Tell) -> None:
    again = lambda number, call: "kill all" if call.position == number % 97 else None  # noqa: E731
    struck = sweep(scene, count(1, 5), kill_at("kill all"), again)
    tell(f"{len(struck)} kill points, recovery killed too: {counted(struck)}")
    assert len(struck) > 100


def test_the_command_itself_killed_by_strace(scene: Scene, tell: Tell) -> None:
    """The same for the real command, from its first call on, with strace, which counts for each process."""
    killed = sum(_strace(scene, name, number) for name, numbers in STRACED.items() for number in numbers)
    tell(f"{killed} kill points, the command under strace")
    assert killed > 15


def _strace(scene: Scene, name: str, number: int) -> bool:
    with TemporaryDirectory(prefix="camspool-faults-", dir=SCRATCH) as folder:
        copy = copy_scene(scene, Path(folder))
        inject = f"inject={name}:signal=SIGKILL:when={number}"
        words = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={name}", "-e", inject, CAMSPOOL]
        command = subprocess.Popen([*words, *copy.words("drain")], stderr=subprocess.DEVNULL, start_new_session=True)
        with suppress(subprocess.TimeoutExpired):
            command.wait(STRACE_S)
        with suppress(ProcessLookupError):
            os.killpg(command.pid, signal.SIGKILL)
        status = command.wait()
        assert copy.drain() == 0
        assert scene_complaints(copy) == []
    return status != 0
