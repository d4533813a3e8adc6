"""Runs the parts of a gateway in the foreground: starts them, passes on what they say, stops all of them together."""

import contextlib
import os
import selectors
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from ingest.ftps.process_tree import adopt_orphans, children_that_ended, collect_orphans, descendants, end_descendants

_GRACE_S = 10.0
_STEP_S = 0.2
_WIDTH = 8
# What a listener says when it is ready is for `camspool run` alone.
_NOISE = ("Listening on",)


@dataclass(frozen=True)
class Part:
    """One process of the gateway. It is ready when it has said a line with the text `ready` (None: at once)."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    ready: str | None = None


@dataclass
class _Running:
    part: Part
    process: subprocess.Popen[bytes]
    rest: bytes = b""
    is_ready: bool = False


def supervise(
    parts: Sequence[Part], say: Callable[[str], None], on_ready: Callable[[], None], grace_s: float = _GRACE_S
) -> int:
    """Run all parts until a signal (SIGINT, SIGTERM: return 0) or until one ends (return 1, having said which and why).

    Whatever happens, no process of any part is left when this returns: what has not ended `grace_s` seconds after it
    was asked to is killed. What its parts leave behind, as vsftpd does with each connection, is collected when it ends.
    Call it in the main thread.
    """
    adopt_orphans()
    strangers = descendants() | children_that_ended()
    with _stop_signal() as stopping, contextlib.ExitStack() as stack:
        running: list[_Running] = []
        stack.callback(lambda: _stop_all(running, strangers, grace_s))
        selector = stack.enter_context(selectors.DefaultSelector())
        for part in parts:
            running.append(_start(part))
            selector.register(_output(running[-1]), selectors.EVENT_READ, running[-1])
        return _watch(running, strangers, selector, stopping, say, on_ready)


def _watch(
    running: list[_Running],
    strangers: set[int],
    selector: selectors.BaseSelector,
    stopping: Callable[[], bool],
    say: Callable[[str], None],
    on_ready: Callable[[], None],
) -> int:
    announced = False
    spared = strangers | {one.process.pid for one in running}
    while not stopping():
        collect_orphans(spared)
        for key, _ in selector.select(_STEP_S):
            if not _pass_on(key.data, say):
                selector.unregister(key.fileobj)
        for one in running:
            if (status := one.process.poll()) is not None:
                _pass_on(one, say)
                say(f"{one.part.name} has ended: {_how(status)}. Stopping the rest.")
                return 1
        if not announced and all(one.is_ready for one in running):
            announced = True
            on_ready()
    say("Stopping.")
    return 0


def _start(part: Part) -> _Running:
    # A session of its own: Ctrl-C reaches this process alone, which then stops the parts in order.
    # The parent-death signal ends a part when this process is killed and can no longer do it.
    process = subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", "--", *part.command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **part.environment},
        start_new_session=True,
    )
    os.set_blocking(_fileno(process), False)
    return _Running(part, process, is_ready=part.ready is None)


def _pass_on(one: _Running, say: Callable[[str], None]) -> bool:
    """Say the whole lines that a part has written; False when it will write no more."""
    try:
        content = os.read(_fileno(one.process), 65536)
    except BlockingIOError:
        return True
    *lines, one.rest = (one.rest + content).split(b"\n")
    for line in lines:
        text = line.decode("utf-8", "replace")
        one.is_ready = one.is_ready or (one.part.ready or "") in text
        if not text.startswith(_NOISE):
            say(f"{one.part.name:<{_WIDTH}} | {text}")
    return bool(content)


def _stop_all(running: list[_Running], strangers: set[int], grace_s: float) -> None:
    # In order, so that nothing new arrives while the rest stops: the listeners come first.
    for one in running:
        with contextlib.suppress(ProcessLookupError):
            one.process.terminate()
    end_descendants(strangers, grace_s)
    for one in running:
        one.process.wait()
        if one.process.stdout:
            one.process.stdout.close()
    collect_orphans(strangers)


@contextlib.contextmanager
def _stop_signal() -> Iterator[Callable[[], bool]]:
    received: list[int] = []

    def remember(number: int, _: FrameType | None) -> None:
        received.append(number)

    before = {number: signal.signal(number, remember) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(received)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _how(status: int) -> str:
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"


def _output(one: _Running) -> int:
    return _fileno(one.process)


def _fileno(process: subprocess.Popen[bytes]) -> int:
    assert process.stdout is not None  # noqa: S101 - a pipe, see _start
    return process.stdout.fileno()
