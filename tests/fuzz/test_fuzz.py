"""Every target is fuzzed for some seconds. What makes one fail is kept, and replayed by tests/unit/test_fuzz.py."""

import re
import subprocess
import sys

import pytest

from tests.faults.conftest import Tell
from tests.fuzz.targets import TARGETS

SECONDS = 8


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_that_is_read_makes_a_reader_fail(target: str, tell: Tell) -> None:
    words = [sys.executable, "-m", "tests.fuzz", target, str(SECONDS)]
    done = subprocess.run(words, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stderr[-5000:]
    runs = re.search(r"Done (\d+) runs", done.stderr)
    covered = re.findall(r"cov: (\d+)", done.stderr)
    assert runs and covered
    tell(f"{target}: {runs[1]} inputs, {covered[0]} -> {covered[-1]} branches reached")
