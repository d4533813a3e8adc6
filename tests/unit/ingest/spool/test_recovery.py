"""Each test leaves the spool in one of the states that a crash can leave, then recovers."""

import os
from pathlib import Path

from ingest.spool.moves import place_of, requeue
from ingest.spool.names import aside_name, copy_name, origin_name
from ingest.spool.origin import Origin, origin_text
from ingest.spool.recovery import recover
from ingest.spool.sidecar import Sidecar, sidecar_text
from tests.spools import make_sidecar, make_spool, put_item

CONNECTION = "20261123T202316.314333Z-10007498"


def leave(root: Path, sidecar: Sidecar, *, aside: str = "", linked: bool = False, item: str = "incoming") -> str:
    """Leave an item half-way; return its place."""
    place = place_of(sidecar)
    (root / "incoming" / aside_name(sidecar.id)).write_text(aside or sidecar_text(sidecar))
    if linked or item == "place":
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        os.link(root / "incoming" / aside_name(sidecar.id), root / f"{place}.json")
    where = root / "incoming" / f"{sidecar.id}~local~x" if item == "incoming" else root / place
    if item != "gone":
        where.write_bytes(b"jpg")
    return place


def waiting(root: Path, sidecar: Sidecar) -> bool:
    """Say whether the item waits, with the sign that its commit broke off, and nothing else does."""
    return set(os.listdir(root / "incoming")) == {f"{sidecar.id}~local~x", aside_name(sidecar.id)}


def test_an_item_with_a_torn_sidecar_aside_waits(tmp_path: Path) -> None:
    root, sidecar = make_spool(tmp_path), make_sidecar()
    leave(root, sidecar, aside='{"schema": 1, "id"')
    assert recover(root) == []
    assert waiting(root, sidecar)


def test_a_verdict_that_was_only_written_aside_never_happened(tmp_path: Path) -> None:
    root, sidecar = make_spool(tmp_path), make_sidecar()
    place = leave(root, sidecar)
    assert recover(root) == []
    assert waiting(root, sidecar)
    assert not (root / place).exists()


def test_a_copy_that_was_not_finished_or_has_been_exchanged_is_removed(tmp_path: Path) -> None:
    root, sidecar = make_spool(tmp_path), make_sidecar()
    leave(root, sidecar)
    (root / "incoming" / copy_name(sidecar.id)).write_bytes(b"jp")
    assert recover(root) == []
    assert waiting(root, sidecar)


def test_a_torn_sidecar_aside_without_its_item_is_removed(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    leave(root, make_sidecar(), aside='{"schema": 1, "id"', item="gone")
    assert recover(root) == []
    assert os.listdir(root / "incoming") == []


def test_a_sidecar_in_place_without_its_item_is_swept(tmp_path: Path) -> None:
    root, sidecar = make_spool(tmp_path), make_sidecar()
    place = leave(root, sidecar, linked=True)
    assert recover(root) == []
    assert not (root / f"{place}.json").exists()
    assert waiting(root, sidecar)


def test_a_committed_item_is_reported_so_that_the_index_learns_of_it(tmp_path: Path) -> None:
    root, sidecar = make_spool(tmp_path), make_sidecar()
    place = leave(root, sidecar, item="place")
    assert recover(root) == [(sidecar, place)]
    assert (root / place).exists() and (root / f"{place}.json").exists()


def test_an_item_that_a_person_removed_leaves_nothing(tmp_path: Path) -> None:
    root, sidecar = make_spool(tmp_path), make_sidecar()
    place = leave(root, sidecar, linked=True, item="gone")
    assert recover(root) == []
    assert os.listdir(root / "incoming") == []
    assert not (root / f"{place}.json").exists()


def test_recovering_twice_changes_nothing_more(tmp_path: Path) -> None:
    root, sidecar = make_spool(tmp_path), make_sidecar()
    leave(root, sidecar, item="place")
    assert recover(root) == recover(root)


def test_recovery_can_be_limited_to_some_items(tmp_path: Path) -> None:
    root, one, other = make_spool(tmp_path), make_sidecar(), make_sidecar()
    leave(root, one, item="gone")
    leave(root, other, item="gone")
    recover(root, frozenset({one.id}))
    assert aside_name(other.id) in os.listdir(root / "incoming")
    assert aside_name(one.id) not in os.listdir(root / "incoming")


def test_an_origin_without_its_item_is_swept_and_one_with_it_stays(tmp_path: Path) -> None:
    root, waiting, gone = make_spool(tmp_path), make_sidecar(), make_sidecar()
    for sidecar in (waiting, gone):
        (root / "incoming" / origin_name(sidecar.id)).write_bytes(origin_text(Origin(b"a", "ftps")))
    (root / "incoming" / f"{waiting.id}~local~x").write_bytes(b"jpg")
    recover(root)
    assert sorted(os.listdir(root / "incoming")) == sorted([f"{waiting.id}~local~x", origin_name(waiting.id)])


def test_requeueing_that_stopped_before_the_old_sidecar_went_is_finished(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    sidecar, place = put_item(root, verdict="rejected", reason="no_metadata", camera_id=None)
    (root / "incoming" / aside_name(sidecar.id)).unlink()
    requeue(root, place, sidecar, Origin(b"x", "ftps", left=place))
    (root / place).parent.mkdir()
    (root / f"{place}.json").write_text(sidecar_text(sidecar))
    recover(root)
    assert not (root / f"{place}.json").exists()


def test_of_a_partial_and_its_origin_either_may_be_alone(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    waiting, bare, gone, left = (make_sidecar().id for _ in range(4))
    for head, item_id, is_here, has_origin in (
        ("one", waiting, True, True),
        ("one", bare, True, False),
        ("one", gone, False, True),
        ("other", left, False, True),
    ):
        (root / "partial" / head).mkdir(exist_ok=True)
        if is_here:
            (root / "partial" / head / f"{item_id}~{CONNECTION}~a.jpg").write_bytes(b"jp")
        if has_origin:
            (root / "partial" / head / origin_name(item_id)).write_bytes(origin_text(Origin(b"a.jpg", "ftps")))
    (root / "partial" / "a file that a person put there").touch()
    assert recover(root) == recover(root) == []
    assert not (root / "partial" / "other").exists()
    assert sorted(os.listdir(root / "partial" / "one")) == sorted(
        [f"{waiting}~{CONNECTION}~a.jpg", origin_name(waiting), f"{bare}~{CONNECTION}~a.jpg"]
    )


def test_partials_are_left_alone_while_uploads_are_being_taken(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    folder = root / "partial" / "one"
    folder.mkdir()
    (folder / origin_name(make_sidecar().id)).write_bytes(origin_text(Origin(b"a.jpg", "ftps")))
    recover(root, frozenset())
    assert os.listdir(folder)
