"""The process that sends messages, started where there is one to send and ended when its time is over."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from select import select
from signal import Signals
from time import monotonic

from ingest.outbox.answers import Job, TargetDownError
from ingest.outbox.message_sender import Ended, Task
from ingest.outbox.tied import tied
from ingest.settings.targets import MessageOptions

Sending = Callable[[Task], Ended]
_LOOK_S, START_S = 0.2, 120.0
_COMMAND = (sys.executable, "-m", "ingest.outbox.message_sender")


@contextmanager
def sending(job: Job, options: MessageOptions) -> Iterator[Sending]:
    """Yield what sends one message to one address; a process that hangs is ended, and another one started."""
    process = _Process(job, options.seconds)
    try:
        yield process.send
    finally:
        process.end()


class _Process:
    """The process of the moment, if any."""

    def __init__(self, job: Job, seconds: int) -> None:
        self.job, self.seconds = job, seconds
        self.child: subprocess.Popen[str] | None = None

    def send(self, task: Task) -> Ended:
        """Have a message sent. Raise TargetDownError when the service is to stop before it is."""
        scheme = task.url.partition("://")[0]
        try:
            if self.child is None:
                self.child = _start()
                self._answer(START_S)
            self._ask(task)
            line = self._answer(self.seconds)
        except BrokenPipeError:
            line = ""
        except TimeoutError:
            self.end()
            return Ended(False, f"{scheme}://…", f"it took longer than {self.seconds} s")
        if not line:
            self.end()
            return Ended(False, f"{scheme}://…", "what sends messages has ended by itself")
        return Ended(**json.loads(line))

    def _ask(self, task: Task) -> None:
        assert self.child is not None and self.child.stdin is not None  # noqa: S101 - a pipe, see _start
        self.child.stdin.write(json.dumps(asdict(task)) + "\n")
        self.child.stdin.flush()

    def _answer(self, patience_s: float) -> str:
        """Return the next line. Raise TimeoutError, or TargetDownError when the service is to stop."""
        assert self.child is not None and self.child.stdout is not None  # noqa: S101 - a pipe, see _start
        ends_at = monotonic() + patience_s
        while not select([self.child.stdout], [], [], _LOOK_S)[0]:
            if self.job.is_stopping():
                raise TargetDownError("The service stops.")
            if monotonic() > ends_at:
                raise TimeoutError
        return self.child.stdout.readline()

    def end(self) -> None:
        """End the process, whatever it does."""
        if self.child is None:
            return
        self.child.kill()
        self.child.communicate()
        self.child = None


def _start() -> "subprocess.Popen[str]":
    command = tied(_COMMAND, Signals.SIGKILL)
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
