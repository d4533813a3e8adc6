"""What a program of a `command` target may do: limits for it, and nothing to write but its own folder (Landlock)."""

import ctypes
import os
import resource
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""The numbers of these system calls on every architecture (landlock(7))."""
_VERSION, _PATH_BENEATH = 1, 1
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _SIGKILL = 1, 38, 9
_WRITE_FILE, _REMOVE_AND_MAKE, _REFER, _TRUNCATE = 1 << 1, 0b1_1111_1111 << 4, 1 << 13, 1 << 14
"""Rights to change files (landlock.h): REMOVE_DIR, bit 4, to MAKE_SYM, bit 12; REFER since 2; TRUNCATE since 3."""
PROCESSES_MAX, FILES_MAX = 256, 256


@dataclass(frozen=True)
class Sandbox:
    """What a program gets: most memory of each of its processes, the largest file, and where it may write."""

    memory_bytes: int
    file_bytes: int
    writes: tuple[Path, ...]


class _Ruleset(ctypes.Structure):
    _fields_ = (("handled_access_fs", ctypes.c_uint64),)


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


_libc = ctypes.CDLL(None, use_errno=True)


def landlock_version() -> int:
    """Return the version of Landlock that this kernel has; 0 where it has none, or does not let us use it."""
    return max(0, int(_libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))))


def enter(sandbox: Sandbox) -> None:
    """Put this process, and all that it starts, into the sandbox, for good. Raise OSError where the kernel refuses.

    Called between fork and exec. It dies with the process that started it.
    """
    _libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    os.umask(0o077)
    _limit(resource.RLIMIT_AS, sandbox.memory_bytes)
    _limit(resource.RLIMIT_FSIZE, sandbox.file_bytes)
    _limit(resource.RLIMIT_NPROC, PROCESSES_MAX)
    _limit(resource.RLIMIT_NOFILE, FILES_MAX)
    _limit(resource.RLIMIT_CORE, 0)
    if version := landlock_version():
        _restrict(sandbox.writes, version)


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def _restrict(writes: Sequence[Path], version: int) -> None:
    rights = _WRITE_FILE | _REMOVE_AND_MAKE | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    ruleset = _checked(_libc.syscall(_CREATE_RULESET, ctypes.byref(_Ruleset(rights)), ctypes.c_size_t(8), 0))
    for folder in writes:
        _allow(ruleset, folder, rights)
    _allow(ruleset, Path("/dev/null"), rights & (_WRITE_FILE | _TRUNCATE))
    _checked(_libc.syscall(_RESTRICT_SELF, ruleset, 0))
    os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    with suppress(FileNotFoundError):
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            rule = _PathBeneath(rights, descriptor)
            _checked(_libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0))
        finally:
            os.close(descriptor)


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
