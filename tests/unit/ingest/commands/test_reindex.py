"""`camspool reindex` on a spool whose index is gone or wrong."""

from contextlib import closing
from pathlib import Path

import pytest

from ingest.commands.main import main
from ingest.index.store import FILE, enter, open_index, read_index
from ingest.spool.lock import spool_lock
from tests.spools import make_sidecar, put_item


def ids(root: Path) -> list[str]:
    with closing(read_index(root)) as index:
        return [row["id"] for row in index.execute("SELECT id FROM items ORDER BY id")]


@pytest.mark.parametrize("damage", [None, b"", b"no database at all" * 500])
def test_the_index_holds_what_the_folders_hold(
    root: Path, damage: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    items = [put_item(root)[0].id, put_item(root, verdict="rejected", reason="no_metadata")[0].id]
    if damage is not None:
        (root / FILE).write_bytes(damage)
    assert main(["--root", str(root), "reindex"]) == 0
    assert capsys.readouterr().out == "The index holds 2 items.\n"
    assert ids(root) == sorted(items)


def test_what_is_in_the_index_alone_is_gone(root: Path) -> None:
    with closing(open_index(root)) as index:
        enter(index, [(make_sidecar(), "accepted/861943070068027/2026-05-01/x")])
    kept = put_item(root)[0].id
    assert main(["--root", str(root), "reindex"]) == 0
    assert ids(root) == [kept]


def test_while_the_watcher_runs_a_person_is_told_to_stop_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put_item(root)
    with spool_lock(root):
        assert main(["--root", str(root), "reindex"]) == 2
    said = capsys.readouterr()
    assert "Stop the watcher first (systemctl stop camspool-watch)" in said.err
    assert said.out == ""
    assert not (root / FILE).exists()
