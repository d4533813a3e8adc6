import fcntl
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time

from ingest.spool.patience import Patience
from ingest.spool.stamp import new_id
from ingest.spool.uploads import (
    ANNOUNCED_DEPTH_MAX,
    ANNOUNCED_MAX,
    QUIET_S,
    Upload,
    connection_folders,
    connection_of,
    found_file,
    is_finished,
    is_left_alone,
    walk,
    walk_all,
)
from tests.spools import make_spool
from tests.trees import TOO_DEEP, TOO_LONG, make_chain, removed_afterwards

NOBODY = 65534


def paths_below(folder: Path) -> list[bytes]:
    """Return what a scan finds, which is also what the audit finds."""
    found = sorted(upload.path for upload in walk(folder, lambda _: None, b"", Patience()))
    assert found == sorted(upload.path for upload in walk_all(folder))
    return found


def lying_at(file: Path) -> Upload:
    return found_file(str(file), os.fsencode(file.name), file.parent)


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
    list(walk(tmp_path, seen.append, b"", Patience()))
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
    assert not is_finished(lying_at(file), Patience())
    writer.communicate(b"\n")
    assert is_finished(lying_at(file), Patience())


def test_a_file_with_two_names_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("x")
    os.link(tmp_path / "a.jpg", tmp_path / "b.jpg")
    assert not is_finished(lying_at(tmp_path / "a.jpg"), Patience())


def test_a_file_that_vanished_is_not_finished(tmp_path: Path) -> None:
    assert not is_finished(lying_at(tmp_path / "gone.jpg"), Patience())


def test_a_file_that_somebody_still_writes_is_not_left_alone(tmp_path: Path) -> None:
    with (tmp_path / "a.jpg").open("w") as writing:
        writing.write("half")
        writing.flush()
        assert not is_left_alone(lying_at(tmp_path / "a.jpg"), Patience())
    assert is_left_alone(lying_at(tmp_path / "a.jpg"), Patience())


def test_a_file_of_another_user_is_awaited_until_it_has_been_unchanged_for_a_while() -> None:
    """Root may lease any file; the watcher of a host, who is not root, only its own."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        file, patience = Path(name) / "a.jpg", Patience()
        file.write_text("x")
        os.seteuid(NOBODY)
        try:
            assert not is_left_alone(lying_at(file), patience)
            assert list(patience.seen) == [str(file)]
            assert is_left_alone(lying_at(file), Patience(), time() + QUIET_S + 1)
            # Dated in the future, as by a camera whose clock is ahead.
            assert is_left_alone(lying_at(file), Patience(), time() - 7200)
        finally:
            os.seteuid(0)


def test_a_lock_of_our_own_does_not_outlive_the_question(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("x")
    is_finished(lying_at(tmp_path / "a.jpg"), Patience())
    with (tmp_path / "a.jpg").open("r+") as file:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_folder_made_by_hand_belongs_to_no_connection(tmp_path: Path) -> None:
    root, connection = make_spool(tmp_path), new_id()
    (root / "uploads" / connection).mkdir()
    (root / "uploads" / "by hand").mkdir()
    found = [connection_of(folder) for folder in connection_folders(root)]
    assert found == [(connection, b""), ("local", b"by hand/")]


def test_the_next_look_begins_where_the_last_one_stopped(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    for name in "abcd":
        (root / "uploads" / name).mkdir()
    assert [folder.name for folder in connection_folders(root, "c")] == ["c", "d", "a", "b"]
    assert [folder.name for folder in connection_folders(root, "e")] == ["a", "b", "c", "d"]


def test_a_file_is_found_however_deep_or_long_its_path_is(tmp_path: Path) -> None:
    for number, names in enumerate((TOO_DEEP, TOO_LONG)):
        with removed_afterwards(tmp_path / str(number)) as top:
            top.mkdir()
            make_chain(top, names, b"x")
            assert paths_below(top) == ["/".join([*names, "a.jpg"]).encode()]


def test_a_path_that_nobody_could_read_is_kept_without_its_middle(tmp_path: Path) -> None:
    with removed_afterwards(tmp_path / "top") as top:
        top.mkdir()
        make_chain(top, TOO_LONG * 5, b"x")
        (path,) = paths_below(top)
    assert len(path) == 8192
    assert path.startswith(b"00xxx") and b"x/.../x" in path and path.endswith(b"xxx/a.jpg")


def test_only_the_upper_folders_of_a_tree_are_watched(tmp_path: Path) -> None:
    make_chain(tmp_path, ["d"] * 100)
    seen: list[Path] = []
    list(walk(tmp_path, seen.append, b"", Patience()))
    assert len(seen) == ANNOUNCED_DEPTH_MAX + 1
    for number in range(200):
        (tmp_path / str(number)).mkdir()
    seen.clear()
    list(walk(tmp_path, seen.append, b"", Patience()))
    assert len(seen) == ANNOUNCED_MAX
