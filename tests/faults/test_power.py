"""The power is cut at hundreds of instants while files arrive and get verdicts; each time the spool is whole again.

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
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ingest.index.store import open_index, set_state
from ingest.spool.durable import flush_file, flush_folder
from ingest.spool.root import prepare_spool
from ingest.spool.stamp import new_id
from ingest.upkeep.audit import audit
from tests.faults.conftest import Tell
from tests.faults.disks import Disk, cut_power, mounted, new_disk, write_through
from tests.faults.interpose import interpose
from tests.faults.scene import Scene, picture, write_log, write_settings
from tests.faults.sweeping import SCRATCH
from tests.faults.whole import complaints
from tests.integration.watching import CAMSPOOL, decided, until

CUTS = 200
FILES_PER_CUT = 3
SLOW_FLUSHES = "inject=fsync,fdatasync,syncfs,renameat2:delay_exit=8000"
"""Microseconds after each flush and rename: a slow disk, so that instants in the middle of a commit are met."""


@dataclass
class Cameras:
    """Send files until stopped, as vsftpd writes them: without a flush. `sent`: what was closed, by path.

    Who holds `at_rest` may fork: this thread is then between two files, and holds no lock that the child would need.
    """

    uploads: Path
    sent: dict[str, str] = field(default_factory=dict)
    wanted: int = 10
    stopping: bool = False
    at_rest: threading.Lock = field(default_factory=threading.Lock)

    def send(self) -> None:
        dice = random.Random(1)
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


@pytest.mark.timeout(900)
def test_power_cuts_lose_nothing_that_was_acknowledged_and_no_verdict(tell: Tell) -> None:
    with TemporaryDirectory(prefix="camspool-faults-", dir=SCRATCH) as name, new_disk(Path(name), 24) as disk:
        scene = Scene(Path(name), disk.folder / "spool", write_settings(Path(name)), Counter())
        scene.root.mkdir()
        prepare_spool(scene.root)
        write_through(scene.root / "uploads")
        cameras = Cameras(scene.root / "uploads")
        sending = threading.Thread(target=cameras.send)
        with (Path(name) / "watch.log").open("wb") as log:
            words = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync,syncfs,renameat2"]
            watcher = subprocess.Popen(
                [*words, "-e", SLOW_FLUSHES, CAMSPOOL, *scene.words("watch")], stderr=log, start_new_session=True
            )
            sending.start()
            try:
                middle = _cut_often(scene, disk, cameras, Path(name) / "watch.log")
            finally:
                cameras.stopping = True
                sending.join()
                os.killpg(watcher.pid, signal.SIGKILL)
                watcher.wait()
    tell(f"{CUTS} power cuts, {middle} of them with work for recovery; {len(cameras.sent)} files had arrived")
    assert middle > 10


def test_what_was_not_written_through_and_is_lost_is_named_by_the_audit(tmp_path: Path) -> None:
    """Without chattr +S, in the moment when the log of the connection is on the disk and the photo is not."""
    settings, copy, connection = write_settings(tmp_path), tmp_path / "copy.img", new_id()
    with new_disk(tmp_path, 24) as disk:
        root = disk.folder / "spool"
        root.mkdir()
        prepare_spool(root)
        upload = root / "uploads" / connection / "lost.jpg"
        upload.parent.mkdir()
        upload.write_bytes(picture(1))
        write_log(root, connection, {"lost.jpg": len(picture(1))})
        flush_file(root / "connections" / f"{connection}.log")
        flush_folder(root / "connections")
        until(lambda: cut_power(disk, copy), 60, "an instant between two writes")
    with mounted(copy, tmp_path / "again") as disk:
        again = Scene(tmp_path, disk.folder / "spool", settings, Counter())
        assert interpose(again.drain, (), lambda _: None).status == 0
        (finding,) = audit(again.root).findings
    assert finding.sentence.startswith(f"lost.jpg of connection {connection} is not whole")


def _cut_often(scene: Scene, disk: Disk, cameras: Cameras, log: Path) -> int:
    dice = random.Random(2)
    middle = 0
    for number in range(CUTS):
        cameras.wanted += FILES_PER_CUT
        time.sleep(dice.random() * 0.02)
        copy = scene.folder / "copy.img"
        while True:
            acknowledged, announced = dict(cameras.sent), _announced(log)
            if cut_power(disk, copy):
                break
        with cameras.at_rest:
            middle += _switch_on(scene, copy, acknowledged, announced, number)
    return middle


def _announced(log: Path) -> list[str]:
    """Return the ids of the items whose verdict the watcher has told."""
    return re.findall(r" (?:accepted|rejected) id=(\S+)", log.read_text("utf-8"))


def _switch_on(scene: Scene, copy: Path, acknowledged: dict[str, str], announced: list[str], number: int) -> bool:
    """Mount a copy, drain its spool and check it; say whether the cut had met a verdict half-way."""
    with mounted(copy, scene.folder / "again") as disk:
        root = disk.folder / "spool"
        halfway = any(name.endswith("~sidecar") for name in os.listdir(root / "incoming"))
        gone = set(announced) - {sidecar.id for sidecar in decided(root).values()}
        assert not gone, f"cut {number}: verdicts that were told are gone: {gone}"
        _notice_the_boot(root)
        again = Scene(scene.folder, root, scene.settings, Counter())
        assert interpose(again.drain, (), lambda _: None).status == 0
        assert complaints(root) == [], f"cut {number}"
        found = Counter(sidecar.upload_path for sidecar in decided(root).values())
        contents = {sidecar.upload_path: sidecar.sha256 for sidecar in decided(root).values()}
        lost = [path for path, sha256 in acknowledged.items() if contents.get(path) != sha256]
        assert lost == [] and max(found.values(), default=1) == 1, f"cut {number}: lost {lost}"
    return halfway


def _notice_the_boot(root: Path) -> None:
    """Let the index believe that it was last used before this machine was switched on, as after a real power cut."""
    with closing(open_index(root)) as index:
        set_state(index, "booted_at", "0")
