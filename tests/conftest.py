"""For every part: notes how long each test took, for the table at the end of `./dev test`."""

import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

_SECONDS = pytest.StashKey[dict[str, float]]()


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
