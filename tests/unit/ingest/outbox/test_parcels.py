"""Items are found by the folders alone."""

import shutil
from dataclasses import replace
from pathlib import Path

from ingest.outbox.answers import Parcel
from ingest.outbox.parcels import find, is_as_it_was, parcel_at, parcels_of
from ingest.spool.moves import amend, delete
from ingest.spool.sidecar import changed
from tests.spools import put_item

OLD = "20260401T120000.000001Z-10000001"


def test_items_of_any_day_and_verdict_are_found_without_the_cache(root: Path) -> None:
    shutil.rmtree(root / "cache")
    told = [
        put_item(root, item_id=OLD),
        put_item(root, verdict="rejected", reason="no_metadata", camera_id=None),
        put_item(root, camera_id="Y"),
    ]
    wanted = [sidecar.id for sidecar, _ in told]
    found = parcels_of(root, [*wanted, "20260401T120000.000001Z-10000002"])
    assert [(one.id, one.place) for one in found] == sorted((sidecar.id, place) for sidecar, place in told)
    assert [one.sidecar for one in found] == [sidecar for sidecar, _ in sorted(told, key=lambda one: one[0].id)]


def test_an_item_whose_sidecar_cannot_be_read_is_here_and_says_why(root: Path) -> None:
    (torn, torn_place), (lost, lost_place), (odd, odd_place) = (put_item(root, text) for text in (b"a", b"b", b"c"))
    (root / f"{torn_place}.json").write_bytes(b"{")
    (root / f"{lost_place}.json").unlink()
    (root / f"{odd_place}.json").unlink()
    (root / f"{odd_place}.json").mkdir()
    found = find(root, [torn.id, lost.id, odd.id, OLD])
    assert found.ids == found.unreadable.keys() == {torn.id, lost.id, odd.id}
    assert found.unreadable[torn.id].startswith(f"The sidecar of {torn_place} cannot be read: ")
    assert found.unreadable[lost.id] == f"{lost_place} has no sidecar."
    assert found.unreadable[odd.id].startswith(f"The sidecar of {odd_place} cannot be read: Is a directory")
    assert parcels_of(root, [torn.id]) == []


def test_a_parcel_knows_whether_its_item_is_as_it_was(root: Path) -> None:
    sidecar, place = put_item(root)
    parcel = parcel_at(root, sidecar.id, place)
    assert isinstance(parcel, Parcel) and is_as_it_was(root, parcel)
    assert not is_as_it_was(root, replace(parcel, written_ns=parcel.written_ns - 1))
    amend(root, [(changed(sidecar, attempts=2), place)])
    assert not is_as_it_was(root, parcel)
    delete(root, place)
    assert not is_as_it_was(root, parcel)
    assert parcel_at(root, sidecar.id, place) is None
