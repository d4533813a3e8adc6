import fcntl
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time

from ingest.spool.stamp import new_id
from ingest.spool.uploads import (
    QUIET_S,
    Patience,
    connection_folders,
    connection_of,
    is_finished,
    is_left_alone,
    remove_empty_folders,
    walk,
)
from tests.spools import make_spool

NOBODY = 65534


def paths_below(folder: Path) -> list[bytes]:
    return sorted(upload.path for upload in walk(folder, lambda _: None))


def test_files_in_folders_are_found_with_their_path(tmp_path: Path) -> None:
    (tmp_path / "INSTAR" / "lat1.0_lon2.0").mkdir(parents=True)
    (tmp_path / "INSTAR" / "lat1.0_lon2.0" / "a.jpeg").write_text("x")
    (tmp_path / "b.jpg").write_text("x")
    assert paths_below(tmp_path) == [b"INSTAR/lat1.0_lon2.0/a.jpeg", b"b.jpg"]


def test_links_pipes_and_sockets_are_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("x")
    folder = tmp_path / "uploads"
    folder.mkdir()
    (folder / "link").symlink_to(outside / "secret")
    (folder / "folder").symlink_to(outside)
    os.mkfifo(folder / "pipe")
    assert paths_below(folder) == []


def test_names_that_are_not_utf_8_are_found(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe\n.jpg")).write_text("x")
    assert paths_below(tmp_path) == [b"\xff\xfe\n.jpg"]


def test_every_folder_is_announced_before_it_is_listed(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    seen: list[Path] = []
    list(walk(tmp_path, seen.append))
    assert seen == [tmp_path, tmp_path / "a", tmp_path / "a" / "b"]


def test_a_file_is_arriving_while_its_writer_holds_the_lock(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_text("half")
    writer = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import fcntl, sys; file = open(sys.argv[1], 'r+'); fcntl.lockf(file, fcntl.LOCK_EX);"
            "print('locked', flush=True); input()",
            str(file),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert writer.stdout and writer.stdout.readline() == b"locked\n"
    assert not is_finished(file, Patience())
    writer.communicate(b"\n")
    assert is_finished(file, Patience())


def test_an_empty_file_counts_as_arriving_for_its_first_seconds(tmp_path: Path) -> None:
    patience = Patience()
    assert [is_over(patience, tmp_path / "a.jpg", now) for now in (100.0, 104.9, 105.0)] == [False, False, True]


def test_nobody_waits_for_an_empty_file_that_is_taken_or_has_vanished(tmp_path: Path) -> None:
    patience = Patience()
    is_over(patience, tmp_path / "taken.jpg", 100.0)
    assert patience.seen
    is_over(patience, tmp_path / "taken.jpg", 105.0)
    assert not patience.seen
    is_over(patience, tmp_path / "vanishes.jpg", 106.0)
    patience.begin_scan()
    assert not patience.seen


def is_over(patience: Patience, file: Path, now: float) -> bool:
    """Ask in a scan that meets only this file."""
    patience.begin_scan()
    return patience.is_over(file, now)


def test_a_file_with_two_names_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("x")
    os.link(tmp_path / "a.jpg", tmp_path / "b.jpg")
    assert not is_finished(tmp_path / "a.jpg", Patience())


def test_a_file_that_vanished_is_not_finished(tmp_path: Path) -> None:
    assert not is_finished(tmp_path / "gone.jpg", Patience())


def test_a_file_that_somebody_still_writes_is_not_left_alone(tmp_path: Path) -> None:
    with (tmp_path / "a.jpg").open("w") as writing:
        writing.write("half")
        writing.flush()
        assert not is_left_alone(tmp_path / "a.jpg", Patience())
    assert is_left_alone(tmp_path / "a.jpg", Patience())


def test_a_file_of_another_user_is_awaited_until_it_has_been_unchanged_for_a_while() -> None:
    """Root may lease any file; the watcher of a host, who is not root, only its own."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        file, patience = Path(name) / "a.jpg", Patience()
        file.write_text("x")
        os.seteuid(NOBODY)
        try:
            assert not is_left_alone(file, patience)
            assert list(patience.seen) == [file]
            assert is_left_alone(file, Patience(), time() + QUIET_S + 1)
            # Dated in the future, as by a camera whose clock is ahead.
            assert is_left_alone(file, Patience(), time() - 7200)
        finally:
            os.seteuid(0)


def test_a_lock_of_our_own_does_not_outlive_the_question(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("x")
    is_finished(tmp_path / "a.jpg", Patience())
    with (tmp_path / "a.jpg").open("r+") as file:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_folder_made_by_hand_belongs_to_no_connection(tmp_path: Path) -> None:
    root, connection = make_spool(tmp_path), new_id()
    (root / "uploads" / connection).mkdir()
    (root / "uploads" / "by hand").mkdir()
    found = [connection_of(folder) for folder in connection_folders(root)]
    assert found == [(connection, b""), ("local", b"by hand/")]


def test_only_folders_without_files_are_removed(tmp_path: Path) -> None:
    (tmp_path / "empty" / "a" / "b").mkdir(parents=True)
    (tmp_path / "full" / "a").mkdir(parents=True)
    (tmp_path / "full" / "a" / "photo").write_text("x")
    assert remove_empty_folders(tmp_path / "empty")
    assert not remove_empty_folders(tmp_path / "full")
    assert (tmp_path / "full" / "a" / "photo").exists()
