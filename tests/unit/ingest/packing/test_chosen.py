"""Which items a pack is made of."""

from contextlib import closing
from pathlib import Path
from typing import Any

from ingest.index.store import open_index
from ingest.packing.chosen import MOST_CAMERAS, MOST_ITEMS, chosen_places
from tests.spools import make_spool, put_listed_item

PROFILE = "willfine-4.0t-cg"


def places(root: Path) -> list[str]:
    """Return what would be chosen."""
    with closing(open_index(root)) as index:
        return chosen_places(index, PROFILE)


def put(root: Path, **changes: Any) -> str:
    return put_listed_item(root, **({"profile": PROFILE} | changes))[1]


def test_a_photo_of_each_of_a_few_cameras_comes_first_and_never_more_than_a_dozen(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    for camera in range(8):
        for number in range(4):
            put(root, camera_id=f"CAM{camera}", sha256=f"{camera}{number}" * 32)
    found = places(root)
    assert len({place.split("/")[1] for place in found}) == MOST_CAMERAS
    assert len(found) == len(set(found)) <= MOST_ITEMS


def test_what_failed_in_a_telling_way_is_among_them_and_other_profiles_files_are_not(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    good = put(root, camera_id="CAM1")
    telling = put(root, verdict="rejected", reason="missing_datetime", camera_id="CAM1")
    put(root, verdict="rejected", reason="broken_jpeg", camera_id="CAM1")
    put(root, profile="instar", camera_id="CAM2")
    assert set(places(root)) == {good, telling}


def test_an_empty_spool_has_nothing_to_choose(tmp_path: Path) -> None:
    assert places(make_spool(tmp_path)) == []
