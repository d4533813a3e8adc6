"""A flush that failed is no flush: the kernel gives the bytes up, and the next flush of the same file succeeds.

On a real file system whose medium refuses what is new for a while. Without writing the bytes anew, the second try
would commit an item whose content is only in memory.
"""

import hashlib
import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ingest.spool.durable import check_written, flush_file, flush_file_system
from ingest.spool.moves import place_of
from ingest.spool.root import prepare_spool
from ingest.spool.stamp import new_id
from ingest.watching.heartbeat import read_heartbeat
from tests.faults.conftest import Tell
from tests.faults.disks import cut_power, mounted
from tests.faults.failing import ThinDisk, kept_in_memory, thin_disk
from tests.faults.hasty import HASTY
from tests.faults.scene import CAMERA, Scene, picture, write_settings
from tests.faults.whole import complaints
from tests.integration.gateway import wait_until
from tests.integration.watching import decided, start_watcher, watching
from tests.spools import make_sidecar

REFUSED = "No space left on device|Input/output error"
"""What a flush says: a thin medium that is full says so, a broken one does not know better."""


@dataclass(frozen=True)
class Failing:
    """A spool on a disk that can be told to fail, with a folder for uploads that has its place on the medium."""

    thin: ThinDisk
    scene: Scene
    uploads: Path

    @property
    def root(self) -> Path:
        """The spool root."""
        return self.scene.root

    def after_a_power_cut(self) -> dict[str, str]:
        """Return what the medium holds: the hash of each decided item's content by its upload path."""
        copy = self.scene.folder / "copy.img"
        os.sync()
        wait_until(lambda: cut_power(self.thin.disk, copy), "a moment between two writes")
        with mounted(copy, self.scene.folder / "again") as disk:
            root = disk.folder / "spool"
            return {
                sidecar.upload_path: hashlib.sha256((root / place).read_bytes()).hexdigest()
                for place, sidecar in decided(root).items()
            }


@pytest.fixture
def failing() -> Iterator[Failing]:
    with TemporaryDirectory(prefix="camspool-faults-") as name, thin_disk(Path(name)) as thin:
        root = thin.disk.folder / "spool"
        root.mkdir()
        prepare_spool(root)
        uploads = root / "uploads" / new_id()
        uploads.mkdir()
        for verdict in ({"camera_id": CAMERA}, {"verdict": "rejected", "reason": "broken_jpeg"}):
            (root / place_of(make_sidecar(**verdict))).parent.mkdir(parents=True)
        yield Failing(thin, Scene(Path(name), root, write_settings(Path(name)), Counter()), uploads)


def test_the_kernel_does_say_that_all_is_well_at_the_second_try(failing: Failing) -> None:
    """Why all this is done; should a kernel ever behave otherwise, this test says so."""
    failing.thin.fail()
    file = failing.uploads / "x"
    file.write_bytes(picture(1))
    with pytest.raises(OSError, match=REFUSED):
        flush_file(file)
    flush_file(file)
    check_written(file)


def test_an_error_that_another_process_was_told_is_seen_at_the_file(failing: Failing) -> None:
    failing.thin.fail()
    file = failing.uploads / "x"
    file.write_bytes(picture(1))
    with pytest.raises(OSError, match=REFUSED):
        flush_file_system(failing.root)
    flush_file_system(failing.root)
    with pytest.raises(OSError, match=REFUSED):
        check_written(file)


@pytest.mark.parametrize("files", [1, 12])
def test_what_a_failing_disk_dropped_is_written_anew(failing: Failing, files: int, tell: Tell) -> None:
    with watching(failing.root, "--config", str(failing.scene.settings), command=HASTY), ExitStack() as memory:
        _start_to_fail(failing)
        contents = _send(failing.uploads, files, memory)
        wait_until(lambda: re.search(REFUSED, _trouble(failing.root)) is not None, "the watcher says what fails")
        assert decided(failing.root) == {}
        failing.thin.mend()
        wait_until(lambda: len(decided(failing.root)) == files, "the verdicts, once the disk works", 60)
        assert failing.after_a_power_cut() == contents
    assert complaints(failing.root) == []
    tell(f"{files} files whose flush had failed: written anew, whole after a power cut")


def test_what_the_disk_lost_for_good_gets_a_verdict_that_says_so(failing: Failing) -> None:
    """Between the failed flush and the next try the bytes leave the memory as well."""
    watcher = start_watcher(failing.root, "--config", str(failing.scene.settings), command=HASTY)
    _start_to_fail(failing)
    with ExitStack() as memory:
        _send(failing.uploads, 1, memory)
        wait_until(lambda: re.search(REFUSED, _trouble(failing.root)) is not None, "the watcher says what fails")
    watcher.kill()
    watcher.wait()
    failing.thin.mend()
    for file in (failing.root / "incoming").iterdir():
        with file.open("rb") as opened:
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    subprocess.run([*HASTY, *failing.scene.words("drain")], check=True)
    (sidecar,) = decided(failing.root).values()
    assert [warning.code for warning in sidecar.warnings] == ["changed_on_disk"]
    assert complaints(failing.root) == []


def _start_to_fail(failing: Failing) -> None:
    wait_until(lambda: read_heartbeat(failing.root) is not None, "the watcher's start")
    failing.thin.fail()


def _send(folder: Path, files: int, memory: ExitStack) -> dict[str, str]:
    """Let photos arrive, unflushed as vsftpd leaves them; return the hash of each by its name.

    They stay in memory as long as `memory` does.
    """
    contents = {f"{number}.jpg": picture(number) for number in range(files)}
    aside = folder.parent.parent / "cameras"
    for name, content in contents.items():
        (aside / name).write_bytes(content)
        memory.enter_context(kept_in_memory(aside / name))
        (aside / name).rename(folder / name)
    return {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}


def _trouble(root: Path) -> str:
    heartbeat = read_heartbeat(root)
    return (heartbeat.trouble if heartbeat else None) or ""
