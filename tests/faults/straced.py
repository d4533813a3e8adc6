"""Kills the real command by strace, from its first call on: strace counts the calls of each process for itself."""

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.drawing import Moment
from tests.faults.scene import Scene, copy_scene
from tests.faults.sweeping import SCRATCH, Outcome
from tests.faults.whole import scene_complaints
from tests.integration.watching import CAMSPOOL, until

TOTALS = {"renameat2": 8, "link": 3, "unlink": 10, "fsync": 4, "syncfs": 2, "write": 21, "openat": 20}
"""How many calls of a name a process is killed at; some of them only the watcher makes, or only a worker."""

OPENS_STEP = 20
"""Most of the hundreds of files that a process opens are its own modules: one in so many is enough."""

KILLS = 2
"""A worker that is always killed is always replaced, so after so many kills the rest is killed as well."""

PATIENCE_S = 120.0


def kill_by_strace(scene: Scene, moment: Moment) -> Outcome:
    """Kill each process before a call of its own; then the command must finish the work."""
    with TemporaryDirectory(prefix="camspool-faults-", dir=SCRATCH) as folder:
        copy = copy_scene(scene, Path(folder))
        kills = _run(copy, moment, Path(folder) / "strace.log")
        try:
            wrong = ["drain failed"] if copy.drain() else scene_complaints(copy)
        except (AssertionError, OSError) as error:
            wrong = [f"{type(error).__name__}: {error}"]
    return Outcome(moment, (moment.name,) if kills else (), tuple(wrong))


def _run(scene: Scene, moment: Moment, log: Path) -> int:
    """Return how many processes strace killed."""
    number = moment.number * OPENS_STEP if moment.name == "openat" else moment.number
    inject = f"inject={moment.name}:signal=SIGKILL:when={number + 1}"
    words = ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={moment.name}", "-e", inject, CAMSPOOL]
    command = subprocess.Popen([*words, *scene.words("drain")], stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        until(lambda: command.poll() is not None or _kills(log) >= KILLS, PATIENCE_S, f"{moment}: a kill, or the end")
        return _kills(log)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(command.pid, signal.SIGKILL)
        command.wait()


def _kills(log: Path) -> int:
    return log.read_bytes().count(b"killed by SIGKILL") if log.exists() else 0
