import os
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.spool.durable import (
    check_written,
    copy_new,
    exchange,
    flush_file,
    flush_file_system,
    flush_folder,
    read_whole,
    remove_file,
    rename_new,
    replace_file,
    write_new,
)


def test_a_rename_onto_a_free_name_works(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    rename_new(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "a"


def test_a_rename_onto_an_existing_name_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    with pytest.raises(FileExistsError):
        rename_new(tmp_path / "a", tmp_path / "b")
    assert ((tmp_path / "a").read_text(), (tmp_path / "b").read_text()) == ("a", "b")


def test_a_rename_takes_names_that_are_not_utf_8(tmp_path: Path) -> None:
    source = os.fsencode(tmp_path) + b"/\xff\xfe.jpg"
    Path(os.fsdecode(source)).write_text("x")
    rename_new(os.fsdecode(source), tmp_path / "b")
    assert (tmp_path / "b").exists()


def test_writing_a_file_that_exists_is_refused(tmp_path: Path) -> None:
    write_new(tmp_path / "a", b"one")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "a", b"two")
    assert (tmp_path / "a").read_bytes() == b"one"


def test_writing_through_a_symlink_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "link", b"x")
    assert not (tmp_path / "elsewhere").exists()


def test_a_copy_is_a_new_file_with_the_same_bytes_and_tells_their_hash(tmp_path: Path) -> None:
    content = os.urandom(2_500_000)
    (tmp_path / "a").write_bytes(content)
    assert copy_new(tmp_path / "a", tmp_path / "b") == sha256(content).hexdigest()
    assert (tmp_path / "b").read_bytes() == content
    with pytest.raises(FileExistsError):
        copy_new(tmp_path / "a", tmp_path / "b")


def test_two_files_exchange_their_names(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    exchange(tmp_path / "a", tmp_path / "b")
    assert ((tmp_path / "a").read_text(), (tmp_path / "b").read_text()) == ("b", "a")


def test_replacing_leaves_the_new_content_and_nothing_beside_it(tmp_path: Path) -> None:
    replace_file(tmp_path / "a", b"one")
    replace_file(tmp_path / "a", b"two")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a", b"two")]


def test_flushing_what_is_missing_raises(tmp_path: Path) -> None:
    flush_folder(tmp_path)
    flush_file_system(tmp_path)
    (tmp_path / "a").write_text("a")
    check_written(tmp_path / "a")
    for flush in (flush_file, flush_folder, flush_file_system, check_written):
        with pytest.raises(FileNotFoundError):
            flush(tmp_path / "missing")


def test_a_file_is_read_whole_whatever_its_size(tmp_path: Path) -> None:
    for size in (0, 10, 200_000):
        file = tmp_path / str(size)
        file.write_bytes(b"x" * size)
        assert read_whole(str(file)) == b"x" * size


def test_a_file_is_removed_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    assert remove_file(tmp_path / "a") and not (tmp_path / "a").exists()
    assert not remove_file(tmp_path / "a")
