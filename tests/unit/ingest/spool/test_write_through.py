"""The attribute that has uploads written to the disk at once, on this machine's own file systems."""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.spool.write_through import is_write_through, set_write_through


@pytest.fixture
def on_disk() -> Iterator[Path]:
    """A folder beside this project, whose file system knows the attribute: that of temporary files may not."""
    with tempfile.TemporaryDirectory(dir=Path(__file__).resolve().parents[4]) as folder:
        yield Path(folder)


def test_a_folder_gets_the_attribute_and_what_is_made_in_it_inherits_it(on_disk: Path) -> None:
    assert is_write_through(on_disk) is False
    assert set_write_through(on_disk, wanted=True)
    assert set_write_through(on_disk, wanted=True)
    (on_disk / "connection").mkdir()
    (on_disk / "connection" / "a.jpg").write_bytes(b"x")
    assert is_write_through(on_disk / "connection")
    assert _chattr_letters(on_disk / "connection" / "a.jpg").startswith("--S")
    assert set_write_through(on_disk, wanted=False)
    assert is_write_through(on_disk) is False


def test_a_file_system_without_it_says_so() -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        assert not is_write_through(Path(name))
        assert not set_write_through(Path(name), wanted=True)
        assert set_write_through(Path(name), wanted=False)


def _chattr_letters(file: Path) -> str:
    return subprocess.run(["lsattr", str(file)], capture_output=True, text=True, check=True).stdout.split()[0]
