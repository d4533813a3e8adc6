import errno
import os
from hashlib import sha256
from math import inf
from pathlib import Path

import pytest

from ingest.spool.intake import INTAKE, TAKEN_MODE, TREE_MARK
from ingest.spool.moves import (
    Decided,
    EarlierReport,
    commit,
    delete,
    earlier_name,
    forget_aside,
    place_of,
    put_earlier,
    remove_ended,
    requeue,
    take,
)
from ingest.spool.names import aside_name, copy_name, origin_name, parse_incoming_name
from ingest.spool.origin import Origin, parse_origin
from ingest.spool.sidecar import parse_sidecar
from ingest.spool.stamp import earlier_id, new_id
from tests.spools import make_sidecar, make_spool, put_item


def test_an_upload_is_taken_under_a_name_that_gives_its_path_back(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    upload = root / "uploads" / "photo"
    upload.write_bytes(b"jpg")
    name = take(root, upload, new_id(), "local", Origin(b"INSTAR/a b~\xff.jpg", "local"))
    parsed = parse_incoming_name(name)
    assert parsed and parsed.upload_path == b"INSTAR/a b~\xff.jpg"
    assert (root / "incoming" / name).read_bytes() == b"jpg"
    assert not upload.exists()


def test_a_path_too_long_for_a_name_is_kept_in_the_origin_file(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    (root / "uploads" / "photo").write_bytes(b"jpg")
    path = b"\xff" * 255
    item_id = new_id()
    name = take(root, root / "uploads" / "photo", item_id, "local", Origin(path, "local"))
    parsed = parse_incoming_name(name)
    assert parsed and parsed.upload_path is None
    assert parse_origin((root / "incoming" / f"{item_id}~origin").read_bytes()).upload_path == path


def test_a_verdict_lies_beside_its_item_under_the_day_we_took_it(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    sidecar, place = put_item(root, item_id="20251205T154647.120034Z-4f2a9c01")
    assert place == "accepted/861943070068027/2025-12-05/20251205T154647.120034Z-4f2a9c01-E1000159.JPG"
    assert (root / place).read_bytes() == b"jpg"
    assert parse_sidecar((root / f"{place}.json").read_bytes()) == sidecar


def test_a_rejected_item_lies_under_its_reason() -> None:
    sidecar = make_sidecar(verdict="rejected", reason="no_metadata", upload_path="../../etc/passwd\n.json")
    assert place_of(sidecar).startswith("rejected/no_metadata/")
    assert place_of(sidecar).endswith("-passwd_.json_")


def test_many_verdicts_are_committed_together(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    decided = []
    for number in range(20):
        sidecar = make_sidecar(camera_id=f"camera{number % 3}")
        name = f"{sidecar.id}~local~x"
        (root / "incoming" / name).write_bytes(b"%d" % number)
        decided.append(Decided(name, sidecar))
    places = commit(root, decided)
    assert [(root / place).read_bytes() for place in places] == [b"%d" % number for number in range(20)]
    forget_aside(root, [one.sidecar.id for one in decided])
    assert os.listdir(root / "incoming") == []


def test_a_commit_never_lands_on_an_existing_item(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    sidecar, place = put_item(root)
    forget_aside(root, [sidecar.id])
    again = f"{sidecar.id}~local~x"
    (root / "incoming" / again).write_bytes(b"other")
    with pytest.raises(FileExistsError):
        commit(root, [Decided(again, sidecar)])
    assert (root / place).read_bytes() == b"jpg"
    assert (root / "incoming" / again).read_bytes() == b"other"


def test_a_sidecar_without_its_item_is_a_leftover_and_gives_way(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    sidecar, place = put_item(root)
    forget_aside(root, [sidecar.id])
    (root / place).unlink()
    (root / "incoming" / f"{sidecar.id}~local~x").write_bytes(b"again")
    assert commit(root, [Decided(f"{sidecar.id}~local~x", sidecar)]) == [place]
    assert (root / place).read_bytes() == b"again"


def test_a_requeued_item_waits_again_and_its_old_sidecar_is_gone(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    sidecar, place = put_item(root, verdict="rejected", reason="no_metadata", camera_id=None)
    forget_aside(root, [sidecar.id])
    name = requeue(root, place, sidecar, Origin(b"a.jpg", "ftps", attempts=2, left=place))
    assert sorted(os.listdir(root / "incoming")) == sorted([name, f"{sidecar.id}~origin"])
    assert not (root / "rejected/no_metadata").joinpath(place.split("/")[2]).exists()


def test_deleting_removes_item_and_sidecar_and_the_empty_day(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    _, place = put_item(root)
    delete(root, place)
    assert not (root / place).parent.exists()
    with pytest.raises(FileNotFoundError):
        delete(root, place)


def leave_broken_off(root: Path) -> tuple[Decided, Path]:
    """Leave an item whose commit broke off; return what is decided about it and where it lies."""
    sidecar = make_sidecar(sha256=sha256(b"jpg").hexdigest(), size_bytes=3)
    item = root / "incoming" / f"{sidecar.id}~local~x"
    item.write_bytes(b"jpg")
    (root / "incoming" / aside_name(sidecar.id)).write_text("torn")
    return Decided(item.name, sidecar), item


def test_an_item_whose_commit_broke_off_is_written_into_a_new_file_before_it_is_committed(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    decided, item = leave_broken_off(root)
    (root / "incoming" / copy_name(decided.sidecar.id)).write_bytes(b"half a co")
    before = item.stat().st_ino
    (place,) = commit(root, [decided])
    assert (root / place).read_bytes() == b"jpg"
    assert (root / place).stat().st_ino != before
    forget_aside(root, [decided.sidecar.id])
    assert os.listdir(root / "incoming") == []


def test_bytes_that_are_not_those_that_were_read_are_not_committed(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    decided, item = leave_broken_off(root)
    item.write_bytes(b"\0\0\0")
    with pytest.raises(OSError, match="content changed") as failure:
        commit(root, [decided])
    assert failure.value.errno == errno.EIO
    assert item.exists()


def ended(root: Path, *in_intake: str) -> Path:
    """Return the folder of an ended connection, with what its camera still sees and these names in its intake."""
    folder = root / "uploads" / new_id()
    (folder / INTAKE).mkdir(parents=True)
    (folder / "D").mkdir()
    for seen in (folder / "a.jpg", folder / "D" / "b.jpg"):
        seen.write_bytes(b"x")
        seen.chmod(TAKEN_MODE)
    for name in in_intake:
        (folder / INTAKE / name).write_bytes(b"x")
    return folder


@pytest.mark.parametrize("in_intake", [(), (TREE_MARK,)], ids=["empty", "with a mark"])
def test_the_folder_of_an_ended_connection_goes_with_all_that_is_only_a_name(root: Path, in_intake: tuple[str]) -> None:
    folder = ended(root, *in_intake)
    remove_ended(folder, inf)
    assert not folder.exists()


def test_it_stays_whole_while_something_in_its_intake_has_to_be_taken(root: Path) -> None:
    folder = ended(root, "whole~1~a.jpg")
    remove_ended(folder, inf)
    assert (folder / "a.jpg").exists() and (folder / "D" / "b.jpg").exists()


def test_what_was_not_taken_stays_and_so_does_the_intake_that_tells_what_was(root: Path) -> None:
    folder = ended(root, TREE_MARK)
    (folder / "D" / "long.jpg").write_bytes(b"x")
    remove_ended(folder, inf)
    assert sorted(file.name for file in folder.rglob("*")) == [INTAKE, "D", "long.jpg", TREE_MARK]


def test_it_goes_as_far_as_its_time_reaches(root: Path) -> None:
    folder = ended(root)
    remove_ended(folder, -inf)
    assert (folder / INTAKE).exists()


def list_of(contents: list[bytes], path: str = "list.txt") -> tuple[Decided, list[str]]:
    """Return a file that is decided with its earlier reports, and their names in incoming/."""
    whole = make_sidecar(kind="report", upload_path=path, connection=new_id())
    ids = [earlier_id(whole.id, number) for number in range(len(contents), 0, -1)]
    reports = tuple(EarlierReport(one, content, whole) for one, content in zip(ids, contents, strict=True))
    return Decided("x", whole, reports), [earlier_name(whole, one) for one in ids]


@pytest.mark.parametrize("path", ["list.txt", "ö" * 200 + ".txt"])
def test_earlier_reports_wait_with_their_own_bytes_and_say_whose_part_they_are(root: Path, path: str) -> None:
    decided, names = list_of([b"a:1", b"b:2"], path)
    put_earlier(root, [decided])
    assert [(root / "incoming" / name).read_bytes() for name in names] == [b"a:1", b"b:2"]
    for name, report in zip(names, decided.earlier, strict=True):
        assert (parsed := parse_incoming_name(name)) and parsed.id == report.id
        origin = parse_origin((root / "incoming" / origin_name(report.id)).read_bytes())
        assert (origin.part_of, origin.upload_path.decode()) == (decided.sidecar.id, path)
    assert len(os.listdir(root / "incoming")) == 4


def test_what_a_kill_left_of_them_is_written_anew_and_what_is_there_already_stays(root: Path) -> None:
    decided, names = list_of([b"a:1", b"b:2", b"c:3"])
    first, second, _ = decided.earlier
    (root / "incoming" / names[0]).write_bytes(b"a:1")
    (root / "incoming" / origin_name(first.id)).write_bytes(b"its own")
    (root / "incoming" / origin_name(second.id)).write_bytes(b"{")
    (root / "incoming" / copy_name(second.id)).write_bytes(b"b")
    for _ in range(2):
        put_earlier(root, [decided])
        assert [(root / "incoming" / name).read_bytes() for name in names] == [b"a:1", b"b:2", b"c:3"]
        assert (root / "incoming" / origin_name(first.id)).read_bytes() == b"its own"
        assert len(os.listdir(root / "incoming")) == 6


def test_on_a_disk_that_fails_nothing_stays_but_what_is_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decided, names = list_of([b"a:1", b"b:2"])

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch, pytest.raises(OSError, match="Input/output"):
        patch.setattr("ingest.spool.moves.flush_file_system", fail)
        put_earlier(root, [decided])
    assert os.listdir(root / "incoming") == []

    def fail_at_second(source: Path, target: Path) -> None:
        if target.name == names[1]:
            fail()
        source.rename(target)

    with monkeypatch.context() as patch, pytest.raises(OSError, match="Input/output"):
        patch.setattr("ingest.spool.moves.rename_new", fail_at_second)
        put_earlier(root, [decided])
    assert sorted(os.listdir(root / "incoming")) == sorted([names[0], origin_name(decided.earlier[0].id)])
    put_earlier(root, [decided])
    assert len(os.listdir(root / "incoming")) == 4
