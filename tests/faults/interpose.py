"""Stops a process and all that it forks before each chosen system call, and asks what shall become of the call.

By seccomp's user notification (seccomp_unotify(2)): the call has not begun when the question comes, so a process that
is killed then leaves exactly what its calls before that one did. Unlike strace this counts the calls of parent and
workers together, in the order in which they happen, and costs microseconds instead of a start of Python.
"""

import ctypes
import fcntl
import os
import platform
import select
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

NUMBERS = {
    "write": 1,
    "pwrite64": 18,
    "fsync": 74,
    "fdatasync": 75,
    "ftruncate": 77,
    "rename": 82,
    "mkdir": 83,
    "rmdir": 84,
    "link": 86,
    "unlink": 87,
    "openat": 257,
    "sync_file_range": 277,
    "syncfs": 306,
    "renameat2": 316,
}
"""System calls of x86-64 by name: all by which Camspool, Python and SQLite change what is on disk."""

CREATE = "openat that creates"
"""Only those calls of openat that may make a file."""

_BY_DESCRIPTOR = frozenset({"write", "pwrite64", "fsync", "fdatasync", "ftruncate", "sync_file_range", "syncfs"})
_NAMES = {number: name for name, number in NUMBERS.items()}
_PR_SET_NO_NEW_PRIVS = 38
_SYS_SECCOMP = 317
_SET_MODE_FILTER, _NEW_LISTENER = 1, 1 << 3
_RET_ALLOW, _RET_USER_NOTIF = 0x7FFF0000, 0x7FC00000
_RECEIVE, _SEND = 0xC0502100, 0xC0182101
_CONTINUE = 1
_NOTIFICATION = struct.Struct("=QII iIQ6Q")
_ANSWER = struct.Struct("=Qqii")
_LOAD, _IF_EQUAL, _IF_BITS, _RETURN = 0x20, 0x15, 0x45, 0x06
_OFFSET_NUMBER, _OFFSET_FLAGS = 0, 32
_PATIENCE_S = 60.0


@dataclass(frozen=True)
class Call:
    """One system call that is about to happen: which one in the whole run, its name, and whose it is."""

    position: int
    name: str
    pid: int
    first_argument: int

    @property
    def is_on_disk(self) -> bool:
        """Say whether the call is about a file: not about a pipe or a terminal, nor by somebody who has gone."""
        if self.name not in _BY_DESCRIPTOR:
            return True
        try:
            return str(Path(f"/proc/{self.pid}/fd/{self.first_argument}").readlink()).startswith("/")
        except (FileNotFoundError, ProcessLookupError):
            return False


Action = str | int | None
"""`"kill"` the caller, `"kill all"`, an error number to return instead of the call, or None: let it happen."""


@dataclass(frozen=True)
class Run:
    """How a run ended: the calls it asked about, and the exit status of its first process (negative: killed)."""

    calls: tuple[Call, ...]
    status: int


def interpose(body: Callable[[], int], names: Iterable[str], decide: Callable[[Call], Action]) -> Run:
    """Run `body` in a forked process of its own session and ask `decide` before each of the named calls.

    The run ends when the first process has ended; what is left of its session is killed.
    """
    assert platform.machine() == "x86_64", "the system call numbers here are those of x86-64"
    here, there = socket.socketpair()
    with here, there:
        pid = os.fork()
        if pid == 0:
            _become(body, frozenset(names), there)
        _, descriptors, _, _ = socket.recv_fds(here, 1, 1)
    try:
        calls = _supervise(descriptors[0], pid, decide)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    finally:
        _kill_session(pid)
        os.close(descriptors[0])
    return Run(tuple(calls), status)


def _become(body: Callable[[], int], names: frozenset[str], channel: socket.socket) -> None:
    """Be the process that is asked about; never returns."""
    status = 70
    try:
        os.setsid()
        listener = _install(_filter(names))
        socket.send_fds(channel, [b"x"], [listener])
        os.close(listener)
        status = body()
    except BaseException:  # the fork must never run on in the test's own code
        traceback.print_exc()
    finally:
        with suppress(OSError):
            sys.stderr.flush()
        os._exit(status)


def _filter(names: frozenset[str]) -> bytes:
    """Return a BPF program that asks about these calls and allows all others."""
    program = [_step(_LOAD, _OFFSET_NUMBER)]
    for name in names - {CREATE}:
        program += [_step(_IF_EQUAL, NUMBERS[name], 0, 1), _step(_RETURN, _RET_USER_NOTIF)]
    if CREATE in names:
        program += [
            _step(_IF_EQUAL, NUMBERS["openat"], 0, 3),
            _step(_LOAD, _OFFSET_FLAGS),
            _step(_IF_BITS, os.O_CREAT, 0, 1),
            _step(_RETURN, _RET_USER_NOTIF),
        ]
    return b"".join([*program, _step(_RETURN, _RET_ALLOW)])


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _install(program: bytes) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(program)
    described = struct.pack("@HxxxxxxQ", len(program) // 8, ctypes.addressof(buffer))
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    listener = libc.syscall(_SYS_SECCOMP, _SET_MODE_FILTER, _NEW_LISTENER, ctypes.c_char_p(described))
    if listener < 0:
        raise OSError(ctypes.get_errno(), "seccomp refuses a listener")
    return int(listener)


def _supervise(listener: int, first: int, decide: Callable[[Call], Action]) -> list[Call]:
    calls: list[Call] = []
    ended = os.pidfd_open(first)
    poll = select.poll()
    poll.register(listener, select.POLLIN)
    poll.register(ended, select.POLLIN)
    try:
        while True:
            ready = dict(poll.poll(_PATIENCE_S * 1000))
            if not ready:
                raise TimeoutError(f"no call and no end for {_PATIENCE_S} s after {len(calls)} calls")
            if ready.get(listener, 0) & select.POLLIN:
                _answer(listener, first, calls, decide)
            elif ended in ready:
                return calls
            elif listener in ready:
                poll.unregister(listener)
    finally:
        os.close(ended)


def _answer(listener: int, first: int, calls: list[Call], decide: Callable[[Call], Action]) -> None:
    notification = bytearray(_NOTIFICATION.size)
    try:
        fcntl.ioctl(listener, _RECEIVE, notification)
    except FileNotFoundError:  # the caller was killed meanwhile
        return
    notification_id, pid, _, number, _, _, first_argument, *_ = _NOTIFICATION.unpack(notification)
    call = Call(len(calls), _NAMES[number], pid, first_argument)
    calls.append(call)
    action = decide(call)
    if action == "kill":
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    elif action == "kill all":
        _kill_session(first)
    else:
        error = -action if isinstance(action, int) else 0
        answer = bytearray(_ANSWER.pack(notification_id, 0, error, 0 if error else _CONTINUE))
        try:
            fcntl.ioctl(listener, _SEND, answer)
        except FileNotFoundError:
            return


def _kill_session(first: int) -> None:
    try:
        os.killpg(first, signal.SIGKILL)
    except ProcessLookupError:
        return
