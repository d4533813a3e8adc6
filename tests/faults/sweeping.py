"""Runs a scene again and again, each time with a fault at another moment, and checks what is left each time.

Nothing of a trial waits for another one, so several run at once, each in a process that was forked from this one:
Python starts, and imports, only once.
"""

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.drawing import Moment
from tests.faults.hasty import make_haste
from tests.faults.interpose import CREATE, Action, Call, interpose
from tests.faults.scene import Scene, copy_scene, prepare_scene
from tests.faults.sweeps import CHANGING, Decide, Sweep, faults_at
from tests.faults.whole import scene_complaints

SCRATCH = Path("/dev/shm") if Path("/dev/shm").is_dir() else None  # noqa: S108 - a kill loses no cache, so no disk
AT_ONCE = 2 * (os.cpu_count() or 1)
"""Half of a trial is waiting: for the disk, for each other, for the moment at which lasting errors have lasted."""

TRIES = 3
"""The order of calls differs a little from run to run: a moment that was not met is tried again."""


@dataclass(frozen=True)
class Outcome:
    """What a trial came to: the calls that the fault struck, and what was wrong afterwards, as sentences."""

    moment: Moment
    struck: tuple[str, ...]
    wrong: tuple[str, ...]


@contextmanager
def scratch_scene() -> Iterator[Scene]:
    """Yield a scene to copy, in memory."""
    with TemporaryDirectory(prefix="camspool-faults-", dir=SCRATCH) as folder:
        yield prepare_scene(Path(folder) / "scene")


def rehearse(scene: Scene, sweep: Sweep) -> Counter[str]:
    """Run a copy of the scene without a fault; count the calls at which the sweep could strike, by name."""
    seen: Counter[str] = Counter()
    with TemporaryDirectory(prefix="camspool-faults-", dir=SCRATCH) as folder:
        run = partial(_run, copy_scene(scene, Path(folder), is_carrying=sweep.is_carrying), CHANGING)
        assert run(lambda call: seen.update([call.name] if sweep.counts(call) else [])) == 0
    return seen


def at_once(trial: Callable[[Moment], Outcome], moments: Iterable[Moment]) -> Iterator[Outcome]:
    """Make a trial of each moment, some at once; yield the outcomes in order."""
    with ProcessPoolExecutor(AT_ONCE, multiprocessing.get_context("fork")) as pool:
        yield from pool.map(trial, moments)


def try_moment(scene: Scene, sweep: Sweep, seed: int, moment: Moment) -> Outcome:
    """Let the fault strike at a moment of a run. Then a run without faults must leave the scene whole.

    The seed draws the moment at which recovery is killed.
    """
    for _ in range(TRIES):
        struck: list[str] = []
        try:
            wrong = _try(scene, sweep, faults_at(sweep, moment, seed), struck)
        except (AssertionError, OSError) as error:
            wrong = [f"{type(error).__name__}: {error}"]
        if struck or wrong:
            break
    return Outcome(moment, tuple(struck), tuple(wrong))


def _try(scene: Scene, sweep: Sweep, faults: list[tuple[frozenset[str], Decide]], struck: list[str]) -> list[str]:
    with TemporaryDirectory(prefix="camspool-faults-", dir=SCRATCH) as folder:
        copy = copy_scene(scene, Path(folder), is_carrying=sweep.is_carrying)
        for names, decide in faults:
            before = len(struck)
            status = _run(copy, names, partial(_note, decide, struck))
            if status not in ((0, 1, -signal.SIGKILL) if len(struck) > before else (0,)):
                return [f"the run ended with {status}"]
            if not struck:
                break
        ended = interpose(copy.drain, (), lambda _: None)
        said = scene_complaints(copy)
        return said if ended.status == 0 else [f"the last run ended with {ended.status}", *said]


def _note(decide: Decide, struck: list[str], call: Call) -> Action:
    action = decide(call)
    if action is not None:
        struck.append(call.name)
    return action


def _run(scene: Scene, names: frozenset[str], decide: Decide) -> int:
    """Drain the scene, asking about these calls; return how it ended."""
    return interpose(lambda: _drain_in_haste(scene), [CREATE if n == "openat" else n for n in names], decide).status


def _drain_in_haste(scene: Scene) -> int:
    """Drain with hardly a pause after trouble with the disk."""
    make_haste()
    return scene.drain()
