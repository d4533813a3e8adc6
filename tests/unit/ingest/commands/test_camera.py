"""`camspool camera` where no watcher runs: cameras and their accounts from a shell."""

import re
from pathlib import Path

import pytest

from ingest.commands.main import main
from ingest.ftps.accounts import old_passwords, read_accounts
from ingest.spool.camera_accounts import PASSWORDS
from ingest.spool.camera_records import read_camera_record


def camera(root: Path, *words: str) -> int:
    return main(["--root", str(root), "camera", *words])


def test_a_camera_is_added_and_the_command_says_what_to_type(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--make", "Bushnell", "--position", "52.09877, 5.12534", "--site", "North gate")
    assert camera(root, "add", "Gate North", *words) == 0
    said = capsys.readouterr().out
    assert re.search(r"user +gate-north\n", said) and re.search(r"password +\d{12}\n", said)
    record = read_camera_record(root, "Gate_North")
    assert record is not None and (record["make"], record["sites"][0]["name"]) == ("Bushnell", "North gate")


def test_an_account_is_renewed_its_former_password_ended_and_it_is_closed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    camera(root, "add", "Gate North")
    first = read_accounts(root / PASSWORDS)
    assert camera(root, "password", "Gate_North") == 0
    assert read_accounts(old_passwords(root / PASSWORDS)) == first
    assert camera(root, "end-former", "Gate_North") == 0
    assert read_accounts(old_passwords(root / PASSWORDS)) == {}
    assert camera(root, "close", "Gate_North") == 0
    assert read_accounts(root / PASSWORDS) == {}
    capsys.readouterr()
    assert camera(root, "list") == 0
    assert re.fullmatch(r"Gate_North  gate-north  made \S+, closed \S+\n", capsys.readouterr().out)
    assert camera(root, "account", "Gate_North") == 0
    assert set(read_accounts(root / PASSWORDS)) == {"gate-north"}


def test_a_camera_with_a_folder_uses_the_account_of_all(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert camera(root, "add", "Creek", "--folder") == 0
    said = capsys.readouterr().out
    assert re.search(r"user +camera\n", said) and re.search(r"folder +/Creek\n", said)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "../x"), "cannot be a camera's name"),
        (("add", "Gate", "--position", "91, 5"), "The position"),
        (("password", "Nobody"), "has no open account"),
        (("close", "\x1b[31m"), "has no open account"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_2(
    root: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert camera(root, *words) == 2
    said = capsys.readouterr().err
    assert told in said and said.count("\n") == 1 and "\x1b" not in said
