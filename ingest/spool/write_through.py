"""The attribute by which a folder has whatever is made in it written to the disk at once: the S of chattr(1).

A write to such a file returns when content and name are on the disk. vsftpd flushes nothing, so without the attribute
a power cut may take what it has acknowledged. New files and folders inherit it.
"""

import errno
import fcntl
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOT_WRITTEN_THROUGH = "Where the file system knows no chattr +S, a power cut may take the last seconds of uploads."

_LONG_BYTES = struct.calcsize("l")
_FS_IOC_GETFLAGS = 2 << 30 | _LONG_BYTES << 16 | ord("f") << 8 | 1
_FS_IOC_SETFLAGS = 1 << 30 | _LONG_BYTES << 16 | ord("f") << 8 | 2
_FS_SYNC_FL = 0x8
_CANNOT = frozenset({errno.ENOTTY, errno.EOPNOTSUPP, errno.EINVAL})


def is_write_through(folder: Path) -> bool | None:
    """Say whether a folder has the attribute; None where its file system knows none. Raise OSError."""
    with _opened(folder) as descriptor:
        flags = _flags(descriptor)
    return None if flags is None else bool(flags & _FS_SYNC_FL)


def set_write_through(folder: Path, wanted: bool) -> bool:
    """Give a folder the attribute, or take it away; False where its file system cannot have it. Raise OSError."""
    with _opened(folder) as descriptor:
        flags = _flags(descriptor)
        if flags is None or bool(flags & _FS_SYNC_FL) == wanted:
            return flags is not None or not wanted
        try:
            fcntl.ioctl(descriptor, _FS_IOC_SETFLAGS, struct.pack("l", flags ^ _FS_SYNC_FL))
        except OSError as error:
            if error.errno not in _CANNOT:
                raise
            return False
    return True


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _flags(descriptor: int) -> int | None:
    """Return the attributes of ioctl_iflags(2); None where the file system knows none."""
    try:
        answer = fcntl.ioctl(descriptor, _FS_IOC_GETFLAGS, struct.pack("l", 0))
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
        return None
    return int(struct.unpack("l", answer)[0])
