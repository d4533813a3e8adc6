import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import pytest

from ingest.spool import trees
from ingest.spool.trees import OPEN_MAX, folders, remove_empty_folders
from tests.trees import TOO_DEEP, TOO_LONG, make_chain, removed_afterwards


def open_descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def found_in(top: Path) -> list[tuple[str, list[str]]]:
    return [("/".join(folder.names), folder.files) for folder in folders(top)]


def test_folders_are_met_from_above_each_with_its_files(tmp_path: Path) -> None:
    for file in ("b.jpg", "a.jpg", "1/c.jpg", "1/2/d.jpg", "3/e.jpg"):
        (tmp_path / file).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / file).write_text("x")
    assert found_in(tmp_path) == [
        ("", ["a.jpg", "b.jpg"]),
        ("1", ["c.jpg"]),
        ("1/2", ["d.jpg"]),
        ("3", ["e.jpg"]),
    ]


@pytest.mark.parametrize("names", [TOO_DEEP, TOO_LONG, TOO_LONG * 20], ids=["deep", "long", "both"])
def test_a_tree_of_any_depth_is_walked_and_removed_with_few_folders_open(tmp_path: Path, names: Sequence[str]) -> None:
    before = open_descriptors()
    with removed_afterwards(tmp_path / "top") as top:
        top.mkdir()
        make_chain(top, names)
        most = max(open_descriptors() for _ in folders(top))
        assert most == before + OPEN_MAX
        assert remove_empty_folders(top)
        assert not top.exists()
    assert open_descriptors() == before


def test_a_walk_that_is_given_up_leaves_nothing_open(tmp_path: Path) -> None:
    make_chain(tmp_path, ["a", "b", "c"])
    before = open_descriptors()
    for folder in folders(tmp_path):
        if folder.names:
            break
    assert open_descriptors() == before
    list(folders(tmp_path, enter=lambda names: len(names) < 2))
    list(folders(tmp_path, leave=lambda _parent, _name: False))
    assert open_descriptors() == before


def test_a_tree_that_is_removed_while_it_is_walked_ends_the_walk(tmp_path: Path) -> None:
    """As the audit meets it when a connection has ended: more folders are on the way back than are kept open."""
    names = [str(number) for number in range(3 * OPEN_MAX)]
    (tmp_path / "top").mkdir()
    make_chain(tmp_path / "top", names)
    before = open_descriptors()
    for folder in folders(tmp_path / "top"):
        if len(folder.names) == len(names):
            shutil.rmtree(tmp_path / "top")
    assert open_descriptors() == before


def test_a_folder_that_vanishes_meanwhile_is_passed_over(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).mkdir()
    met = []
    for folder in folders(tmp_path):
        met.append("/".join(folder.names))
        if not folder.names:
            (tmp_path / "b").rmdir()
    assert met == ["", "a", "c"]
    assert found_in(tmp_path / "b") == []


@pytest.mark.parametrize("depth", [0, OPEN_MAX + 3])
def test_a_folder_that_is_moved_out_meanwhile_never_leads_elsewhere(tmp_path: Path, depth: int) -> None:
    """A camera that renames a folder while we are in it must not have its way up lead to another's files."""
    top = tmp_path / "top"
    above = top.joinpath(*["d"] * depth)
    (above / "a" / "b").mkdir(parents=True)
    (above / "c").mkdir()
    (tmp_path / "other" / "secret").mkdir(parents=True)
    met = []
    for folder in folders(top):
        met.append("/".join(folder.names[depth:]))
        if met[-1] == "a/b":
            (above / "a" / "b").rename(tmp_path / "other" / "b")
    # From a folder that was kept open the walk goes on; where it was not, it ends.
    assert met[depth:] == (["", "a", "a/b"] if depth else ["", "a", "a/b", "c"])
    assert not (tmp_path / "other" / "b").samefile(above)


def test_links_are_never_entered(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "top").mkdir()
    (tmp_path / "top" / "link").symlink_to(tmp_path / "secret")
    (tmp_path / "link").symlink_to(tmp_path / "top")
    assert found_in(tmp_path / "top") == [("", [])]
    assert found_in(tmp_path / "link") == []


def test_a_folder_that_is_replaced_by_a_link_meanwhile_is_not_entered(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "top" / "a").mkdir(parents=True)

    met = []
    for folder in folders(tmp_path / "top"):
        met.append("/".join(folder.names))
        if not folder.names:
            (tmp_path / "top" / "a").rmdir()
            (tmp_path / "top" / "a").symlink_to(tmp_path / "secret")
    assert met == [""]


def test_a_folder_that_we_may_not_enter_is_said_and_the_others_are_walked(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    for name in "abc":
        (tmp_path / name).mkdir()
    (tmp_path / "b").chmod(0)
    closed: list[str] = []
    reached = []
    os.chmod(tmp_path.parent, 0o755)  # noqa: PTH101, S103 - pytest's folders are closed to others
    os.chmod(tmp_path.parent.parent, 0o755)  # noqa: PTH101, S103
    os.seteuid(65534)
    try:
        reached = [
            "/".join(folder.names)
            for folder in folders(tmp_path, closed=lambda names, error: closed.append(f"{names[-1]}: {error.strerror}"))
        ]
    finally:
        os.seteuid(0)
    assert reached == ["", "a", "c"]
    assert closed == ["b: Permission denied"]


def test_only_so_many_entries_of_a_folder_are_read_in_one_go(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / str(number)).write_text("x")
    (first,) = folders(tmp_path, entries_max=10)
    assert len(first.files) == 10


def test_only_folders_without_files_are_removed(tmp_path: Path) -> None:
    (tmp_path / "empty" / "a" / "b").mkdir(parents=True)
    (tmp_path / "full" / "a").mkdir(parents=True)
    (tmp_path / "full" / "b" / "c").mkdir(parents=True)
    (tmp_path / "full" / "a" / "photo").write_text("x")
    assert remove_empty_folders(tmp_path / "empty")
    assert not remove_empty_folders(tmp_path / "full")
    assert (tmp_path / "full" / "a" / "photo").exists()
    assert not (tmp_path / "full" / "b").exists()


def test_what_cannot_be_removed_by_the_deadline_is_removed_by_and_by(tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    make_chain(top, ["d"] * 50)
    for number in range(50):
        (top / str(number)).mkdir()
    before = 101
    while not remove_empty_folders(top, monotonic() - 1):
        left = len(list(folders(top)))
        assert left < before
        before = left


def test_a_tree_without_end_takes_its_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "FOLDERS_MAX", 10)
    for number in range(30):
        (tmp_path / "top" / str(number)).mkdir(parents=True)
    assert not remove_empty_folders(tmp_path / "top")
    assert not remove_empty_folders(tmp_path / "top")
    assert len(os.listdir(tmp_path / "top")) < 30
