"""Thumbnails stay within their bound; the oldest go first."""

import os
from pathlib import Path

from webadmin.files.trimming import trim


def _make(folder: Path, number: int) -> Path:
    file = folder / f"2026010{number}" / f"{number}.jpg"
    file.parent.mkdir(parents=True)
    file.write_bytes(bytes(100))
    os.utime(file, (number, number))
    return file


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
