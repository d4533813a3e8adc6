"""The attribute that has uploads written to the disk at once, on this machine's own file systems."""

import subprocess
import tempfile
from pathlib import Path

from ingest.spool.write_through import is_write_through, set_write_through


def test_a_folder_gets_the_attribute_and_what_is_made_in_it_inherits_it(tmp_path: Path) -> None:
    assert is_write_through(tmp_path) is False
    assert set_write_through(tmp_path, wanted=True)
    assert set_write_through(tmp_path, wanted=True)
    (tmp_path / "connection").mkdir()
    (tmp_path / "connection" / "a.jpg").write_bytes(b"x")
    assert is_write_through(tmp_path / "connection")
    assert _chattr_letters(tmp_path / "connection" / "a.jpg").startswith("--S")
    assert set_write_through(tmp_path, wanted=False)
    assert is_write_through(tmp_path) is False


def test_a_file_system_without_it_says_so() -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        assert not is_write_through(Path(name))
        assert not set_write_through(Path(name), wanted=True)
        assert set_write_through(Path(name), wanted=False)


def _chattr_letters(file: Path) -> str:
    return subprocess.run(["lsattr", str(file)], capture_output=True, text=True, check=True).stdout.split()[0]
