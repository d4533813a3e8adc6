"""What a camera still sees of a deleted item would hold its space: that name goes, and no other."""

import os
from pathlib import Path

from ingest.requests.held_names import drop_held_names
from ingest.requests.unusable import Unusable
from ingest.spool.stamp import new_id


def held(root: Path, connection: str | None, name: str, path: str) -> Unusable:
    """Put down an item that its connection's folder has as well."""
    item = root / "rejected" / name
    item.write_text(name)
    seen = root / "uploads" / (connection or "x") / path
    seen.parent.mkdir(parents=True, exist_ok=True)
    os.link(item, seen)
    return Unusable(name, f"rejected/{name}", None, connection)


def names(root: Path) -> set[str]:
    return {file.name for file in (root / "uploads").rglob("*") if file.is_file()}


def test_the_names_of_these_items_go_wherever_their_connections_have_them_and_all_others_stay(root: Path) -> None:
    one, other = new_id(), new_id()
    items = [held(root, one, "a", "a.mp4"), held(root, one, "b", "deep/er/b.mp4"), held(root, other, "c", "c.mp4")]
    held(root, one, "kept", "kept.jpg")
    (root / "uploads" / one / "arriving.jpg").write_text("x")
    drop_held_names(root, items)
    assert names(root) == {"kept.jpg", "arriving.jpg"}
    assert {file.name for file in (root / "rejected").iterdir()} == {"a", "b", "c", "kept"}


def test_items_that_are_gone_or_came_by_no_connection_change_nothing(root: Path) -> None:
    connection = new_id()
    items = [held(root, connection, "gone", "a.mp4"), held(root, None, "local", "b.mp4")]
    (root / "rejected" / "gone").unlink()
    drop_held_names(root, [*items, Unusable("x", "rejected/x", None, "../..")])
    assert names(root) == {"a.mp4", "b.mp4"}


def test_a_connections_folder_that_is_gone_is_no_trouble(root: Path) -> None:
    connection = new_id()
    item = held(root, connection, "a", "a.mp4")
    os.link(root / "rejected" / "a", root / "second")
    (root / "uploads" / connection / "a.mp4").unlink()
    (root / "uploads" / connection).rmdir()
    drop_held_names(root, [item])
    assert (root / "rejected" / "a").exists()
