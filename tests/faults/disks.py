"""Small ext4 file systems in files: to cut their power, and to fill them."""

import mmap
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Disk:
    """A mounted file system: the file that is its medium, the block device, and where it is mounted."""

    image: Path
    device: str
    folder: Path


@contextmanager
def new_disk(folder: Path, size_mb: int) -> Iterator[Disk]:
    """Yield a new, empty disk below `folder`; its metadata reaches the medium after a second at the latest."""
    image = folder / "disk.img"
    with image.open("wb") as file:
        file.truncate(size_mb * MEGABYTE)
    subprocess.run(["mkfs.ext4", "-q", "-F", "-m", "0", "-J", "size=1", str(image)], check=True)
    with mounted(image, folder / "disk", "commit=1") as disk:
        yield disk


@contextmanager
def mounted(image: Path, folder: Path, options: str = "") -> Iterator[Disk]:
    """Mount an image, as after switching the power on again: the journal is replayed."""
    folder.mkdir(exist_ok=True)
    device = subprocess.run(
        ["losetup", "--find", "--show", str(image)], check=True, capture_output=True, text=True
    ).stdout.strip()
    try:
        subprocess.run(["mount", "-t", "ext4", *(["-o", options] if options else []), device, str(folder)], check=True)
        try:
            folder.chmod(0o755)
            yield Disk(image, device, folder)
        finally:
            _unmount(folder)
    finally:
        subprocess.run(["losetup", "--detach", device], check=True)


def _unmount(folder: Path) -> None:
    """Unmount; processes that were just killed may hold the disk for a moment longer."""
    for _ in range(50):
        if subprocess.run(["umount", str(folder)], check=False, stderr=subprocess.DEVNULL).returncode == 0:
            return
        time.sleep(0.1)
    subprocess.run(["umount", str(folder)], check=True)


def cut_power(disk: Disk, copy: Path) -> bool:
    """Copy the medium as it is at this instant; False when it was being written to, so that the copy is of no instant.

    The instants are those between two writes to the medium: what was only in memory then is lost.
    """
    before = _writes(disk)
    with disk.image.open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as medium:
        content = bytes(medium)
    if _writes(disk) != before or before.on_their_way:
        return False
    copy.write_bytes(content)
    return True


@dataclass(frozen=True)
class Writes:
    """What the kernel counts of a block device (Documentation/block/stat.rst)."""

    completed: int
    on_their_way: int


def _writes(disk: Disk) -> Writes:
    fields = Path(f"/sys/block/{Path(disk.device).name}/stat").read_text("ascii").split()
    return Writes(completed=int(fields[4]), on_their_way=int(fields[8]))


def fill(folder: Path, leave_bytes: int) -> Path:
    """Fill the file system of a folder up to so many bytes; return the file that does it."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        while (free := _free(folder)) > leave_bytes:
            try:
                file.write(b"\1" * min(free - leave_bytes, MEGABYTE))
            except OSError:
                break
    os.sync()
    return ballast


def _free(folder: Path) -> int:
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize
