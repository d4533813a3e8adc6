"""System calls that Python lacks or makes easy to get wrong: renaming onto nothing, flushing, writing for good."""

import ctypes
import errno
import os
from hashlib import sha256
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)
_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
_RENAME_EXCHANGE = 2
_WAIT_BEFORE, _WRITE, _WAIT_AFTER = 1, 2, 4
_CHUNK_BYTES = 1024 * 1024
_READ_BYTES = 1 << 16


def rename_new(source: str | Path, target: str | Path, source_folder: int | None = None) -> None:
    """Rename a file. Raise FileExistsError, and change nothing, when the target exists: renameat2(2), NOREPLACE.

    `source_folder` is the descriptor of the folder in which `source` is a name: so no path is too long.
    """
    _rename(source, target, _RENAME_NOREPLACE, source_folder)


def exchange(one: str | Path, other: str | Path) -> None:
    """Let two files swap their names in one step: renameat2(2), EXCHANGE."""
    _rename(one, other, _RENAME_EXCHANGE)


def _rename(source: str | Path, target: str | Path, flags: int, source_folder: int | None = None) -> None:
    here = _AT_FDCWD if source_folder is None else source_folder
    if _libc.renameat2(here, os.fsencode(source), _AT_FDCWD, os.fsencode(target), ctypes.c_uint(flags)):
        raise _last_error(source, target)


def _last_error(path: str | Path, other: str | Path | None = None) -> OSError:
    """Return the error of the C library's last call as Python would raise it, with the files that it was about."""
    code = ctypes.get_errno()
    return OSError(code, os.strerror(code), str(path), None, None if other is None else str(other))


def flush_file(path: str | Path) -> None:
    """Return when the file's content is on the disk."""
    _flush(path, os.O_RDONLY | os.O_NOFOLLOW)


def flush_folder(path: str | Path) -> None:
    """Return when the folder's entries are on the disk."""
    _flush(path, os.O_RDONLY | os.O_DIRECTORY)


def _flush(path: str | Path, flags: int) -> None:
    descriptor = os.open(path, flags | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_file_system(folder: str | Path) -> None:
    """Return when everything written so far to the file system of `folder` is on the disk: syncfs(2).

    Since Linux 5.8 it reports write errors, as fsync does.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if _libc.syncfs(descriptor):
            raise _last_error(folder)
    finally:
        os.close(descriptor)


def check_written(path: str | Path) -> None:
    """Raise OSError when writing a file's content to the disk has failed and nobody has been told: sync_file_range(2).

    For after `flush_file_system`: the kernel tells a file system's errors once, so another process may have heard of
    this one; it keeps those of each file apart. No flush of its own, so it costs microseconds.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    whole = ctypes.c_int64(0)
    try:
        if _libc.sync_file_range(descriptor, whole, whole, ctypes.c_uint(_WAIT_BEFORE | _WRITE | _WAIT_AFTER)):
            raise _last_error(path)
    finally:
        os.close(descriptor)


def copy_new(source: str | Path, target: str | Path) -> str:
    """Copy a file into a new one, on the disk when this returns; return the content's SHA-256.

    The bytes pass through memory: a copy that only shares blocks would be no better than its source.
    """
    digest = sha256()
    read_from = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
        write_to = os.open(target, flags, 0o660)
        try:
            while chunk := os.read(read_from, _CHUNK_BYTES):
                digest.update(chunk)
                _write_all(write_to, chunk)
            os.fsync(write_to)
        finally:
            os.close(write_to)
    finally:
        os.close(read_from)
    return digest.hexdigest()


def write_new(path: str | Path, content: bytes) -> None:
    """Write a new file, without flushing it. Raise FileExistsError when it exists; leave nothing when writing fails."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o660)
    try:
        try:
            _write_all(descriptor, content)
        finally:
            os.close(descriptor)
    except OSError:
        Path(path).unlink(missing_ok=True)
        raise


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def read_whole(path: str) -> bytes:
    """Return a file's content; for reading a million files, where each Path costs as much as the reading."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        parts = []
        while part := os.read(descriptor, _READ_BYTES):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file that replaces what was there, whole or not at all, and is on the disk when this returns."""
    aside = path.with_name(f".{path.name}.new")
    aside.unlink(missing_ok=True)
    write_new(aside, content)
    flush_file(aside)
    aside.replace(path)
    flush_folder(path.parent)


def remove_file(path: Path) -> bool:
    """Remove a file, which stays removed when this returns; say whether it was there. Raise OSError."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    flush_folder(path.parent)
    return True


DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""Error numbers that say that nothing more can be written."""
DISK_TROUBLE = frozenset(
    {
        *(errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EREMOTEIO, errno.EUCLEAN, errno.EBADMSG),
        *(errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS),
    }
)
"""Error numbers that say something about the machine and nothing about the file at hand: wait and try again."""
