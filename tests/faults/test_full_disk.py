"""A disk that fills: cameras are turned away in time, what was acknowledged gets its verdict, work then resumes."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ingest.ftps.listener import prepare_folders
from ingest.ftps.sender import UploadError, upload
from ingest.spool.root import prepare_spool
from ingest.spool.stamp import new_id
from ingest.watching.heartbeat import read_heartbeat
from tests.faults.disks import MEGABYTE, fill, new_disk
from tests.faults.scene import PROFILE, picture
from tests.faults.whole import complaints
from tests.integration.gateway import CAMSPOOL, Gateway, ftps, prepared_gateway, wait_until, watcher
from tests.integration.watching import decided

RESERVE = 6 * MEGABYTE


@dataclass(frozen=True)
class SmallGateway:
    """A gateway whose spool lies on a disk of its own, of 32 MB."""

    gateway: Gateway
    disk: Path

    @property
    def root(self) -> Path:
        """The spool root."""
        return self.gateway.root

    def send(self, number: int) -> None:
        """Upload one photo."""
        upload(self.gateway.explicit, f"{number}.jpg", picture(number))

    def status(self) -> dict[str, dict[str, str]]:
        """Return the parts of `camspool status` by name."""
        words = [CAMSPOOL, "--config", str(self.gateway.settings_file), "status", "--json"]
        done = subprocess.run(words, capture_output=True, check=False)
        return {part["name"]: part for part in json.loads(done.stdout)["parts"]}


@pytest.fixture
def small() -> Iterator[SmallGateway]:
    with prepared_gateway() as gateway, new_disk(gateway.folder, 32) as disk:
        root = disk.folder / "spool"
        root.mkdir()
        profile = gateway.folder / "profiles" / "faultcam" / "profile.toml"
        profile.parent.mkdir(parents=True)
        profile.write_text(PROFILE, "utf-8")
        text = gateway.settings_file.read_text("utf-8").replace(str(gateway.root), str(root))
        text = f'profiles = ["{gateway.folder / "profiles"}"]\n{text}\n[limits]\nreserve_bytes = {RESERVE}\n'
        gateway.settings_file.write_text(text, "utf-8")
        limits = replace(gateway.settings.limits, reserve_bytes=RESERVE)
        settings = replace(gateway.settings, root=root, limits=limits)
        prepare_spool(root)
        prepare_folders(settings)
        moved = replace(gateway, settings=settings)
        with ftps(moved):
            yield SmallGateway(moved, disk.folder)


def test_below_the_reserve_cameras_are_turned_away_and_verdicts_go_on(small: SmallGateway) -> None:
    for number in range(5):
        small.send(number)
    ballast = fill(small.disk, RESERVE - MEGABYTE)
    with pytest.raises(UploadError, match=r"421 .*disk is nearly full"):
        small.send(5)
    assert "cameras are turned away" in small.status()["disk"]["sentence"]
    with watcher(small.gateway):
        wait_until(lambda: len(decided(small.root)) == 5, "all that was acknowledged has its verdict")
        ballast.unlink()
        small.send(5)
        wait_until(lambda: len(decided(small.root)) == 6, "a camera's next try gets through")
    assert complaints(small.root) == []


def test_a_disk_without_any_room_halts_verdicts_and_they_resume_by_themselves(small: SmallGateway) -> None:
    with watcher(small.gateway):
        wait_until(lambda: read_heartbeat(small.root) is not None, "the watcher's start")
        for number in range(20):
            small.send(number)
        wait_until(lambda: len(decided(small.root)) == 20, "20 verdicts")
        waiting = small.root / "uploads" / new_id()
        aside = small.root / "cameras" / "aside"
        aside.mkdir()
        for number in range(20, 40):
            (aside / f"{number}.jpg").write_bytes(picture(number))
        ballast = fill(small.disk, 0)
        # What arrived a moment before the disk was full: a rename needs no room.
        aside.rename(waiting)
        wait_until(lambda: "waits" in small.status()["watcher"]["sentence"], "status says that the watcher waits")
        decided(small.root)
        ballast.unlink()
        wait_until(lambda: len(decided(small.root)) == 40, "work resumes by itself", 90)
        wait_until(lambda: "waits" not in small.status()["watcher"]["sentence"], "status says that it is over")
        wait_until(lambda: complaints(small.root) == [], "everything is whole", 30)
