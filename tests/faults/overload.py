"""A fleet that comes back at once after an outage of the network, and what the gateway does meanwhile."""

import ftplib
import json
import random
import socket
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, Thread

from ingest.ftps.sender import FtpsServer, Sender, UploadError
from ingest.index.places import waiting_ids
from ingest.upkeep.audit import audit
from ingest.upkeep.status import queue_part
from ingest.watching.heartbeat import read_heartbeat
from tests.faults.knowing import know_the_cameras
from tests.faults.managed import managed_ftps
from tests.faults.scene import picture
from tests.faults.size import Size, size
from tests.faults.visitor import percentiles
from tests.integration.admins import admin
from tests.integration.gateway import Gateway, sidecars, wait_until, watcher

BEHIND_ONE_ADDRESS = 0.8
"""The share of the cameras that one carrier hides behind one address; the others have an address each."""

GROWTH_MAX_MB = 60
AT_ONCE = 320
"""So many cameras try at the same time, more than the limits let in. When more come at once than systemd 252 can turn
away, it starts nothing meanwhile: a connection that is ready comes before a service that is to start."""

TRIES, PATIENCE_S = 60, 60.0

TURNED_AWAY = "closed before the greeting"


@dataclass
class Overload:
    """What happened: tries by what they met, the watcher's sizes, the admin's times, and the longest waits."""

    cameras: int
    photos_each: int
    seconds: float = 0.0
    tries: Counter[str] = field(default_factory=Counter)
    sizes: list[Size] = field(default_factory=list)
    oldest_s: list[float] = field(default_factory=list)
    pages_ms: list[float] = field(default_factory=list)

    @property
    def photos(self) -> int:
        """How many photos there were to send."""
        return self.cameras * self.photos_each

    def __str__(self) -> str:
        """Tell it in a few lines."""
        failed = ", ".join(f"{count} {what}" for what, count in self.tries.most_common() if what != "taken")
        return (
            f"{self.cameras} cameras with {self.photos_each} photos each, {min(self.cameras, AT_ONCE)} at once:"
            f" all in after {self.seconds:.0f} s, {self.photos / self.seconds:.0f} photos/s.\n"
            f"Tries that failed, and were made again: {failed or 'none'}.\n"
            f"The watcher: {self.sizes[0]}, in the end {self.sizes[-1]}, at most"
            f" {max(one.memory_mb for one in self.sizes):.0f} MB. The oldest item waited {max(self.oldest_s):.1f} s.\n"
            f"The admin's pages meanwhile, {len(self.pages_ms)} of them: {percentiles(self.pages_ms)}."
        )


class Caller(Sender):
    """A camera's client that comes from an address of its own."""

    def __init__(self, server: FtpsServer, own_address: str) -> None:
        self.own_address = own_address
        super().__init__(server)

    def connect(  # type: ignore[override]
        self, host: str, port: int, timeout: float = 30.0, source_address: None = None
    ) -> str:
        """Connect and return the greeting. Raise UploadError when there is none: a limit has turned it away."""
        self.host, self.port = host, port
        self.source_address = (self.own_address, 0)
        self.sock = socket.create_connection((host, port), timeout, self.source_address)
        self.af, self.file = self.sock.family, self.sock.makefile("r", encoding=self.encoding)
        try:
            self.welcome = self.getresp()
        except (EOFError, ConnectionResetError) as error:
            raise UploadError(TURNED_AWAY) from error
        return self.welcome


def overload(gateway: Gateway, cameras: int, photos_each: int) -> Overload:
    """Let so many cameras come back at once with their photos; return when every photo has its verdict."""
    know_the_cameras(gateway)
    told = Overload(cameras, photos_each)
    with managed_ftps(gateway), admin(gateway), watcher(gateway) as running:
        wait_until(lambda: read_heartbeat(gateway.root) is not None, "the watcher's start")
        with _visits(gateway, told), _measuring(gateway, running.pid, told):
            began = time.monotonic()
            with ThreadPoolExecutor(min(cameras, AT_ONCE)) as pool:
                told.tries.update(
                    what
                    for met in pool.map(lambda number: _come_back(gateway, number, told), range(cameras))
                    for what in met
                )
            wait_until(lambda: len(sidecars(gateway.root)) == told.photos, "every photo has its verdict", 120)
            told.seconds = time.monotonic() - began
    return told


