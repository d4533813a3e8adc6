"""What ended in a connection: from the intake at once, from the tree when vsftpd is gone."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.connections.store import log_path
from ingest.spool.intake import INTAKE, TAKEN_MODE, TREE_MARK
from ingest.spool.patience import Patience
from ingest.spool.stamp import new_id
from ingest.taking.ended import RENAME_PATIENCE_S, ended
from tests.locks import kept_locked


@pytest.fixture
def folder(root: Path) -> Path:
    """Return the folder of a connection that goes on."""
    folder = root / "uploads" / new_id()
    (folder / INTAKE).mkdir(parents=True)
    log_path(root, folder.name).write_text("x\n")
    return folder


@pytest.fixture
def _living(root: Path, folder: Path) -> Iterator[None]:
    with kept_locked(log_path(root, folder.name)):
        yield


def put(folder: Path, name: str, content: bytes = b"x") -> None:
    (folder / INTAKE / name).write_bytes(content)


def told(root: Path, folder: Path, patience: Patience | None = None) -> list[tuple[bytes, str, bool]]:
    found = ended(root, folder, lambda _: None, patience or Patience())
    return [(upload.path, origin.transfer, is_ready) for upload, origin, is_ready in found]


@pytest.mark.usefixtures("_living")
def test_only_the_intake_is_looked_at_while_a_connection_lives(root: Path, folder: Path) -> None:
    put(folder, "whole~1~a.jpg")
    (folder / "arriving.jpg").write_bytes(b"half")
    seen: list[Path] = []
    assert [upload.path for upload, _, _ in ended(root, folder, seen.append, Patience())] == [b"a.jpg"]
    assert seen == [folder / INTAKE]


@pytest.mark.usefixtures("_living")
def test_an_odd_name_waits_for_its_rename_and_nothing_else_does(root: Path, folder: Path) -> None:
    for name in ("whole~1~a.jpg.tmp", "whole~2~b.JPG", "cut~3~c.tmp", "withdrawn~4~d.tmp", "unclosed~5~e.part"):
        put(folder, name)
    ready = {path: is_ready for path, _, is_ready in told(root, folder)}
    assert ready == {b"a.jpg.tmp": False, b"b.JPG": True, b"c.tmp": True, b"d.tmp": True, b"e.part": False}


@pytest.mark.usefixtures("_living")
def test_an_odd_name_waits_for_some_seconds_only(root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, "whole~1~a.tmp")
    patience, now = Patience(), 1000.0
    monkeypatch.setattr("ingest.spool.patience.monotonic", lambda: now)
    for passed_s, is_ready in ((0.0, False), (RENAME_PATIENCE_S - 1, False), (RENAME_PATIENCE_S, True)):
        now = 1000.0 + passed_s
        patience.begin_scan()
        assert told(root, folder, patience) == [(b"a.tmp", "whole", is_ready)]


def test_when_the_connection_has_ended_nothing_waits_and_what_was_arriving_is_cut(root: Path, folder: Path) -> None:
    put(folder, "whole~1~a.tmp")
    (folder / "D").mkdir()
    (folder / "D" / "killed.jpg").write_bytes(b"half")
    (folder / "empty.jpg").write_bytes(b"")
    taken = folder / "taken.jpg"
    taken.write_bytes(b"x")
    taken.chmod(TAKEN_MODE)
    assert told(root, folder) == [(b"a.tmp", "whole", True), (b"D/killed.jpg", "cut", True)]
    assert not (folder / "empty.jpg").exists() and taken.exists()


@pytest.mark.usefixtures("_living")
def test_a_path_too_long_for_the_intake_is_taken_from_the_tree_as_acknowledged(root: Path, folder: Path) -> None:
    put(folder, TREE_MARK, b"")
    (folder / "long.jpg").write_bytes(b"whole")
    (folder / "linked.jpg").write_bytes(b"y")
    os.link(folder / "linked.jpg", folder / INTAKE / "whole~1~linked.jpg")
    assert told(root, folder) == [(b"linked.jpg", "whole", True), (b"long.jpg", "whole", True)]
