"""Descendants of this process: all are found, wherever they went, and ended when asked to."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.ftps.process_tree import descendants, end_descendants


@contextmanager
def started(script: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start a shell that prints one process id and lives on; yield it and that process."""
    with subprocess.Popen(["sh", "-c", script], stdout=subprocess.PIPE, text=True) as shell:
        assert shell.stdout is not None
        try:
            yield shell, int(shell.stdout.readline())
        finally:
            shell.kill()


@pytest.fixture
def strangers() -> set[int]:
    """The processes of other tests that live already."""
    return descendants()


def test_a_grandchild_in_a_session_of_its_own_is_found(strangers: set[int]) -> None:
    with started("setsid sh -c 'echo $$; exec sleep 600' & wait") as (shell, grandchild):
        assert {shell.pid, grandchild} <= descendants() - strangers
        assert os.getpid() not in descendants()
        os.kill(grandchild, signal.SIGKILL)
        shell.wait()
    assert descendants() - strangers == set()


def test_a_process_with_any_name_is_found(strangers: set[int], tmp_path: Path) -> None:
    program = tmp_path / "a) R 1 (b"
    program.symlink_to("/bin/sleep")
    with subprocess.Popen([program, "600"]) as running:
        assert running.pid in descendants() - strangers
        running.kill()


def test_a_zombie_is_not_counted_among_the_living(strangers: set[int]) -> None:
    with subprocess.Popen(["true"]) as ended:
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
        assert Path(f"/proc/{ended.pid}").exists()
        assert ended.pid not in descendants()


def test_those_that_are_spared_live_and_the_others_end(strangers: set[int]) -> None:
    with started("echo $$; exec sleep 600") as (spared, _), started("echo $$; exec sleep 600") as (asked, _):
        end_descendants(strangers | {spared.pid}, 600)
        assert asked.wait() == -signal.SIGTERM
        assert descendants() - strangers == {spared.pid}


def test_who_ignores_the_question_is_killed_when_the_time_is_over(strangers: set[int]) -> None:
    with started("trap '' TERM; echo $$; exec sleep 600") as (stubborn, _):
        end_descendants(strangers, 0)
        assert stubborn.wait() == -signal.SIGKILL


ORPHAN = """
import subprocess
from ingest.ftps.process_tree import adopt_orphans, descendants, end_descendants
adopt_orphans()
subprocess.run(["setsid", "--fork", "sleep", "600"], check=True)
print(len(descendants()))
end_descendants([], 600)
print(len(descendants()))
"""


def test_whose_parent_has_ended_is_adopted_and_ended_too() -> None:
    ran = subprocess.run([sys.executable, "-c", ORPHAN], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["1", "0"]


COLLECT = """
import os, subprocess
from ingest.ftps.process_tree import adopt_orphans, children_that_ended, collect_orphans
adopt_orphans()
own = subprocess.Popen(["sh", "-c", "exit 7"])
os.waitid(os.P_PID, own.pid, os.WEXITED | os.WNOWAIT)
left = []
for _ in range(3):
    # The shell may collect a child that ends before it does itself: this one waits until the shell is gone.
    stays, ends = os.pipe()
    words = ["sh", "-c", f"cat <&{stays} >/dev/null & echo $!"]
    shell = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True, pass_fds=[stays])
    os.close(ends)
    os.close(stays)
    left.append(int(shell.stdout))
    os.waitid(os.P_PID, left[-1], os.WEXITED | os.WNOWAIT)
print(children_that_ended() == {own.pid, *left})
collect_orphans({own.pid})
print(children_that_ended() == {own.pid}, own.wait(), children_that_ended() == set())
"""


def test_what_is_left_by_others_is_collected_and_our_own_keep_their_exit_status() -> None:
    ran = subprocess.run([sys.executable, "-c", COLLECT], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["True", "True", "7", "True"]
