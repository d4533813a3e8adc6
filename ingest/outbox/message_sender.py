"""Sends messages by Apprise, in a process of its own: it can be ended whatever a server does, and it is kept from all
that a message needs not: other programs, and addresses inside this network where they are not allowed.

It reads a task a line from standard input, as JSON, and answers each with a line. Run as
`python -m ingest.outbox.message_sender`.
"""

import json
import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import StringIO
from typing import Any

from ingest.outbox.addresses import is_public


@dataclass(frozen=True)
class Task:
    """One message to one address; `photo` is a file, "" for none."""

    url: str
    title: str
    text: str
    photo: str
    private_addresses: bool


@dataclass(frozen=True)
class Ended:
    """What came of it: whether it was taken, the address as it may be shown, and what the log of Apprise says."""

    is_taken: bool
    shown: str
    said: str


PROGRAMS = frozenset(
    {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.fork", "os.forkpty", "pty.spawn"}
)
"""Events of Python that begin a program (PEP 578)."""


OF_THIS_MACHINE = frozenset({"syslog", "dbus", "kde", "qt", "glib", "gnome", "macosx", "windows"})
"""Schemes of Apprise that reach nobody but who sits at this machine."""
READY = "ready\n"
"""The first line: from now on tasks are taken."""
NOT_UNDERSTOOD = "Apprise does not understand this address."


def run() -> int:
    """Send what comes in until standard input ends."""
    limits = _Limits()
    sys.addaudithook(limits.check)
    # It takes a while to load, on a busy machine seconds: that is no time of a server's.
    import apprise  # noqa: F401

    sys.stdout.write(READY)
    sys.stdout.flush()
    for line in sys.stdin:
        task = Task(**json.loads(line))
        limits.private_addresses = task.private_addresses
        sys.stdout.write(json.dumps(asdict(send(task))) + "\n")
        sys.stdout.flush()
    return 0


class _Limits:
    """What this process may not do, as long as it lives: an audit hook cannot be taken away again."""

    def __init__(self) -> None:
        self.private_addresses = False

    def check(self, event: str, words: tuple[Any, ...]) -> None:
        """Raise PermissionError where a message would begin a program or go where it may not."""
        if event in PROGRAMS:
            raise PermissionError("a message may not begin a program")
        if event == "socket.connect":
            self._check_address(words[1])

    def _check_address(self, address: Any) -> None:
        if not isinstance(address, tuple):
            raise PermissionError("a message goes to other machines only")
        if not self.private_addresses and not is_public(str(address[0])):
            raise PermissionError(f"{address[0]} is inside this network; set private_addresses = true if that is meant")


def send(task: Task) -> Ended:
    """Send one message; say what came of it. Whatever Apprise does wrong is a sentence."""
    # A quarter of a second, and more memory than all else of the outbox: only where there is something to tell.
    from apprise import Apprise, AppriseAsset, NotifyFormat

    if _schema(task.url) in OF_THIS_MACHINE:
        return Ended(False, _scheme(task.url), NOT_UNDERSTOOD)
    asset = AppriseAsset(
        app_id="Camspool",
        app_desc="Camspool",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        image_path_mask="",
        async_mode=False,
        storage_mode="memory",
    )
    messenger = Apprise(asset=asset)
    with _log() as log:
        try:
            if not messenger.add(task.url):
                return Ended(False, _scheme(task.url), NOT_UNDERSTOOD)
            shown = str(next(iter(messenger)).url(privacy=True)).partition("?")[0]  # type: ignore[no-untyped-call]
            taken = messenger.notify(
                body=task.text, title=task.title, body_format=NotifyFormat.TEXT, attach=task.photo or None
            )
        except Exception as error:  # a plugin of a hundred and thirty
            return Ended(False, _scheme(task.url), f"{type(error).__name__}: {error}")
    return Ended(bool(taken), shown, without_secrets(log.getvalue(), task.url))


def _schema(url: str) -> str:
    return url.partition("://")[0].lower()


def _scheme(url: str) -> str:
    return f"{_schema(url)}://…"


@contextmanager
def _log() -> Iterator[StringIO]:
    """Yield what Apprise logs meanwhile: it says nowhere else why something was not taken."""
    text = StringIO()
    channel = logging.StreamHandler(text)
    logger = logging.getLogger("apprise")
    before = logger.level, logger.propagate
    logger.addHandler(channel)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    try:
        yield text
    finally:
        logger.removeHandler(channel)
        logger.level, logger.propagate = before


_TELLING = re.compile(r"(?i)error|failed|refused|invalid|exception|denied|timed? ?out|could not|unable|not understood")
_LONG = 12


def without_secrets(log: str, url: str) -> str:
    """Return the lines of a log that tell what went wrong, without the parts of the address that may be secret.

    >>> without_secrets("POST to x\\nFailed: error=401 for tk_abcdef123456", "ntfys://tk_abcdef123456@ntfy.sh/x")
    'Failed: error=401 for …'
    """
    lines = [line for line in log.splitlines() if _TELLING.search(line)]
    said = " ".join(lines)
    host = re.sub(r"^[a-z]+://(?:[^@/]*@)?([^/?:]*).*", r"\1", url)
    for part in sorted(re.split(r"[/:@?&=]+", url), key=len, reverse=True):
        if part != host and (len(part) >= _LONG or _is_password(part, url)):
            said = said.replace(part, "…")
    return said[:1000]


def _is_password(part: str, url: str) -> bool:
    return bool(part) and f":{part}@" in url


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(run())
