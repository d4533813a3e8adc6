"""Runs a scene again and again, each time with a fault before another call, and checks what is left each time."""

import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.watching import queue, watcher
from tests.faults.interpose import CREATE, NUMBERS, Action, Call, Run, interpose
from tests.faults.scene import Scene, copy_scene, prepare_scene
from tests.faults.whole import scene_complaints

CHANGING = [CREATE, *(name for name in NUMBERS if name != "openat")]
"""All calls that change the disk."""

SCRATCH = Path("/dev/shm") if Path("/dev/shm").is_dir() else None  # noqa: S108 - a kill loses no cache, so no disk
MARGIN = 5
"""The order of calls differs a little from run to run, so a sweep ends only when this many runs were too short."""

Fault = Callable[[int, Call], Action]
"""Given the number of a run and a call: what becomes of the call."""


@contextmanager
def scratch_scene() -> Iterator[Scene]:
    """Yield a scene to copy, in memory."""
    with TemporaryDirectory(prefix="camspool-faults-", dir=SCRATCH) as folder:
        yield prepare_scene(Path(folder) / "scene")


def sweep(scene: Scene, numbers: Iterable[int], fault: Fault, again: Fault | None = None) -> list[Call]:
    """Run the scene with a fault for each number, until the runs are too short for it; return the calls it struck.

    With `again`, the run after the fault has a fault too: recovery itself fails. Then a run without faults must leave
    the scene whole.
    """
    struck: list[Call] = []
    missed = 0
    for number in numbers:
        found = _one(scene, number, fault, again)
        struck += found
        missed = 0 if found else missed + 1
        if missed == MARGIN:
            break
    return struck


def kill_at(action: Action) -> Fault:
    """Return the fault that strikes the call whose position is the number of the run."""
    return lambda number, call: action if call.position == number else None


def counted(struck: Iterable[Call]) -> str:
    """Say how often each call was struck."""
    return ", ".join(f"{name} {count}" for name, count in Counter(call.name for call in struck).most_common())


def _one(scene: Scene, number: int, fault: Fault, again: Fault | None) -> list[Call]:
    with TemporaryDirectory(prefix="camspool-faults-", dir=SCRATCH) as folder:
        copy = copy_scene(scene, Path(folder))
        struck = _run(copy, number, fault)
        if struck and again is not None:
            struck += _run(copy, number, again)
        ended = interpose(copy.drain, (), lambda _: None)
        said = scene_complaints(copy)
        assert (ended.status, said) == (0, []), f"run {number}, after {struck[:3]}: {said}"
    return struck


def _run(scene: Scene, number: int, fault: Fault) -> list[Call]:
    struck: list[Call] = []

    def decide(call: Call) -> Action:
        action = fault(number, call)
        if action is not None:
            struck.append(call)
        return action

    run: Run = interpose(lambda: _drain_in_haste(scene), CHANGING, decide)
    assert run.status in ((0, 1, -signal.SIGKILL) if struck else (0,)), f"run {number} ended with {run.status}"
    return struck


def _drain_in_haste(scene: Scene) -> int:
    """Drain with hardly a pause after trouble with the disk."""
    queue.PAUSE_S = watcher.RETRY_S = 0.02
    return scene.drain()
