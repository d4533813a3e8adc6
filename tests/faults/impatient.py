"""A gateway of little patience, and clients that take their time on it: they wait at once, and share the gateway."""

import ftplib
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

from ingest.ftps.sender import Sender, UploadError, upload
from tests.faults.scene import picture
from tests.integration.gateway import Gateway, ftps, prepared_gateway, uploaded, wait_until

IDLE_S = 3
GUESSES, GUESSES_AT_ONCE = 24, 8


@dataclass(frozen=True)
class Waiting:
    """What becomes of each client: the answers to guesses and how many there were in a second, after how long a silent
    one was closed, what one that stalls is told and when, and the answers to one that never closes.
    """

    guesses: Future[tuple[list[str], float]]
    silent_s: Future[float]
    stalled: Future[tuple[str, float]]
    talks: Future[list[str]]


@contextmanager
def impatient_gateway() -> Iterator[Gateway]:
    """Yield a gateway whose patience is short, so that a test's need not be long."""
    with prepared_gateway() as prepared:
        patience = replace(prepared.settings.ftps, idle_seconds=IDLE_S, stalled_seconds=IDLE_S)
        with ftps(prepared, replace(prepared.settings, ftps=patience)):
            yield prepared


@contextmanager
def all_waiting() -> Iterator[Waiting]:
    """Let them all begin, on one gateway; at the end each has come to its own."""
    with impatient_gateway() as shared, ThreadPoolExecutor(4) as pool:
        yield Waiting(
            guesses=pool.submit(_guess, shared),
            silent_s=pool.submit(_say_nothing, shared),
            stalled=pool.submit(_stall, shared),
            talks=pool.submit(_keep_talking, shared),
        )


def logged_in(gateway: Gateway) -> Sender:
    """Return a client that has logged in."""
    client = Sender(gateway.explicit)
    client.log_in()
    return client


def said(step: Callable[[], object]) -> str:
    """Return what the server answers to a step, refusals included."""
    try:
        return str(step())
    except (ftplib.Error, OSError, EOFError, UploadError) as error:
        return str(error).strip() or type(error).__name__


def _guess(gateway: Gateway) -> tuple[list[str], float]:
    """Guess passwords, several at a time; return the answers, and how many came in a second."""
    server = replace(gateway.explicit, password="guess")
    began = time.monotonic()
    with ThreadPoolExecutor(GUESSES_AT_ONCE) as pool:
        answers = list(pool.map(lambda number: said(lambda: upload(server, f"{number}.jpg", b"x")), range(GUESSES)))
    return answers, GUESSES / (time.monotonic() - began)


def _say_nothing(gateway: Gateway) -> float:
    """Connect and wait for the end; return after how many seconds it came."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", gateway.explicit.port), 20) as silent:
        while silent.recv(1000):
            pass
    return time.monotonic() - began


def _stall(gateway: Gateway) -> tuple[str, float]:
    """Send one byte of a file, then nothing; return the answer, and when it came. The byte must go."""
    with closing(logged_in(gateway)) as client:
        client.voidcmd("TYPE I")
        data = client.transfercmd("STOR slow.jpg")
        began = time.monotonic()
        data.sendall(b"x")
        answer = said(client.getresp)
        seconds = time.monotonic() - began
        data.close()
    wait_until(lambda: "slow.jpg" not in {file.name for file in uploaded(gateway.root)}, "what it had sent is gone")
    return answer, seconds


def _keep_talking(gateway: Gateway) -> list[str]:
    """Say something for longer than one may be idle, while a camera gets through; return the codes of the answers."""
    codes = []
    with closing(logged_in(gateway)) as client:
        began = time.monotonic()
        while time.monotonic() < began + 3 * IDLE_S:
            codes.append(client.sendcmd("NOOP")[:3])
            time.sleep(0.1)
        upload(gateway.explicit, "meanwhile.jpg", picture(1))
    return codes
