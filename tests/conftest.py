"""For every part: notes how long each test took, for the table at the end of `./dev test`; and gives tests the seed of
what they draw by chance, which is printed and can be asked for with `--seed`.
"""

import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

from tests.seeds import seed_of_today

_SECONDS = pytest.StashKey[dict[str, float]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run of another day be repeated."""
    parser.addoption("--seed", type=int, help="draw samples by this number instead of the date (UTC)")


def pytest_report_header(config: pytest.Config) -> str:
    """Print the seed in every run, so that it can be repeated."""
    return f"seed: {_seed(config)}; --seed {_seed(config)} repeats what is drawn by chance"


@pytest.fixture(scope="session")
def seed(pytestconfig: pytest.Config) -> int:
    """Return the seed of what is drawn by chance: that of the day, or the one that was asked for."""
    return _seed(pytestconfig)


def _seed(config: pytest.Config) -> int:
    """Return the seed; the day's one is fixed as the run begins, which may last beyond midnight."""
    config.option.seed = config.option.seed or seed_of_today()
    return int(config.option.seed)


def pytest_configure(config: pytest.Config) -> None:
    """Make the place where the seconds of each test are kept, and keep them there."""
    seconds: dict[str, float] = defaultdict(float)
    config.stash[_SECONDS] = seconds

    class Stopwatch:
        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            seconds[report.nodeid] += report.duration

    config.pluginmanager.register(Stopwatch(), "camspool-stopwatch")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the seconds down where `./dev test` asks for them: one file a process, as parts may use several."""
    if folder := os.environ.get("CAMSPOOL_TIMES"):
        told = {"part": os.environ.get("CAMSPOOL_PART", ""), "tests": session.config.stash[_SECONDS]}
        (Path(folder) / f"{os.getpid()}.json").write_text(json.dumps(told))