def complaints(gateway: Gateway, told: Overload) -> list[str]:
    """Return what is wrong afterwards, as sentences."""
    said = [finding.sentence for finding in audit(gateway.root).findings]
    in_order = [f"{photo}.jpg" for photo in range(told.photos_each)]
    for camera, paths in _arrivals(gateway).items():
        if paths != in_order:
            said.append(f"the photos of {camera} came in this order: {', '.join(paths)}")
    if told.tries["taken"] != told.photos:
        said.append(f"{told.tries['taken']} of {told.photos} photos were taken")
    if told.tries[TURNED_AWAY] == 0:
        said.append("the limits turned nobody away")
    if max(one.memory_mb for one in told.sizes) - told.sizes[0].memory_mb > GROWTH_MAX_MB:
        said.append("the watcher grew")
    return said


def _arrivals(gateway: Gateway) -> dict[str, list[str]]:
    """Return the names of each camera's photos in order of arrival."""
    by_camera: dict[str, list[str]] = defaultdict(list)
    for sidecar in sidecars(gateway.root):
        by_camera[sidecar["camera_id"]].append(sidecar["upload_path"])
    return by_camera


@contextmanager
def _visits(gateway: Gateway, told: Overload) -> Iterator[None]:
    """Let an admin look at pages in a process of its own."""
    password = (gateway.folder / "admin.password").read_text("utf-8").strip()
    words = [sys.executable, "-m", "tests.faults.visitor", gateway.settings.admin.bind, password]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as visitor:
        yield
        told.pages_ms += json.loads(visitor.communicate(timeout=60)[0])
    assert visitor.returncode == 0


@contextmanager
def _measuring(gateway: Gateway, pid: int, told: Overload) -> Iterator[None]:
    """Measure the watcher and its queue every second."""
    over = Event()

    def measure() -> None:
        while True:
            told.sizes.append(size(pid))
            queue = queue_part(waiting_ids(gateway.root), datetime.now(UTC))
            told.oldest_s.append(float(queue.figures["oldest_age_s"]))
            if over.wait(1.0):
                return

    measuring = Thread(target=measure)
    measuring.start()
    try:
        yield
    finally:
        over.set()
        measuring.join()


def _come_back(gateway: Gateway, number: int, told: Overload) -> list[str]:
    """Send a camera's photos in order, each over a connection of its own; return what each try met."""
    shared = number < told.cameras * BEHIND_ONE_ADDRESS
    address = "127.1.0.1" if shared else f"127.2.{number // 250}.{number % 250 + 1}"
    dice = random.Random(number)
    met = []
    for photo in range(told.photos_each):
        for tried in range(TRIES):
            met.append(
                _try(
                    gateway.explicit,
                    address,
                    f"{photo}.jpg",
                    picture(number * told.photos_each + photo, f"camera-{number}"),
                )
            )
            if met[-1] == "taken":
                break
            time.sleep(dice.random() * min(PATIENCE_S, 2.0 * 2**tried))
        else:
            raise AssertionError(f"camera {number} did not get photo {photo} through: {met[-1]}")
    return met


def _try(server: FtpsServer, address: str, path: str, content: bytes) -> str:
    try:
        with Caller(server, address) as client:
            client.log_in()
            client.store(path.encode(), content)
    except UploadError as error:
        return str(error)
    except TimeoutError:
        return "without an answer in time"
    except (ftplib.Error, OSError, EOFError) as error:
        return f"ended by {str(error) or type(error).__name__}"
    return "taken"
