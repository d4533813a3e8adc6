"""A program ends when whoever started it is killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.outbox.tied import tied
from tests.integration.watching import until

STARTER = """
import subprocess, sys, time
from signal import Signals
from ingest.outbox.tied import tied
subprocess.Popen(tied(sys.argv[2:], Signals(int(sys.argv[1]))))
time.sleep(600)
"""


def is_running(pid: int) -> bool:
    """Say whether a process is there, and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] != b"Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_when_who_started_it_is_killed(number: signal.Signals, tmp_path: Path) -> None:
    script = f"echo $$ > {tmp_path}/pid.new && mv {tmp_path}/pid.new {tmp_path}/pid; exec sleep 600"
    words = [sys.executable, "-c", STARTER, str(int(number)), "/bin/sh", "-c", script]
    with subprocess.Popen(words) as starter:
        until((tmp_path / "pid").exists, 60, "the program runs")
        pid = int((tmp_path / "pid").read_text())
        assert is_running(pid)
        starter.kill()
    until(lambda: not is_running(pid), 60, "the program has ended")


def test_it_is_the_program_itself_with_its_own_words_and_status() -> None:
    words = tied(["/bin/sh", "-c", 'echo "$0 $1 $$"; exit 7', "a b", "-c"], signal.SIGKILL)
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as process:
        said, _ = process.communicate()
    assert (said, process.returncode) == (f"a b -c {process.pid}\n", 7)
