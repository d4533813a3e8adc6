"""Every target is fuzzed for some seconds. What makes one fail is kept, and replayed by tests/unit/test_fuzz.py."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.faults.conftest import Tell
from tests.fuzz.targets import TARGETS

SECONDS = 7

Fuzzing = Future[subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def fuzzing(request: pytest.FixtureRequest, seed: int) -> Iterator[dict[str, Fuzzing]]:
    """Yield what becomes of the targets that are asked for: as many at once as there are processors."""
    asked_for = [name for name in TARGETS if any(f"[{name}]" in item.name for item in request.session.items)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield {name: pool.submit(_fuzz, name, seed) for name in asked_for}


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_that_is_read_makes_a_reader_fail(fuzzing: dict[str, Fuzzing], target: str, tell: Tell) -> None:
    done = fuzzing[target].result()
    assert done.returncode == 0, done.stderr[-5000:]
    runs = re.search(r"Done (\d+) runs", done.stderr)
    covered = re.findall(r"cov: (\d+)", done.stderr)
    assert runs and covered
    tell(f"{target}: {runs[1]} inputs, {covered[0]} -> {covered[-1]} branches reached")


def _fuzz(name: str, seed: int) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "tests.fuzz", name, str(SECONDS), str(seed)]
    return subprocess.run(words, capture_output=True, text=True, errors="replace", check=False)
