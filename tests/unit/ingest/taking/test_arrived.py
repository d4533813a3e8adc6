import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

import pytest

from ingest.pipeline import item_in
from ingest.spool.patience import Patience
from ingest.spool.stamp import new_id
from ingest.taking.arrived import adopt, take_finished
from tests.trees import TOO_DEEP, TOO_LONG, make_chain, removed_afterwards


def nobody(_folder: Path) -> None:
    return None


def path_of(root: Path, name: str) -> str:
    return item_in(root, name, lambda _: ("camera", "100.64.1.7")).path


def connection(root: Path) -> Path:
    folder = root / "uploads" / new_id()
    folder.mkdir()
    return folder


def test_a_file_that_somebody_put_into_incoming_gets_a_name_once(root: Path) -> None:
    (root / "incoming" / "photo.jpg").write_bytes(b"x")
    (name,) = adopt(root, set(), Patience(), nobody)
    assert item_in(root, name, lambda _: (None, None)).source == "local"
    assert list(adopt(root, set(), Patience(), nobody)) == []


@pytest.mark.parametrize("place", ["uploads/by-hand", "incoming"])
def test_what_somebody_still_copies_by_hand_is_left_where_it_is_and_awaited(root: Path, place: str) -> None:
    (root / place).mkdir(exist_ok=True)
    patience = Patience()

    def taken() -> list[str]:
        patience.begin_scan()
        return [*adopt(root, set(), patience, nobody), *take_finished(root, patience, nobody)]

    with (root / place / "photo.jpg").open("wb", buffering=0) as copying:
        copying.write(b"half")
        assert taken() == []
        assert patience.arriving == 1
    (name,) = taken()
    assert (root / "incoming" / name).read_bytes() == b"half"
    assert patience.arriving == 0


@pytest.mark.parametrize("names", [TOO_DEEP, TOO_LONG], ids=["deep", "long"])
@pytest.mark.parametrize("place", ["connection", "by hand", "incoming"])
def test_a_file_is_taken_however_deep_or_long_its_path_is(root: Path, names: Sequence[str], place: str) -> None:
    tops = {
        "connection": root / "uploads" / new_id(),
        "by hand": root / "uploads" / "by hand",
        "incoming": root / "incoming" / "card",
    }
    with removed_afterwards(tops[place]) as top:
        top.mkdir()
        make_chain(top, names, b"photo")
        (name,) = [*adopt(root, set(), Patience(), nobody), *take_finished(root, Patience(), nobody)]
    assert (root / "incoming" / name).read_bytes() == b"photo"
    above = [] if place == "connection" else [top.name]
    assert path_of(root, name) == "/".join([*above, *names, "a.jpg"])


def test_what_is_out_of_reach_is_named_and_stops_nothing_else(root: Path) -> None:
    (root / "incoming" / "ours").mkdir()
    (root / "incoming" / "ours" / "a.jpg").write_bytes(b"x")
    subprocess.run(["chattr", "+i", str(root / "incoming" / "ours")], check=True)
    (connection(root) / "b.jpg").write_bytes(b"y")
    patience = Patience()
    try:
        taken = [*adopt(root, set(), patience, nobody), *take_finished(root, patience, nobody)]
    finally:
        subprocess.run(["chattr", "-i", str(root / "incoming" / "ours")], check=True)
    assert [path_of(root, name) for name in taken] == ["b.jpg"]
    (not_ours,) = patience.out_of_reach
    assert "ours/a.jpg cannot be taken, give it to the owner of incoming/: Operation not permitted" in not_ours


def fails_at(bad: Path, error: Exception) -> Callable[[Path], None]:
    def on_folder(folder: Path) -> None:
        if folder == bad:
            raise error

    return on_folder


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError(), OSError(5, "Input/output error")], ids=repr)
def test_a_folder_with_which_something_unforeseen_goes_wrong_stops_no_other(root: Path, error: Exception) -> None:
    bad, good = connection(root), connection(root)
    (root / "incoming" / "bad").mkdir()
    for folder in (bad, good, root / "incoming" / "bad"):
        (folder / "a.jpg").write_bytes(b"x")
    patience = Patience()
    taken = [*take_finished(root, patience, fails_at(bad, error))]
    taken += adopt(root, set(taken), patience, fails_at(root / "incoming" / "bad", error))
    assert [name.split("~")[1] for name in taken] == [good.name]
    assert [sentence.partition(" is set aside")[0] for sentence in patience.out_of_reach] == [
        str(bad),
        str(root / "incoming" / "bad"),
    ]
    assert os.listdir(bad) == ["a.jpg"]


def test_where_time_runs_out_the_next_scan_goes_on_and_each_looks_into_one_folder(root: Path) -> None:
    folders = [connection(root) for _ in range(3)]
    for folder in folders:
        (folder / f"{folder.name}.jpg").write_bytes(b"x")
    patience = Patience()
    for _ in take_finished(root, patience, nobody, monotonic() + 60):
        break
    assert patience.stopped_at == folders[0].name
    scans = [[name.split("~")[1] for name in take_finished(root, patience, nobody, 0.0)] for _ in range(4)]
    assert scans == [[], [folders[1].name], [folders[2].name], []]
    assert patience.stopped_at == folders[1].name
    assert list(take_finished(root, patience, nobody)) == []
    assert patience.stopped_at == ""
