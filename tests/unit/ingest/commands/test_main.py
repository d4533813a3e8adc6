"""The command line itself: exit statuses, one sentence for what a person can mend, and nothing more on either end."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest import VERSION
from ingest.commands.main import build_parser, command_names, main
from ingest.index.store import FILE

CAMSPOOL = str(Path(sys.executable).with_name("camspool"))


def test_the_commands_are_the_modules_that_can_be_run() -> None:
    names = command_names()
    assert {"watch", "drain", "status", "admin-password"} <= set(names)
    assert not {"main", "journal", "privileges", "progress"} & set(names)


def test_only_the_command_that_is_wanted_is_prepared() -> None:
    assert build_parser(["status", "--json"]).parse_args(["status", "--json"]).json is True
    with pytest.raises(SystemExit):
        build_parser(["status"]).parse_args(["drain"])


@pytest.mark.parametrize("words", [["fly"], [], ["status", "--colour"], ["requeue", "--reason", "ugly"], ["--root"]])
def test_words_that_make_no_sense_are_one_sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.out == ""
    assert said.err.startswith("camspool")
    assert said.err.endswith("--help\n")
    assert said.err.count("\n") == 1


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"camspool {VERSION}\n"


def test_what_a_person_can_mend_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(tmp_path / "nowhere"), "status"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"camspool: The spool root {tmp_path}/nowhere is not a folder")
    assert said.err.count("\n") == 1


def test_where_even_the_sentence_cannot_be_written_the_exit_status_still_says_it(tmp_path: Path) -> None:
    """As with a log on the disk that is full: what else there is to do at the end is done all the same."""
    with Path("/dev/full").open("wb") as full:
        words = [CAMSPOOL, "--root", str(tmp_path / "nowhere"), "status"]
        assert subprocess.run(words, stderr=full, check=False).returncode == 2


def test_a_fault_of_the_machine_says_that_nothing_is_lost(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / FILE).mkdir()
    assert main(["--root", str(root), "audit"]) == 1
    assert capsys.readouterr().err.startswith("camspool: the disk or the machine fails: unable to open database file")


class Interrupted:
    """A standard input on which an error awaits whoever reads."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def readline(self) -> str:
        """Raise the error."""
        raise self._error


def test_an_error_that_nobody_foresaw_keeps_its_traceback_and_names_the_bug_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Interrupted(OSError(errno.ENOTTY, "Inappropriate ioctl for device")))
    assert main(["admin-password", "anna", "--stdin"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Traceback") and "Inappropriate ioctl" in said
    assert "camspool report" in said.splitlines()[-1]


def test_ctrl_c_ends_a_command_as_shells_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Interrupted(KeyboardInterrupt()))
    assert main(["admin-password", "anna", "--stdin"]) == 130


def test_root_and_config_come_from_the_words_before_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def root_of(*words: str) -> str:
        assert main([*words, "settings", "--check"]) == 0
        return capsys.readouterr().out.rpartition(" ")[2].strip(".\n")

    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.toml").write_text('root = "/one"\n')
    (tmp_path / "two.toml").write_text('root = "/two"\n')
    monkeypatch.setenv("CAMSPOOL_CONFIG", "two.toml")
    assert root_of() == "/two"
    assert root_of("--config", "one.toml") == "/one"
    monkeypatch.setenv("CAMSPOOL_ROOT", "spool")
    assert root_of() == str(tmp_path / "spool")
    assert root_of("--root", "other") == str(tmp_path / "other")
    monkeypatch.setenv("CAMSPOOL_ROOT", "")
    assert root_of() == "/two"


@pytest.mark.parametrize(
    ("words", "unbuffered"),
    [(["settings", "--check"], ""), (["settings", "--check"], "1"), (["profiles", "--json"], "")],
)
def test_an_output_that_takes_nothing_is_said_once_and_a_reader_that_left_not_at_all(
    words: list[str], unbuffered: str
) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    full = os.open("/dev/full", os.O_WRONLY)
    said = {}
    for name, output in (("full", full), ("left", theirs)):
        ran = subprocess.run(
            [CAMSPOOL, *words],
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        os.close(output)
        assert ran.returncode == 1
        said[name] = ran.stderr
    assert said["full"].startswith("camspool: the disk or the machine fails: No space left on device.")
    assert said["full"].count("\n") == 1
    assert said["left"] == ""
