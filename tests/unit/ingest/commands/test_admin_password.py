"""`camspool admin-password` writes hashes that open the admin, and nothing that anybody could read."""

import argparse
import io
import sys
from pathlib import Path

import pytest

from ingest.commands import admin_password
from ingest.commands.main import main
from ingest.errors import CamspoolError
from ingest.settings.values import Admin, Settings
from ingest.spool.people import Person
from webadmin.access.people import is_password, read_deployed


def _opens(file: Path, name: str, password: str) -> bool:
    return is_password(Person(name, "admin", password_hash=read_deployed(file)[name]), password)


def _run(file: Path, *words: str) -> int:
    parser = argparse.ArgumentParser()
    admin_password.add_arguments(parser)
    return admin_password.run(parser.parse_args(words), Settings(admin=Admin(password_file=file)))


def test_a_generated_password_is_printed_once_and_opens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "admins"
    assert _run(file, "anna", "--generate") == 0
    password = capsys.readouterr().out.rpartition(": ")[2].strip()
    assert _opens(file, "anna", password)
    assert password not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_new_password_replaces_the_old_one_and_leaves_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "admins"
    for name, password in (("anna", "first password"), ("piet", "his password"), ("anna", "second password")):
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{password}\n"))
        _run(file, name, "--stdin")
    assert _opens(file, "anna", "second password")
    assert not _opens(file, "anna", "first password")
    assert _opens(file, "piet", "his password")


def test_rights_and_owner_of_the_file_stay(tmp_path: Path) -> None:
    file = tmp_path / "admins"
    file.touch()
    file.chmod(0o640)
    _run(file, "anna", "--generate")
    assert file.stat().st_mode & 0o777 == 0o640


def test_an_admin_is_taken_away(tmp_path: Path) -> None:
    file = tmp_path / "admins"
    _run(file, "anna", "--generate")
    _run(file, "anna", "--remove")
    assert file.read_text() == ""
    with pytest.raises(CamspoolError, match="no admin anna"):
        _run(file, "anna", "--remove")


def test_bad_names_and_short_passwords_are_sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CamspoolError, match="cannot be a name"):
        _run(tmp_path / "admins", "a:b", "--generate")
    monkeypatch.setattr(sys, "stdin", io.StringIO("short\n"))
    with pytest.raises(CamspoolError, match="too short"):
        _run(tmp_path / "admins", "anna", "--stdin")


def test_a_folder_that_is_missing_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CamspoolError, match="cannot be written"):
        _run(tmp_path / "nowhere" / "admins", "anna", "--generate")


def test_the_command_is_called_admin_password(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["admin-password", "--help"])
    assert "--generate" in capsys.readouterr().out
