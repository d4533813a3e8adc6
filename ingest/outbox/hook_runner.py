"""Runs the program of a `command` target, once for each line of JSON on standard input, and answers each with a line.

A process of its own, so that whatever the program starts, and however it hides, descends from here and ends with its
item: `python -m ingest.outbox.hook_runner`. When it is told to end, it ends the program first.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from types import FrameType
from typing import Any

from ingest.ftps.process_tree import adopt_orphans, collect_orphans, end_descendants
from ingest.outbox.sandbox import Sandbox, enter

GRACE_S = 1.0
_KEPT_BYTES = 4096
_CHUNK_BYTES = 65536
_STEP_S = 0.2


@dataclass(frozen=True)
class Task:
    """One run: the command, what it reads, its folder's parent, and its limits."""

    command: Sequence[str]
    text: str
    work: str
    seconds: int
    memory_bytes: int
    file_bytes: int
    writes: Sequence[str]


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit status (negative: killed by that signal), whether its time was over, and the ends of
    what it said. `missing` says why it could not be started."""

    status: int = 0
    is_late: bool = False
    said: str = ""
    complained: str = ""
    missing: str = ""


def main() -> int:
    """Answer each line until there is no more, or a signal says to end."""
    adopt_orphans()
    signal.signal(signal.SIGTERM, _leave)
    try:
        for line in sys.stdin:
            sys.stdout.write(json.dumps(asdict(run(Task(**json.loads(line))))) + "\n")
            sys.stdout.flush()
    finally:
        end_descendants((), 0.0)
    return 0


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def run(task: Task) -> Ended:
    """Run a command in a folder of its own that goes afterwards; nothing that it has started is left."""
    with TemporaryDirectory(prefix="run-", dir=task.work, ignore_cleanup_errors=True) as folder:
        sandbox = Sandbox(task.memory_bytes, task.file_bytes, (Path(folder), *map(Path, task.writes)))
        try:
            process = subprocess.Popen(
                list(task.command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=folder,
                env=_environment(folder),
                start_new_session=True,
                preexec_fn=lambda: enter(sandbox),  # this process has one thread
            )
        except (OSError, subprocess.SubprocessError) as error:
            return Ended(missing=str(error))
        try:
            return _attend(process, task)
        finally:
            _end(process)


def _environment(folder: str) -> Mapping[str, str]:
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder, "TMPDIR": folder}


def _end(process: subprocess.Popen[bytes]) -> None:
    end_descendants((), GRACE_S)
    process.wait()
    collect_orphans(())
    for pipe in (process.stdin, process.stdout, process.stderr):
        with suppress(OSError):
            if pipe:
                pipe.close()


def _attend(process: subprocess.Popen[bytes], task: Task) -> Ended:
    """Give the program its text, take what it says and throw most of it away, until it ends or its time is over."""
    deadline = monotonic() + task.seconds
    talk = _Talk(process, task.text.encode())
    while process.poll() is None and monotonic() < deadline:
        talk.go_on(_STEP_S)
    if is_late := process.poll() is None:
        process.kill()
    else:
        talk.go_on(0.0)
    return Ended(process.wait(), is_late, talk.end_of(process.stdout), talk.end_of(process.stderr))


class _Talk:
    """State that lives: what is still to be given to the program, and the ends of what it has said so far."""

    def __init__(self, process: subprocess.Popen[bytes], text: bytes) -> None:
        self._process, self._rest = process, text
        self._ends: dict[Any, bytes] = {process.stdout: b"", process.stderr: b""}
        self._selector = selectors.DefaultSelector()
        self._selector.register(process.stdin or 0, selectors.EVENT_WRITE)
        for pipe in self._ends:
            self._selector.register(pipe, selectors.EVENT_READ)
        for key in self._selector.get_map().values():
            os.set_blocking(key.fd, False)

    def go_on(self, seconds: float) -> None:
        """Wait so long at most for something to read or write, and do it."""
        for key, events in self._selector.select(seconds if self._selector.get_map() else 0):
            try:
                is_open = self._write(key.fd) if events & selectors.EVENT_WRITE else self._read(key.fileobj)
            except BlockingIOError:
                continue
            except OSError:  # it does not want to read
                is_open = False
            if not is_open:
                self._selector.unregister(key.fileobj)
                key.fileobj.close()  # type: ignore[union-attr]
        if not self._selector.get_map():
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)

    def _write(self, descriptor: int) -> bool:
        self._rest = self._rest[os.write(descriptor, self._rest[:_CHUNK_BYTES]) :]
        return bool(self._rest)

    def _read(self, pipe: Any) -> bool:
        content = os.read(pipe.fileno(), _CHUNK_BYTES)
        self._ends[pipe] = (self._ends[pipe] + content)[-_KEPT_BYTES:]
        return bool(content)

    def end_of(self, pipe: Any) -> str:
        """Return the end of what was said on a pipe."""
        return self._ends[pipe].decode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main())
