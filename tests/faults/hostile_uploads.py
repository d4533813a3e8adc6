"""Hostile files by the thousand through the whole watcher, and what they do to the photos beside them."""

import os
import resource
import shutil
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ingest.spool.stamp import new_id
from tests.faults.corpus import Hostile, corpus
from tests.faults.scene import Scene, picture, write_settings
from tests.faults.visitor import percentiles
from tests.faults.whole import complaints
from tests.integration.watching import decided, is_settled, until, watching
from tests.spools import make_spool

MEMORY_MAX_BYTES = 512 * 1024 * 1024
AT_ONCE = 5_000
"""So many hostile files lie in the spool at a time: 100,000 of them would need 10 GB."""

COMPANIONS = 8


@dataclass
class Hostilities:
    """What happened: how many files got a verdict in how long, and what was wrong, as sentences."""

    files: int = 0
    seconds: float = 0.0
    largest_bytes: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Tell it in two lines."""
        verdicts = ", ".join(f"{count} {what}" for what, count in self.verdicts.most_common())
        return (
            f"{self.files} hostile files, one verdict each, {self.seconds:.0f} s,"
            f" largest process {self.largest_bytes / 1e6:.0f} MB\nTheir verdicts: {verdicts}"
        )


def give_all_a_verdict(folder: Path, files: int, seed: int) -> Hostilities:
    """Let so many hostile files pass through the watcher, some thousands at a time, each time into a new spool."""
    told = Hostilities()
    for start in range(0, files, AT_ONCE):
        part = folder / str(start)
        part.mkdir(parents=True)
        scene = Scene(part, make_spool(part), write_settings(part), Counter())
        for first in range(start, min(files, start + AT_ONCE), 500):
            _put(scene.root / "uploads" / new_id(), corpus(500, f"{seed} {first}"))
        _drain(scene, told)
        shutil.rmtree(part)
    told.largest_bytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    if told.largest_bytes >= MEMORY_MAX_BYTES:
        told.complaints.append(f"a process of {told.largest_bytes} bytes")
    return told


def _drain(scene: Scene, told: Hostilities) -> None:
    began = time.monotonic()
    if status := _drain_apart(scene):
        told.complaints.append(f"drain ended with {status}")
    told.seconds += time.monotonic() - began
    found = decided(scene.root)
    told.files += sum(not sidecar.part_of for sidecar in found.values())
    for sidecar in found.values():
        told.verdicts[sidecar.reason or "accepted"] += 1
        if sidecar.reason == "internal_error":
            told.complaints.append(f"{sidecar.upload_path}: {sidecar.problems} {sidecar.traceback}")
    told.complaints += complaints(scene.root)


def _put(folder: Path, files: Iterable[Hostile]) -> None:
    folder.mkdir()
    for file in files:
        (folder / os.fsdecode(file.name)).write_bytes(file.content)


def _drain_apart(scene: Scene) -> int:
    """Drain in a process of its own, so that its memory is counted."""
    pid = os.fork()
    if pid == 0:
        os._exit(scene.drain())
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@dataclass
class Neighbours:
    """How long photos waited for their verdicts, among harmless files and among hostile ones, in ms."""

    among_harmless: list[float] = field(default_factory=list)
    among_hostile: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        """Tell it in two lines."""
        return (
            f"A photo that arrives with {COMPANIONS} harmless files: {percentiles(self.among_harmless)}\n"
            f"A photo that arrives with {COMPANIONS} hostile files:  {percentiles(self.among_hostile)}"
        )


def compare_neighbours(folder: Path, rounds: int, seed: int) -> Neighbours:
    """Let photos arrive in company, in turn good and bad; measure each from its arrival to its verdict."""
    folder.mkdir(exist_ok=True)
    root = make_spool(folder)
    told = Neighbours()
    hostile = corpus(rounds * COMPANIONS, f"{seed} neighbours")
    with watching(root, "--config", str(write_settings(folder))):
        for number in range(rounds):
            harmless = [Hostile(b"%d.jpg" % one, picture(number * COMPANIONS + one)) for one in range(COMPANIONS)]
            told.among_harmless.append(_wait_for_a_photo(root, harmless, f"good-{number}.jpg", 10**6 + number))
            bad = [next(hostile) for _ in range(COMPANIONS)]
            told.among_hostile.append(_wait_for_a_photo(root, bad, f"bad-{number}.jpg", 10**7 + number))
    return told


def _wait_for_a_photo(root: Path, companions: list[Hostile], name: str, seed: int) -> float:
    """Let a photo arrive, and its companions a moment before; return after how many ms it was accepted.

    The item's last rename is the commit, and the file system notes when that was.
    """
    aside = root / "cameras" / new_id()
    _put(aside, companions)
    photo = root / "cameras" / new_id()
    _put(photo, [Hostile(name.encode(), picture(seed))])
    began_ns = time.time_ns()
    for folder in (aside, photo):
        folder.rename(root / "uploads" / folder.name)
    until(lambda: is_settled(root), 60, f"verdicts on {name} and its companions")
    (item,) = root.glob(f"accepted/*/*/*-{name}")
    return (item.stat().st_ctime_ns - began_ns) / 1e6
