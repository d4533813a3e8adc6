"""The supervisor, with small real processes as parts."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from ingest.ftps.process_tree import children_that_ended
from ingest.ftps.supervise import Part, supervise

SLEEP = ["sh", "-c", "echo up; sleep 600 & sleep 600"]


def run(*parts: Part, stop_after_s: float | None = None, grace_s: float = 60.0) -> tuple[int, list[str]]:
    """Supervise parts; send this process SIGTERM so many seconds after all of them are ready, when asked."""
    said: list[str] = []

    def on_ready() -> None:
        said.append("READY")
        if stop_after_s is not None:
            threading.Timer(stop_after_s, os.kill, (os.getpid(), signal.SIGTERM)).start()

    return supervise(parts, said.append, on_ready, grace_s), said


def test_a_part_that_dies_is_named_with_its_reason_and_stops_the_rest(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    lives = Part("lives", ["sh", "-c", f"echo $$ > {pid}; exec sleep 60"])
    dies = Part("dies", ["sh", "-c", "sleep 0.5; echo the reason >&2; exit 3"])
    status, said = run(lives, dies)
    assert status == 1
    assert "dies     | the reason" in said
    assert said[-1] == "dies has ended: exit status 3. Stopping the rest."
    assert not Path(f"/proc/{pid.read_text('ascii').strip()}").exists()


def test_a_signal_stops_all_parts_with_all_that_they_started() -> None:
    # Nobody would wait that long for the kill: the parts end because they are asked to.
    status, said = run(Part("one", SLEEP, ready="up"), Part("two", SLEEP, ready="up"), stop_after_s=0, grace_s=10_000)
    assert (status, said.count("READY")) == (0, 1)
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert "sleep 600 & sleep 600" not in running


def test_a_part_that_ignores_the_signal_is_killed(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    stubborn = Part(
        "stubborn", ["sh", "-c", f"trap '' TERM; echo $$ > {pid}; echo up; while :; do sleep 1; done"], ready="up"
    )
    assert run(stubborn, stop_after_s=0, grace_s=0.5)[0] == 0
    assert not Path(f"/proc/{pid.read_text('ascii').strip()}").exists()


def test_ready_is_said_once_when_all_parts_are() -> None:
    slow = Part("slow", ["sh", "-c", "sleep 0.5; echo Listening on x; sleep 60"], ready="Listening on")
    status, said = run(slow, Part("quick", ["sleep", "60"]), stop_after_s=0.5)
    assert (status, said.count("READY")) == (0, 1)


def test_lines_are_passed_on_whole_and_in_order() -> None:
    words = [sys.executable, "-c", "for n in range(5000): print('line', n)"]
    _, said = run(Part("many", words))
    assert [line for line in said if line.startswith("many     | ")] == [f"many     | line {n}" for n in range(5000)]


LEAVES = "for number in 1 2 3 4 5; do (sleep 0.01 & echo $! >> {pids}); done; echo up; sleep 600"


def test_what_a_part_leaves_behind_is_collected_and_the_parts_own_end_is_still_known(tmp_path: Path) -> None:
    """vsftpd leaves a process for each connection, whose parent has ended."""
    pids, stranger = tmp_path / "pids", subprocess.Popen(["sh", "-c", "exit 7"])
    os.waitid(os.P_PID, stranger.pid, os.WEXITED | os.WNOWAIT)
    part = Part("leaves", ["sh", "-c", LEAVES.format(pids=pids)], ready="up")
    waiting = "while [ -e /proc/$pid ]; do sleep 0.05; done"
    dies = f"until [ $(wc -l < {pids}) = 5 ]; do sleep 0.05; done; for pid in $(cat {pids}); do {waiting}; done; exit 3"
    status, said = run(part, Part("dies", ["sh", "-c", dies]))
    assert (status, said[-1]) == (1, "dies has ended: exit status 3. Stopping the rest.")
    assert children_that_ended() == {stranger.pid}
    assert stranger.wait() == 7
