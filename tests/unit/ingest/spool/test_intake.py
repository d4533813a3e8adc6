"""The intake: what vsftpd left in it, told by the names alone."""

import os
from pathlib import Path

import pytest

from ingest.spool.intake import (
    INTAKE,
    TAKEN_MODE,
    TREE_MARK,
    has_intake,
    is_only_a_name,
    list_intake,
    parse_intake_name,
)
from ingest.spool.stamp import new_id


@pytest.fixture
def folder(root: Path) -> Path:
    folder = root / "uploads" / new_id()
    (folder / INTAKE).mkdir(parents=True)
    return folder


def test_what_ended_is_told_in_order_of_time_with_its_path_and_its_end(folder: Path) -> None:
    for number, name in enumerate(("whole~2~z.jpg", "cut~1~a%2Fb%0A.jpg", "withdrawn~3~%FF", "unclosed~9~c.txt")):
        file = folder / INTAKE / name
        file.write_bytes(b"x")
        os.utime(file, (number, number))
    found, tree = list_intake(folder)
    told = [(upload.path, transfer) for upload, transfer in found]
    assert told == [(b"z.jpg", "whole"), (b"a/b\n.jpg", "cut"), (b"\xff", "withdrawn"), (b"c.txt", "unclosed")]
    assert not tree


def test_a_mark_tells_that_the_tree_has_to_be_looked_at(folder: Path) -> None:
    (folder / INTAKE / TREE_MARK).touch()
    assert list_intake(folder) == ([], True)


def test_a_connection_without_the_library_has_no_intake(root: Path, folder: Path) -> None:
    other = root / "uploads" / new_id()
    other.mkdir()
    assert has_intake(folder) and not has_intake(other)
    assert list_intake(other) == ([], False)


@pytest.mark.parametrize("name", ["", "whole", "whole~x~a", "half~1~a", "whole~1~", "tree~", "a.jpg"])
def test_other_names_are_none_of_ours(name: str) -> None:
    assert parse_intake_name(name) is None


def test_a_file_with_its_name_in_the_intake_is_known_by_its_mode_or_by_its_two_names(folder: Path) -> None:
    taken, linked, new = folder / "taken.jpg", folder / "linked.jpg", folder / "new.jpg"
    for file in (taken, linked, new):
        file.write_bytes(b"x")
        file.chmod(0o660)
    taken.chmod(TAKEN_MODE)
    os.link(linked, folder / INTAKE / "whole~1~linked.jpg")
    assert [is_only_a_name(file.lstat()) for file in (taken, linked, new)] == [True, True, False]
