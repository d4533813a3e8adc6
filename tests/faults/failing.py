"""A disk on which new content cannot be written for a while: its medium is thin, and has no room left.

The medium is a file with holes where the file system has nothing yet; it lies on another, smaller file system that is
full. So what is written into a hole fails on its way to the medium, long after write(2) said that all is well, while
journal and folders, which have their place already, can be written: a disk with bad blocks behaves so.
"""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from mmap import MAP_SHARED, PROT_READ, mmap
from pathlib import Path

from tests.faults.disks import MEGABYTE, Disk, fill, mounted, new_disk

_MAP_LOCKED = 0x2000
SIZE_MB = 24
BLOCK_BYTES = 4096


@dataclass(frozen=True)
class ThinDisk:
    """A mounted file system on a thin medium, and what keeps the medium from getting more room."""

    disk: Disk
    below: Disk

    def fail(self) -> None:
        """From now on, what is written where nothing has been yet does not reach the medium."""
        subprocess.run(["sync", "-f", str(self.disk.folder)], check=True)
        for first, last in _free_blocks(self.disk.device):
            place = ["--offset", str(first * BLOCK_BYTES), "--length", str((last - first + 1) * BLOCK_BYTES)]
            subprocess.run(["fallocate", "--punch-hole", *place, str(self.disk.image)], check=True)
        fill(self.below.folder, 0)

    def mend(self) -> None:
        """Let everything be written again."""
        (self.below.folder / "ballast").unlink()


@contextmanager
def thin_disk(folder: Path) -> Iterator[ThinDisk]:
    """Yield a disk that works, until it is told to fail."""
    with new_disk(folder, 2 * SIZE_MB) as below:
        image = below.folder / "thin.img"
        image.write_bytes(bytes(SIZE_MB * MEGABYTE))
        options = "nodiscard,lazy_itable_init=0,lazy_journal_init=0"
        words = ["mkfs.ext4", "-q", "-F", "-m", "0", "-b", str(BLOCK_BYTES), "-E", options, "-O", "^uninit_bg"]
        subprocess.run([*words, str(image)], check=True)
        with mounted(image, folder / "thin") as disk:
            yield ThinDisk(disk, below)


@contextmanager
def kept_in_memory(file: Path) -> Iterator[None]:
    """Keep a file's bytes in memory: what the disk refused is there only, and memory that is short gives it up."""
    with file.open("rb") as opened, mmap(opened.fileno(), 0, MAP_SHARED | _MAP_LOCKED, PROT_READ):
        yield


def _free_blocks(device: str) -> list[tuple[int, int]]:
    """Return the ranges of blocks in which the file system has nothing."""
    said = subprocess.run(["dumpe2fs", device], check=True, capture_output=True, text=True).stdout
    listed = re.findall(r"^  Free blocks: (.+)$", said, re.MULTILINE)
    ranges = [part.partition("-") for line in listed for part in line.split(", ")]
    return [(int(first), int(last or first)) for first, _, last in ranges]
