"""One camera fills the disk with clips, which can never be accepted: they go before any other camera is turned away."""

import os
from collections.abc import Iterator
from contextlib import closing

import pytest

from ingest.ftps.sender import Sender
from ingest.requests.answers import recent_answers
from ingest.spool.sidecar import Sidecar
from ingest.watching.heartbeat import read_heartbeat
from ingest.watching.room import NEAR, SPARE
from tests.faults.disks import MEGABYTE, fill
from tests.faults.small_gateway import RESERVE, SmallGateway, small_gateway
from tests.faults.whole import complaints
from tests.integration.gateway import wait_until, watcher
from tests.integration.watching import decided

CLIP = b"\0\0\0\x18ftypmp42" + os.urandom(2 * MEGABYTE)


@pytest.fixture
def small() -> Iterator[SmallGateway]:
    with small_gateway() as gateway:
        yield gateway


def free_bytes(small: SmallGateway) -> int:
    disk = os.statvfs(small.disk)
    return disk.f_bavail * disk.f_frsize


def items(small: SmallGateway, verdict: str) -> list[str]:
    """Return the upload paths of the items with a verdict, in order of arrival."""
    found: list[Sidecar] = [one for one in decided(small.root).values() if one.verdict == verdict]
    return [one.upload_path for one in sorted(found, key=lambda one: one.id)]


def deleted(small: SmallGateway) -> list[str]:
    """Return the upload paths of what made room, the first to go first."""
    answers = [one for one in recent_answers(small.root, 999) if one.request["action"] == "make_room"]
    return [result["upload_path"] for answer in answers[::-1] for result in answer.done]


def test_one_connection_sends_clips_until_the_disk_is_near_its_reserve_and_only_clips_go(small: SmallGateway) -> None:
    """The connection goes on all the while, and so do the names under which its camera sees its clips."""
    sent: list[str] = []
    with watcher(small.gateway), closing(Sender(small.gateway.explicit)) as camera:
        wait_until(lambda: (small.root / SPARE).exists(), "the watcher's start")
        camera.log_in()
        while free_bytes(small) >= NEAR * RESERVE:
            sent.append(f"clip-{len(sent)}.mp4")
            camera.store(sent[-1].encode(), CLIP)
            small.send(len(sent))
        wait_until(lambda: bool(deleted(small)), "clips go", 120)
        wait_until(lambda: free_bytes(small) >= NEAR * RESERVE, "there is room again", 60)
        small.send(0)
        camera.store(b"last.mp4", CLIP)
        camera.quit()
        wait_until(lambda: "last.mp4" in items(small, "rejected"), "the last clip has its verdict", 60)
        wait_until(lambda: complaints(small.root) == [], "everything is whole and the audit clean", 60)
        assert sorted(items(small, "accepted")) == sorted(f"{number}.jpg" for number in range(len(sent) + 1))
        gone = deleted(small)
        assert gone == sent[: len(gone)]
        assert items(small, "rejected") == [*sent[len(gone) :], "last.mp4"]


def test_on_a_disk_without_any_room_clips_go_all_but_the_newest_and_work_goes_on(small: SmallGateway) -> None:
    with watcher(small.gateway):
        wait_until(lambda: (small.root / SPARE).exists(), "the watcher's start")
        for number in range(4):
            with closing(Sender(small.gateway.explicit)) as camera:
                camera.log_in()
                camera.store(f"clip-{number}.mp4".encode(), CLIP)
                camera.quit()
        wait_until(lambda: len(items(small, "rejected")) == 4, "four verdicts")
        ballast = fill(small.disk, 0)
        wait_until(lambda: deleted(small) == [f"clip-{number}.mp4" for number in range(3)], "three clips go", 60)
        assert items(small, "rejected") == ["clip-3.mp4"]
        ballast.unlink()
        small.send(0)
        wait_until(lambda: items(small, "accepted") == ["0.jpg"], "a photo gets in")
        wait_until(lambda: complaints(small.root) == [], "everything is whole and the audit clean", 60)
        heartbeat = read_heartbeat(small.root)
        assert heartbeat and heartbeat.trouble is None
