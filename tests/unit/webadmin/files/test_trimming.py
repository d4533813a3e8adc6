"""Thumbnails stay within their bound, the oldest go first; and none stays of what is gone."""

import os
import time
from contextlib import closing
from pathlib import Path

from ingest.index.store import forget, open_index
from tests.unit.webadmin.site import Person, Site, accepted, photo
from webadmin.files.trimming import CLEARED_EVERY_S, trim


def _make(folder: Path, number: int) -> Path:
    file = folder / f"2026010{number}" / f"{number}.jpg"
    file.parent.mkdir(parents=True)
    file.write_bytes(bytes(100))
    os.utime(file, (number, number))
    return file


def _pictures(cache: Path) -> set[str]:
    return {file.stem for file in (cache / "thumbnails").rglob("*.jpg")}


def test_nothing_goes_below_the_bound(tmp_path: Path) -> None:
    files = [_make(tmp_path, number) for number in range(5)]
    assert trim(tmp_path, 500) == 0
    assert all(file.exists() for file in files)


def test_the_oldest_go_until_there_is_room(tmp_path: Path) -> None:
    files = [_make(tmp_path, number) for number in range(5)]
    assert trim(tmp_path, 400) == 2
    assert [file.exists() for file in files] == [False, False, True, True, True]


def test_a_missing_folder_needs_no_trimming(tmp_path: Path) -> None:
    assert trim(tmp_path / "nowhere") == 0


def test_the_pictures_of_what_retention_deleted_go_within_a_day(site: Site, admin: Person, tmp_path: Path) -> None:
    gone, kept = (site.put(accepted(upload_path=f"{seed}.jpg"), photo(seed)) for seed in (1, 2))
    for item in (gone, kept):
        admin.get(f"/files/{item.id}/thumbnail")
    with closing(open_index(site.root)) as index:
        forget(index, [gone.id])
    admin.get(f"/files/{kept.id}/thumbnail")
    assert _pictures(tmp_path / "cache") == {gone.id, kept.id}
    yesterday = time.time() - CLEARED_EVERY_S - 1
    os.utime(tmp_path / "cache" / "thumbnails.cleared", (yesterday, yesterday))
    admin.get(f"/files/{kept.id}/thumbnail")
    assert _pictures(tmp_path / "cache") == {kept.id}
