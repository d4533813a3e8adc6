"""A disk that fills: cameras are turned away in time, what was acknowledged gets its verdict, work then resumes."""

import os
from collections.abc import Iterator

import pytest

from ingest.ftps.sender import Sender, UploadError
from ingest.spool.stamp import new_id
from ingest.watching.heartbeat import read_heartbeat
from tests.faults.disks import MEGABYTE, fill
from tests.faults.scene import picture
from tests.faults.small_gateway import RESERVE, SmallGateway, small_gateway
from tests.faults.whole import complaints
from tests.integration.gateway import left_in_intake, wait_until, watcher
from tests.integration.watching import decided


@pytest.fixture
def small() -> Iterator[SmallGateway]:
    with small_gateway() as gateway:
        yield gateway


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
        wait_until(lambda: complaints(small.root) == [], "everything is whole")


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


def test_below_the_reserve_an_upload_under_way_ends_and_says_so(small: SmallGateway) -> None:
    with Sender(small.gateway.explicit) as client:
        client.log_in()
        client.store(b"a.jpg", picture(1))
        client.voidcmd("TYPE I")
        data = client.transfercmd("STOR clip.mp4")
        data.sendall(os.urandom(100_000))
        ballast = fill(small.disk, RESERVE + MEGABYTE)
        with data, pytest.raises(OSError):
            for _ in range(64):
                data.sendall(os.urandom(MEGABYTE))
        assert client.getmultiline().startswith("451")
        ballast.unlink()
        client.store(b"b.jpg", picture(2))
    assert [path for transfer, path, _ in left_in_intake(small.root) if transfer == "whole"] == [b"a.jpg", b"b.jpg"]
