"""`camspool audit`: what it prints, how it exits, and the note that status and the overview read."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from ingest.commands.main import main
from ingest.connections.store import log_path
from ingest.index.store import FILE, enter, open_index
from ingest.spool.stamp import new_id
from ingest.upkeep import audit
from ingest.upkeep.audit_note import read_note
from tests.spools import put_item

FRONT = "Mon Nov 23 20:23:20 2026 [pid 7502] "


@pytest.fixture(autouse=True)
def _no_second_look_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "LOOK_AGAIN_S", 0.0)


@pytest.fixture
def connection(root: Path) -> str:
    """A connection in which two files of three bytes were acknowledged."""
    connection_id = new_id()
    client = 'Client "100.64.1.7"'
    lines = [f"CONNECT: {client}", f'FTP command: {client}, "USER camera"', f"[camera] OK LOGIN: {client}"]
    for name in ("a", "b"):
        lines.append(f'[camera] FTP command: {client}, "STOR {name}"')
        lines.append(f'[camera] OK UPLOAD: {client}, "/{name}", 3 bytes, 1.00Kbyte/sec')
    log_path(root, connection_id).write_text("".join(f"{FRONT}{line}\n" for line in lines))
    return connection_id


def put(root: Path, connection: str, path: str) -> None:
    """Put an item with a verdict that came in a connection into the spool."""
    with closing(open_index(root)) as index:
        enter(index, [put_item(root, connection=connection, upload_path=path)])


def test_when_all_adds_up_it_says_how_much_and_ends_well(
    root: Path, connection: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put(root, connection, "a")
    put(root, connection, "b")
    assert main(["--root", str(root), "audit"]) == 0
    assert capsys.readouterr().out == "2 acknowledged transfers, 0 names that do not add up.\n"
    note = read_note(root)
    assert note is not None
    assert (note.transfers, note.wrong, note.sentences) == (2, 0, [])


def test_a_file_that_is_nowhere_is_named_and_exit_1(
    root: Path, connection: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put(root, connection, "a")
    assert main(["--root", str(root), "audit"]) == 1
    finding, total = capsys.readouterr().out.splitlines()
    assert finding == f"b of connection {connection} has no outcome: 1 acknowledged, 0 found."
    assert total == "2 acknowledged transfers, 1 names that do not add up."
    note = read_note(root)
    assert note is not None
    assert note.sentences == [finding]


def test_json_has_the_same_findings(root: Path, connection: str, capsys: pytest.CaptureFixture[str]) -> None:
    put(root, connection, "b")
    assert main(["--root", str(root), "audit", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "transfers": 2,
        "findings": [{"connection": connection, "path": "a", "acknowledged": 1, "outcomes": 0, "wrong_bytes": None}],
        "explained": [],
        "accounts": [],
    }


def test_an_audit_that_could_not_look_never_leaves_a_good_note(root: Path, connection: str) -> None:
    (root / FILE).mkdir()
    assert main(["--root", str(root), "audit"]) == 1
    note = read_note(root)
    assert note is not None
    assert (note.transfers, note.wrong) == (0, 1)
    assert note.sentences[0].startswith("The audit could not read the index: ")


@pytest.mark.parametrize("path", ["", "/b", "//b", "/./b"])
def test_what_was_removed_by_hand_can_be_explained_and_stays_so(
    root: Path, connection: str, capsys: pytest.CaptureFixture[str], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root, connection, "a")
    monkeypatch.setenv("SUDO_USER", "anna")
    words = ["--root", str(root), "audit"]
    assert main([*words, "--explain", f"{connection}{path}", "--because", " I removed it\nby hand. "]) == 0
    assert main(words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == lines[2:]
    assert lines[0].startswith(
        f"b of connection {connection} has no outcome: 1 acknowledged, 0 found. Explained by anna"
    )
    assert lines[0].endswith("I removed it�by hand.")
    assert lines[1] == "2 acknowledged transfers, 0 names that do not add up. 1 more are explained."
    note = read_note(root)
    assert note and (note.wrong, note.explained) == (0, 1)


def test_only_what_the_audit_misses_can_be_explained(
    root: Path, connection: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put(root, connection, "a")
    put(root, connection, "b")
    for what in (connection, f"{connection}/a", "nothing", "/"):
        assert main(["--root", str(root), "audit", "--explain", what, "--because", "x"]) == 2
        assert f"misses nothing of {what}" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--explain", "x"], ["--because", "x"], ["--explain", "x", "--because", " "]])
def test_an_explanation_says_of_what_and_why(root: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "audit", *words]) == 2
    assert "--because" in capsys.readouterr().err
