"""Cuts the power at chosen instants while files arrive and get verdicts; looks each time whether the spool is whole.

The spool lies on an ext4 file system in a file. Copying the file between two writes is what a power cut leaves on the
medium: nothing that was only in memory. Each copy is mounted, which replays the journal, and drained.
"""

import os
import random
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.connections.store import LAUNCH_PATIENCE_S
from ingest.index.store import open_index, set_state
from ingest.spool.outbox import marked_ids
from tests.faults.cameras import Cameras, Way, sending
from tests.faults.disks import Disk, cut_power, mounted, new_disk
from tests.faults.interpose import interpose
from tests.faults.scene import Scene, write_settings
from tests.faults.sweeping import SCRATCH
from tests.faults.whole import complaints
from tests.integration.watching import CAMSPOOL, decided, until

FILES_PER_CUT = 3
AT_ACKNOWLEDGEMENT = 0.4
"""The share of cuts in the moment in which a file was acknowledged: the first in which it must not be lost."""
MIDDLE = 1 / 7
"""The share of cuts that meet a verdict half-way, at least: without any, nothing would be proved of a commit."""
LATEST_S = 0.04
SLOW_FLUSHES = "inject=fsync,fdatasync,syncfs,renameat2:delay_exit=8000"
"""Microseconds after each flush and rename: a slow disk, so that instants in the middle of a commit are met."""


@dataclass(frozen=True)
class PowerCuts:
    """How many there were, how many of them met a verdict half-way, and how many files had arrived."""

    cuts: int
    middle: int
    arrived: int

    def __str__(self) -> str:
        """Tell it in a line."""
        return f"{self.cuts} power cuts, {self.middle} of them with work for recovery; {self.arrived} files had arrived"


def cut_power_often(cuts: int, seed: int, way: Way) -> PowerCuts:
    """Cut the power so often while files come in a way. Raise AssertionError when something that was acknowledged, or a
    verdict, is lost.

    Where few of the cuts meet a verdict half-way, as on a busy machine, there are more of them.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="camspool-faults-", dir=SCRATCH)))
        folder.chmod(0o755)
        disk = stack.enter_context(new_disk(folder, 24))
        cameras = Cameras(stack.enter_context(way(disk)), seed)
        scene = Scene(folder, disk.folder / "spool", write_settings(folder), Counter())
        log = folder / "watch.log"
        stack.enter_context(_slowed_watcher(scene, log))
        stack.enter_context(sending(cameras))
        done = middle = 0
        while done < cuts or (middle <= cuts * MIDDLE and done < cuts * 6):
            middle += _cut(scene, disk, cameras, log, random.Random(f"{seed} {done}"))
            done += 1
    return PowerCuts(done, middle, len(cameras.sent))


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


def _cut(scene: Scene, disk: Disk, cameras: Cameras, log: Path, dice: random.Random) -> bool:
    """Cut the power at some instant of the next moments, or when a file was just acknowledged; say whether that met a
    verdict half-way.
    """
    before = len(cameras.sent)
    cameras.wanted += FILES_PER_CUT
    if dice.random() < AT_ACKNOWLEDGEMENT:
        until(lambda: len(cameras.sent) > before, 60, "a file is acknowledged", step_s=0)
    else:
        time.sleep(dice.random() * LATEST_S)
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
        unmarked = {sidecar.id for sidecar in decided(root).values()} - set(marked_ids(root, "archive"))
        assert not unmarked, f"the archive would never get {unmarked}"
        wholes = [sidecar for sidecar in decided(root).values() if not sidecar.part_of]
        found = Counter(sidecar.upload_path for sidecar in wholes)
        contents = {sidecar.upload_path: sidecar.sha256 for sidecar in wholes}
        lost = [path for path, sha256 in acknowledged.items() if contents.get(path) != sha256]
        assert lost == [] and max(found.values(), default=1) == 1, (
            f"lost: {lost}; decided twice: {[path for path in found if found[path] > 1]}"
        )
    return halfway


def _notice_the_boot(root: Path) -> None:
    """Let as much time pass as a real power cut takes: no connection begins, and the index was used before the boot."""
    for log in (root / "connections").glob("*.log"):
        began_at = log.stat().st_mtime - LAUNCH_PATIENCE_S
        os.utime(log, (began_at, began_at))
    with closing(open_index(root)) as index:
        set_state(index, "booted_at", "0")
