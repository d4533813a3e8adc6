"""Cameras that send until they are stopped: by the real vsftpd, or made up, leaving files as vsftpd's intake does."""

import fcntl
import hashlib
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from ingest.ftps.listener import acceptor_command
from ingest.ftps.sender import upload
from ingest.settings.values import Settings
from ingest.spool.durable import flush_folder
from ingest.spool.intake import INTAKE, TAKEN_MODE
from ingest.spool.root import prepare_spool
from ingest.spool.stamp import new_id
from tests.faults.disks import Disk
from tests.faults.scene import picture
from tests.faults.transfers import write_log
from tests.integration.gateway import Gateway, ListenCommand, ftps, prepared_gateway

Store = Callable[[str, bytes], None]
"""Brings content to a spool under an upload path, and returns when it is acknowledged."""


@dataclass
class Cameras:
    """Send files until stopped, over a connection each. `sent`: what was acknowledged, by path.

    Who holds `at_rest` may fork: this thread is then between two files, and holds no lock that the child would need.
    """

    store: Store
    seed: int
    sent: dict[str, str] = field(default_factory=dict)
    wanted: int = 10
    stopping: bool = False
    at_rest: threading.Lock = field(default_factory=threading.Lock)

    def send(self) -> None:
        dice = random.Random(self.seed)
        while not self.stopping:
            if len(self.sent) < self.wanted:
                with self.at_rest:
                    self._send_one(len(self.sent), dice)
            time.sleep(0.2 * dice.random() ** 2)

    def _send_one(self, number: int, dice: random.Random) -> None:
        path = f"{number}.{'txt' if number % 5 == 0 else 'jpg'}"
        content = picture(number) + os.urandom(dice.randrange(5000))
        if number % 5 == 0:
            content = b"".join(b"Faultcam:x%d%s\nBattery:60%%\n" % (number, which) for which in (b"a", b"b", b""))
        self.store(path, content)
        self.sent[path] = hashlib.sha256(content).hexdigest()


@contextmanager
def sending(cameras: Cameras) -> Iterator[None]:
    """Let cameras send meanwhile."""
    thread = threading.Thread(target=cameras.send)
    thread.start()
    try:
        yield
    finally:
        cameras.stopping = True
        thread.join()


Way = Callable[[Disk], AbstractContextManager[Store]]
"""Makes the folder spool/ of a disk a spool that receives files."""


@contextmanager
def made_up(disk: Disk, *, flushing: bool = True) -> Iterator[Store]:
    """Receive files without FTPS: quick, so that many verdicts meet the faults."""
    root = disk.folder / "spool"
    root.mkdir()
    prepare_spool(root)
    yield partial(_leave, root, flushing)


def _leave(root: Path, flushing: bool, path: str, content: bytes) -> None:
    """Leave a file as ingest/ftps/connection.sh and intake.c do, the calls in their order.

    The lock on the log comes first and goes last: without it the connection has ended, and the watcher clears up.
    """
    connection = new_id()
    with (root / "connections" / f"{connection}.log").open("xb") as log:
        fcntl.flock(log, fcntl.LOCK_SH)
        _leave_file(root / "uploads" / connection, flushing, path, content)
        write_log(root, connection, {path: len(content)})


def _leave_file(folder: Path, flushing: bool, path: str, content: bytes) -> None:
    (folder / INTAKE).mkdir(parents=True)
    with (folder / path).open("xb") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        for start in range(0, len(content), 1024):
            file.write(content[start : start + 1024])
        file.flush()
        os.link(folder / path, folder / INTAKE / f"whole~{os.fstat(file.fileno()).st_ino}~{path}")
        os.fchmod(file.fileno(), TAKEN_MODE)
        if flushing:
            os.fsync(file.fileno())
            flush_folder(folder / INTAKE)


@contextmanager
def by_vsftpd(disk: Disk, listen: ListenCommand = acceptor_command, *, flushing: bool = True) -> Iterator[Store]:
    """Receive files by the real vsftpd, as shipped, or with other words to listen."""
    with prepared_gateway(lambda: nullcontext(disk.folder)) as gateway, ftps(gateway, _for(gateway, flushing), listen):
        yield partial(upload, gateway.explicit)


def _for(gateway: Gateway, flushing: bool) -> Settings:
    """Return settings for a disk that is smaller than the usual reserve."""
    here = gateway.settings
    return replace(here, limits=replace(here.limits, reserve_bytes=0), ftps=replace(here.ftps, write_through=flushing))


def without_intake(settings: Settings, conf: Path, port: int) -> list[str]:
    """Return the words that listen where the intake could not be built."""
    return [word for word in acceptor_command(settings, conf, port) if not word.startswith("CAMSPOOL_INTAKE=")]


WAYS: dict[str, Way] = {
    "made up": made_up,
    "by vsftpd": by_vsftpd,
    "by vsftpd without the intake": partial(by_vsftpd, listen=without_intake),
}
