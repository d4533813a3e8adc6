"""The tests that look at a clock, run at every hour of a day and in the nights that are not like others."""

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.moments import HOURS, NIGHTS, Moment
from tests.soak.clock import WrongClock, wrong_clock

# Not connections and uploads: the kernel dates files by its own clock, and those tests compare the two.
FOLDERS = ("tests/unit/webadmin", *(f"tests/unit/ingest/{room}" for room in ("commands", "requests", "upkeep")))


def run() -> list[str]:
    """Run them at each moment, in a process whose time zone is that of the moment; return which failed, and when."""
    with TemporaryDirectory(prefix="camspool-soak-") as name, wrong_clock(Path(name)) as clock:
        return [f"{moment}: {said}" for moment in (*HOURS, *NIGHTS) for said in _failures(clock, moment)]


def _failures(clock: WrongClock, moment: Moment) -> list[str]:
    clock.set(round(moment.at.timestamp() - time.time()))
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *FOLDERS]
    ended = subprocess.run([*clock.words(), f"TZ={moment.zone}", *pytest], capture_output=True, text=True, check=False)
    lines = ended.stdout.splitlines() or ended.stderr.splitlines() or ["nothing was said"]
    print(f"{moment}: {lines[-1]}", flush=True)
    failed = [line for line in lines if line.startswith(("FAILED ", "ERROR "))]
    return failed or lines[-1:] if ended.returncode else []
