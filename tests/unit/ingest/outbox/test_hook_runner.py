"""A program that is run ends with all that it has started, whatever it does, and its limits hold."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from ingest.outbox.hook_runner import Ended, Task, run
from tests.integration.watching import until
from tests.unit.ingest.outbox.hooks import program, run_script


@pytest.fixture(autouse=True)
def runner() -> Iterator[subprocess.Popen[str]]:
    """The real runner, a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-m", "ingest.outbox.hook_runner"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def ask(runner: subprocess.Popen[str], folder: Path, script: str, text: str = "{}", seconds: int = 60) -> Ended:
    """Have a script run by the real runner."""
    give(runner, folder, script, text, seconds)
    assert runner.stdout
    return Ended(**json.loads(runner.stdout.readline()))


def give(runner: subprocess.Popen[str], folder: Path, script: str, text: str = "{}", seconds: int = 60) -> None:
    work = folder / "work"
    work.mkdir(exist_ok=True)
    task = Task((program(folder, script),), text, str(work), seconds, 1 << 30, 1 << 20, (str(folder),))
    assert runner.stdin
    runner.stdin.write(json.dumps(asdict(task)) + "\n")
    runner.stdin.flush()


def is_running(file: Path) -> bool:
    """Say whether the process whose number a script has written to a file is there, and no zombie."""
    try:
        state = Path(f"/proc/{int(file.read_text())}/stat").read_bytes().rpartition(b")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != b"Z"


def test_it_gives_the_text_and_hears_what_is_said(runner: subprocess.Popen[str], tmp_path: Path) -> None:
    ended = ask(runner, tmp_path, "cat; echo trouble >&2; exit 3", text='{"a": 1}\n')
    assert (ended.status, ended.said, ended.complained) == (3, '{"a": 1}\n', "trouble\n")


def test_one_after_the_other_is_run(runner: subprocess.Popen[str], tmp_path: Path) -> None:
    assert [ask(runner, tmp_path, f"exit {status}").status for status in (0, 65, 75)] == [0, 65, 75]


def test_a_large_text_reaches_a_program_that_reads_late_and_one_that_never_reads(
    runner: subprocess.Popen[str], tmp_path: Path
) -> None:
    text = "x" * 1_000_000
    assert ask(runner, tmp_path, "sleep 0.3; wc -c", text).said.strip() == "1000000"
    assert ask(runner, tmp_path, "exec <&-; sleep 0.3; echo done", text).said == "done\n"


def test_a_gigabyte_of_output_is_thrown_away_but_for_its_end(runner: subprocess.Popen[str], tmp_path: Path) -> None:
    ended = ask(runner, tmp_path, "head -c 1000000000 /dev/zero; echo; echo the end")
    assert (ended.status, ended.said.splitlines()[-1]) == (0, "the end")
    peak_kb = next(
        int(line.split()[1])
        for line in Path(f"/proc/{runner.pid}/status").read_text().splitlines()
        if line.startswith("VmHWM")
    )
    assert peak_kb < 200_000


def test_a_program_that_hangs_and_does_not_listen_is_ended(runner: subprocess.Popen[str], tmp_path: Path) -> None:
    script = f"trap '' TERM INT HUP; echo $$ > {tmp_path}/pid; while :; do sleep 600; done"
    ended = ask(runner, tmp_path, script, seconds=1)
    assert ended.is_late
    assert not is_running(tmp_path / "pid")


@pytest.mark.parametrize("hiding", ["sleep 600 &", "setsid sleep 600 &", "(setsid sleep 600 >/dev/null 2>&1 &) &"])
def test_what_a_program_leaves_behind_ends_with_it(hiding: str, runner: subprocess.Popen[str], tmp_path: Path) -> None:
    inner = hiding.replace("sleep 600", f"sh -c 'echo $$ > {tmp_path}/pid; exec sleep 600'")
    ended = ask(runner, tmp_path, f"{inner}\nwhile [ ! -s {tmp_path}/pid ]; do sleep 0.01; done; echo done")
    assert (ended.status, ended.said) == (0, "done\n")
    assert not is_running(tmp_path / "pid")


def test_told_to_end_it_ends_the_program_first(runner: subprocess.Popen[str], tmp_path: Path) -> None:
    give(runner, tmp_path, f"echo $$ > {tmp_path}/pid; setsid sleep 600 & exec sleep 600")
    until(lambda: (tmp_path / "pid").exists() and bool((tmp_path / "pid").read_text()), 60, "the program runs")
    runner.send_signal(signal.SIGTERM)
    assert runner.wait(60) == 0
    assert not is_running(tmp_path / "pid")


def test_its_folder_is_its_own_and_goes_with_it(tmp_path: Path) -> None:
    ended = run_script(tmp_path, "pwd; echo $HOME; touch note; ls")
    here, home, note = ended.said.split()
    assert (here, note) == (home, "note")
    assert Path(here).parent == tmp_path / "work"
    assert os.listdir(tmp_path / "work") == []


def test_a_program_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    missing = run(Task((str(tmp_path / "none"),), "", str(tmp_path / "work"), 5, 1 << 30, 1 << 20, ()))
    assert "No such file" in missing.missing
