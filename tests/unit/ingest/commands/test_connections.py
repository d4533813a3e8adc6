"""`camspool connections` on a spool with live, ended and folded connections."""

import fcntl
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.commands.main import main
from ingest.connections.store import fold, log_path
from ingest.spool.stamp import new_id

FRONT = "Mon Nov 23 20:23:20 2026 [pid 7502] "
LOG = (
    f'{FRONT}CONNECT: Client "100.64.1.7"\n'
    f'{FRONT}FTP command: Client "100.64.1.7", "USER camera"\n'
    f'{FRONT}[camera] OK LOGIN: Client "100.64.1.7"\n'
)


def connection(root: Path, age_days: float = 0) -> str:
    """Write the log of a connection that began so many days ago; return its id."""
    connection_id = new_id(datetime.now(UTC) - timedelta(days=age_days))
    log_path(root, connection_id).write_text(LOG, "utf-8")
    return connection_id


def said(capsys: pytest.CaptureFixture[str], root: Path, *words: str) -> str:
    """Run the command and return what it prints."""
    assert main(["--root", str(root), "connections", *words]) == 0
    return capsys.readouterr().out


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A spool root with an empty connections/."""
    (tmp_path / "connections").mkdir()
    return tmp_path


def test_an_empty_spool_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, root) == "Nobody has connected.\n"
    assert said(capsys, root, "--json") == "[]\n"


def test_live_and_folded_connections_are_told_apart(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folded, live = connection(root), connection(root)
    fold(root, [folded])
    with log_path(root, live).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        listed = json.loads(said(capsys, root, "--json"))
        table = said(capsys, root)
    assert [(one["id"], one["live"], one["client"]) for one in listed] == [
        (folded, False, "100.64.1.7"),
        (live, True, "100.64.1.7"),
    ]
    assert table.count("It logged in and sent nothing.") == 2
    assert table.count("Connected now.") == 1


def test_days_sets_how_far_back_it_looks(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = connection(root, age_days=3), connection(root)
    fold(root, [old])
    fold(root, [new])
    assert [one["id"] for one in json.loads(said(capsys, root, "--json"))] == [new]
    assert [one["id"] for one in json.loads(said(capsys, root, "--json", "--days", "4"))] == [old, new]


def test_a_refusal_is_told_in_whole_sentences(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused = (
        f'{FRONT}[camera] FTP command: Client "100.64.1.7", "CWD {"x" * 200}"\n'
        f'{FRONT}[camera] FTP response: Client "100.64.1.7", "550 Failed to change directory."\n'
    )
    log_path(root, connection(root)).write_text(LOG + refused, "utf-8")
    assert "Leave the camera's folder setting empty, unless this type of camera needs one." in " ".join(
        said(capsys, root).split()
    )
