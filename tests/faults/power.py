"""Cuts the power at chosen instants while files arrive and get verdicts; looks each time whether the spool is whole.

The spool lies on an ext4 file system in a file. Copying the file between two writes is what a power cut leaves on the
medium: nothing that was only in memory. Each copy is mounted, which replays the journal, and drained.
"""

import fcntl
import hashlib
import os
import random
import re
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.index.store import open_index, set_state
from ingest.spool.root import prepare_spool
from ingest.spool.stamp import new_id
from tests.faults.disks import Disk, cut_power, mounted, new_disk, write_through
from tests.faults.interpose import interpose
from tests.faults.scene import Scene, picture, write_log, write_settings
from tests.faults.sweeping import SCRATCH
from tests.faults.whole import complaints
from tests.integration.watching import CAMSPOOL, decided

FILES_PER_CUT = 3
SLOW_FLUSHES = "inject=fsync,fdatasync,syncfs,renameat2:delay_exit=8000"
"""Microseconds after each flush and rename: a slow disk, so that instants in the middle of a commit are met."""


@dataclass
class Cameras:
    """Send files until stopped, as vsftpd writes them: without a flush. `sent`: what was closed, by path.

    Who holds `at_rest` may fork: this thread is then between two files, and holds no lock that the child would need.
    """

    uploads: Path
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
        connection = new_id()
        folder = self.uploads / connection
        path = f"{number}.{'txt' if number % 5 == 0 else 'jpg'}"
        content = picture(number) + os.urandom(dice.randrange(5000))
        if number % 5 == 0:
            content = f"Faultcam:x{number}\nBattery:60%\n".encode()
        folder.mkdir()
        with (folder / path).open("wb") as file:
            fcntl.lockf(file, fcntl.LOCK_EX)
            for start in range(0, len(content), 1024):
                file.write(content[start : start + 1024])
        write_log(self.uploads.parent, connection, {path: len(content)})
        self.sent[path] = hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class PowerCuts:
    """How many there were, how many of them met a verdict half-way, and how many files had arrived."""

    cuts: int
    middle: int
    arrived: int

    def __str__(self) -> str:
        """Tell it in a line."""
        return f"{self.cuts} power cuts, {self.middle} of them with work for recovery; {self.arrived} files had arrived"


def cut_power_often(cuts: int, seed: int) -> PowerCuts:
    """Cut the power so often. Raise AssertionError when something that was acknowledged, or a verdict, is lost."""
    with TemporaryDirectory(prefix="camspool-faults-", dir=SCRATCH) as name, new_disk(Path(name), 24) as disk:
        scene = Scene(Path(name), disk.folder / "spool", write_settings(Path(name)), Counter())
        scene.root.mkdir()
        prepare_spool(scene.root)
        write_through(scene.root / "uploads")
        cameras = Cameras(scene.root / "uploads", seed)
        log = Path(name) / "watch.log"
        with _slowed_watcher(scene, log), _sending(cameras):
            middle = sum(_cut(scene, disk, cameras, log, random.Random(f"{seed} {cut}")) for cut in range(cuts))
    return PowerCuts(cuts, middle, len(cameras.sent))


@contextmanager
def _slowed_watcher(scene: Scene, log: Path) -> Iterator[None]:
    words = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync,syncfs,renameat2"]
    words += ["-e", SLOW_FLUSHES, CAMSPOOL, *scene.words("watch")]
    with log.open("wb") as said:
        watcher = subprocess.Popen(words, stderr=said, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(watcher.pid, signal.SIGKILL)
        watcher.wait()


@contextmanager
def _sending(cameras: Cameras) -> Iterator[None]:
    sending = threading.Thread(target=cameras.send)
    sending.start()
    try:
        yield
    finally:
        cameras.stopping = True
        sending.join()


def _cut(scene: Scene, disk: Disk, cameras: Cameras, log: Path, dice: random.Random) -> bool:
    """Cut the power at some instant of the next moments; say whether that met a verdict half-way."""
    cameras.wanted += FILES_PER_CUT
    time.sleep(dice.random() * 0.02)
    copy = scene.folder / "copy.img"
    while True:
        acknowledged, announced = dict(cameras.sent), _announced(log)
        if cut_power(disk, copy):
            break
    with cameras.at_rest:
        return _switch_on(scene, copy, acknowledged, announced)


def _announced(log: Path) -> list[str]:
    """Return the ids of the items whose verdict the watcher has told."""
    return re.findall(r" (?:accepted|rejected) id=(\S+)", log.read_text("utf-8"))


def _switch_on(scene: Scene, copy: Path, acknowledged: dict[str, str], announced: list[str]) -> bool:
    """Mount a copy, drain its spool and check it; say whether the cut had met a verdict half-way."""
    with mounted(copy, scene.folder / "again") as disk:
        root = disk.folder / "spool"
        halfway = any(name.endswith("~sidecar") for name in os.listdir(root / "incoming"))
        gone = set(announced) - {sidecar.id for sidecar in decided(root).values()}
        assert not gone, f"verdicts that were told are gone: {gone}"
        _notice_the_boot(root)
        again = Scene(scene.folder, root, scene.settings, Counter())
        assert interpose(again.drain, (), lambda _: None).status == 0
        assert not (said := complaints(root)), said
        found = Counter(sidecar.upload_path for sidecar in decided(root).values())
        contents = {sidecar.upload_path: sidecar.sha256 for sidecar in decided(root).values()}
        lost = [path for path, sha256 in acknowledged.items() if contents.get(path) != sha256]
        assert lost == [] and max(found.values(), default=1) == 1, (
            f"lost: {lost}; decided twice: {[path for path in found if found[path] > 1]}"
        )
    return halfway


def _notice_the_boot(root: Path) -> None:
    """Let the index believe that it was last used before this machine was switched on, as after a real power cut."""
    with closing(open_index(root)) as index:
        set_state(index, "booted_at", "0")
