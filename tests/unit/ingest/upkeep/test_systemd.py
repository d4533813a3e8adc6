"""What systemd says of a unit, with a `systemctl` that says what the real one was seen to say."""

from pathlib import Path

import pytest

from ingest.upkeep import systemd

NAMES = ["ActiveState"]


@pytest.fixture
def says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is searched for programs first, on a machine that systemd has booted."""
    monkeypatch.setattr(systemd, "_BOOTED", tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path / "systemctl"


def put(program: Path, text: str) -> None:
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)


def test_a_unit_that_is_there_tells_its_properties(says: Path) -> None:
    put(says, "echo Id=a.socket; echo LoadState=loaded; echo ActiveState=active; echo 'Result=exit=code'")
    assert systemd.unit_properties("a.socket", NAMES) == {"ActiveState": "active", "Result": "exit=code"}


def test_a_unit_that_is_not_there_tells_nothing(says: Path) -> None:
    put(says, "echo Id=a.socket; echo LoadState=not-found; echo ActiveState=inactive")
    assert systemd.unit_properties("a.socket", NAMES) is None


def test_several_units_are_asked_at_once_and_those_that_are_not_there_left_out(says: Path) -> None:
    blocks = ["Id=a.service\\nLoadState=loaded\\nResult=success", "Id=b.service\\nLoadState=not-found\\nResult=success"]
    put(says, 'printf "' + "\\n\\n".join(blocks) + '\\n"; echo "$@" >"${0%/*}/asked"')
    assert systemd.units_properties(["a.service", "b.service"], ["Result"]) == {"a.service": {"Result": "success"}}
    assert (says.parent / "asked").read_text() == "show --property=Id,LoadState,Result a.service b.service\n"


def test_a_machine_without_systemd_is_not_asked(says: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(says, "echo Id=a.socket; echo LoadState=loaded; echo ActiveState=active")
    monkeypatch.setattr(systemd, "_BOOTED", says / "nowhere")
    assert systemd.unit_properties("a.socket", NAMES) is None


def test_a_systemd_that_does_not_answer_is_not_waited_for(says: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(says, "exec sleep 60")
    monkeypatch.setattr(systemd, "_PATIENCE_S", 0.2)
    assert systemd.unit_properties("a.socket", NAMES) is None
