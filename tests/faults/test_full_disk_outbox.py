"""A disk without any room: nothing goes to a target twice, and everything once there is room again."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ingest.outbox.answers import Answer, Parcel
from ingest.outbox.courier import Courier
from ingest.spool.deliveries import last_done
from ingest.spool.outbox import marked_ids, try_at_once
from tests.faults.disks import Disk, fill, new_disk
from tests.spools import make_spool
from tests.unit.ingest.outbox.jobs import Shelf, job_for, put_waiting

COUNT = 20


@pytest.fixture
def disk() -> Iterator[Disk]:
    with TemporaryDirectory() as folder, new_disk(Path(folder), 24) as made:
        yield made


def turn(courier: Courier) -> None:
    """Do what the service does, which tries again after an error of the disk."""
    with suppress(OSError):
        courier.turn()


def test_what_was_taken_while_the_disk_was_full_does_not_go_again(disk: Disk) -> None:
    root = make_spool(disk.folder)
    waiting = sorted(put_waiting(root, "shelf", b"%d" % number)[0] for number in range(COUNT))
    ballast: list[Path] = []

    def take(parcel: Parcel) -> Answer:
        if parcel.id == waiting[5]:
            ballast.append(fill(disk.folder, 0))
        return Answer(parcel.id, "delivered", "x" * 400)

    shelf = Shelf(take)
    courier = Courier(job_for(root, "archive", "shelf"), shelf.kind)
    for _ in range(5):
        turn(courier)
    assert 6 <= len(shelf.got) < COUNT
    ballast[0].unlink()
    try_at_once(root, "shelf")
    for _ in range(COUNT):
        turn(courier)
    assert (shelf.got, marked_ids(root, "shelf")) == (waiting, [])
    assert all(last_done(root, "shelf", item_id) for item_id in waiting)
