"""Long trials: `python -m tests.soak` lets a gateway live for half an hour. Exit status 1 when anything is wrong."""

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import overload
from tests.faults.hostile_uploads import compare_neighbours, give_all_a_verdict
from tests.faults.sweeping import SCRATCH
from tests.fuzz.targets import TARGETS
from tests.integration.gateway import prepared_gateway
from tests.seeds import seed_of_today
from tests.soak import hours, life, sweep

FILES, ROUNDS = 100_000, 500
CAMERAS, PHOTOS = 1000, 5


def main() -> int:
    """Run the trial that was asked for; print what happened, and what does not add up."""
    parser = argparse.ArgumentParser(
        prog="./dev soak", description="Without an option: a gateway lives for 30 minutes."
    )
    trial = parser.add_mutually_exclusive_group()
    trial.add_argument("--minutes", type=float, default=30.0, help="how long the gateway lives")
    trial.add_argument("--overload", action="store_true", help="1,000 cameras come back at once")
    trial.add_argument("--files", action="store_true", help="100,000 hostile files get their verdicts")
    trial.add_argument("--fuzz", type=float, metavar="MINUTES", help="every reader is fuzzed for so many minutes")
    trial.add_argument("--hours", action="store_true", help="tests that look at a clock run at every hour of a day")
    trial.add_argument(
        "--sweep",
        nargs="*",
        type=sweep.parse_trial,
        metavar="TRIAL",
        help=f"faults at every moment; trials: {', '.join(sweep.NAMES)}, or one moment, as kill-all/rename:3",
    )
    parser.add_argument("--seed", type=int, default=seed_of_today(), help="repeats what was drawn by chance")
    chosen = parser.parse_args()
    print(f"Seed: {chosen.seed}")
    said = _try(chosen)
    for sentence in said:
        print(sentence)
    return 1 if said else 0


def _try(chosen: argparse.Namespace) -> list[str]:
    if chosen.fuzz:
        return _fuzz(chosen.fuzz, chosen.seed)
    if chosen.hours:
        return hours.run()
    if chosen.sweep is not None:
        return sweep.run(chosen.sweep, chosen.seed)
    if chosen.files:
        return _files(chosen.seed)
    return _overload() if chosen.overload else life.run(chosen.minutes, chosen.seed)


def _overload() -> list[str]:
    with prepared_gateway() as gateway:
        told = overload.overload(gateway, CAMERAS, PHOTOS)
        print(told)
        return overload.complaints(gateway, told)


def _files(seed: int) -> list[str]:
    with TemporaryDirectory(prefix="camspool-soak-", dir=SCRATCH) as name:
        told = give_all_a_verdict(Path(name) / "all", FILES, seed)
        print(told)
        print(compare_neighbours(Path(name) / "beside", ROUNDS, seed))
    return told.complaints + ([f"only {told.files} of them have a verdict"] if told.files != FILES else [])


def _fuzz(minutes: float, seed: int) -> list[str]:
    said = []
    for target in TARGETS:
        print(f"== {target}", flush=True)
        words = [sys.executable, "-m", "tests.fuzz", target, f"{minutes * 60:.0f}", str(seed)]
        if subprocess.run(words, check=False).returncode:
            said.append(f"something makes {target} fail; it lies in tests/fuzz/regressions/{target}")
    return said


if __name__ == "__main__":
    sys.exit(main())
