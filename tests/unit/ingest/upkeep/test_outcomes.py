"""Every step of an item's way counts as one outcome: the audit takes none for a loss, and none for two."""

import shutil
from contextlib import closing
from pathlib import Path

from ingest.index.reindex import catch_up
from ingest.index.store import enter, open_index
from ingest.spool.moves import Decided, commit, forget_aside
from ingest.spool.names import aside_name, incoming_name
from ingest.spool.sidecar import Sidecar, sidecar_text
from ingest.spool.stamp import new_id
from ingest.upkeep.outcomes import Key, outcomes_in
from tests.spools import make_sidecar, make_spool


def _arrived(root: Path) -> tuple[str, Sidecar, list[tuple[Key, int | None]]]:
    """Let an item wait in incoming/; return its name there, its verdict to come, and the outcome that is right."""
    connection, item_id = new_id(), new_id()
    sidecar = make_sidecar(item_id, connection=connection, upload_path="a.jpg")
    name = incoming_name(item_id, connection, b"a.jpg")
    (root / "incoming" / name).write_bytes(b"jpg")
    return name, sidecar, [((connection, "a.jpg"), 3)]


def test_an_item_has_one_outcome_before_while_and_after_its_verdict_is_committed(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    name, sidecar, expected = _arrived(root)
    assert list(outcomes_in(root)) == expected
    (place,) = commit(root, [Decided(name, sidecar)])
    assert list(outcomes_in(root)) == expected
    with closing(open_index(root)) as index:
        enter(index, [(sidecar, place)])
    assert list(outcomes_in(root)) == expected
    forget_aside(root, [sidecar.id])
    assert list(outcomes_in(root)) == expected


def test_an_item_whose_verdict_was_only_written_aside_has_one_outcome(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    _, sidecar, expected = _arrived(root)
    (root / "incoming" / aside_name(sidecar.id)).write_text(sidecar_text(sidecar))
    assert list(outcomes_in(root)) == expected


def test_an_item_has_its_outcome_though_the_index_is_gone_or_just_being_made(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    name, sidecar, expected = _arrived(root)
    commit(root, [Decided(name, sidecar)])
    forget_aside(root, [sidecar.id])
    shutil.rmtree(root / "cache")
    assert list(outcomes_in(root)) == expected
    assert not (root / "cache").exists()
    with closing(open_index(root)) as index:
        assert list(outcomes_in(root)) == expected
        catch_up(root, index)
    assert list(outcomes_in(root)) == expected


def test_a_complete_index_is_believed(tmp_path: Path) -> None:
    """It is what makes the audit of a large spool quick."""
    root = make_spool(tmp_path)
    name, sidecar, expected = _arrived(root)
    (place,) = commit(root, [Decided(name, sidecar)])
    forget_aside(root, [sidecar.id])
    with closing(open_index(root)) as index:
        catch_up(root, index)
    (root / f"{place}.json").write_text("not read")
    assert list(outcomes_in(root)) == expected
