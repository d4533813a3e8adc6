"""Several reports in one file are several items: each once, however often the file comes and whatever is done to it."""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.index.places import day_folders, items_in, read_sidecar
from ingest.index.reindex import rebuild
from ingest.index.store import forget, open_index
from ingest.requests.deleting import delete_item
from ingest.requests.retrying import requeue_item
from ingest.settings.values import Cameras
from ingest.simulation.photos import simulated_imei
from ingest.simulation.reports import willfine_report
from ingest.spool import moves
from ingest.spool.camera_records import write_camera_record
from ingest.spool.durable import flush_file_system, rename_new
from ingest.spool.moves import Decided, EarlierReport
from ingest.spool.names import incoming_name
from ingest.spool.origin import origin_of
from ingest.spool.recovery import recover
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import earlier_id, new_id
from ingest.watching import queue as queue_module
from ingest.watching import worker as worker_module
from ingest.watching.earlier import settle_earlier, waiting_earlier
from ingest.watching.index_writer import IndexWriter
from ingest.watching.pool import start_worker
from ingest.watching.queue import Queue
from tests.samples.willfine import IMEI, WHEN
from tests.spools import make_sidecar
from tests.unit.ingest.watching.driving import work_off
from tests.unit.ingest.watching.photos import settings_for

OTHER = simulated_imei(7)
LATER = "2099-01-01T00:00:00.000000Z"


def said(imei: str = IMEI, day: int = 0, battery_percent: int = 60) -> bytes:
    return willfine_report(imei, WHEN + timedelta(days=day), battery_percent=battery_percent)


@pytest.fixture
def queue(root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[Queue]:
    """A queue with one worker, which does not rest after trouble."""
    monkeypatch.setattr(queue_module, "PAUSE_S", 0.0)
    queue = Queue(root, settings_for(root), index)
    yield queue
    queue.close()


@pytest.fixture
def strict_queue(root: Path, index: sqlite3.Connection) -> Iterator[Queue]:
    """A queue that rejects cameras which are not registered."""
    queue = Queue(root, replace(settings_for(root), cameras=Cameras(must_be_registered=True)), index)
    yield queue
    queue.close()


def put(root: Path, content: bytes, item_id: str | None = None) -> str:
    name = incoming_name(item_id or new_id(), "local", b"list-dr.txt")
    (root / "incoming" / name).write_bytes(content)
    return name


def take(queue: Queue, content: bytes) -> str:
    """Let a file have its verdict, and all that is in it; return its id."""
    name = put(queue.root, content)
    queue.add([name])
    work_off(queue)
    assert os.listdir(queue.root / "incoming") == []
    return name.partition("~")[0]


def items(root: Path) -> dict[str, Sidecar]:
    """Return the sidecars by id; fails where an id has two."""
    places = [place for folder in day_folders(root) for place in items_in(root, folder)]
    sidecars = [sidecar for place in places if (sidecar := read_sidecar(root, place))]
    assert len({sidecar.id for sidecar in sidecars}) == len(places)
    return {sidecar.id: sidecar for sidecar in sidecars}


def told(root: Path) -> list[tuple[str | None, object, str]]:
    return sorted((one.camera_id, one.fields.get("battery_percent"), one.verdict) for one in items(root).values())


def reports_in(index: sqlite3.Connection) -> list[tuple[str, int]]:
    return index.execute("SELECT camera_id, battery_percent FROM reports ORDER BY 1, 2").fetchall()


def test_each_report_is_an_item_of_its_camera_and_the_file_is_the_last_one(
    queue: Queue, index: sqlite3.Connection
) -> None:
    content = said(OTHER, 0, 12) + said(IMEI, 0, 60) + said(IMEI, 1, 55)
    whole_id = take(queue, content)
    found = items(queue.root)
    whole, earlier = found[whole_id], [found[earlier_id(whole_id, number)] for number in (2, 1)]
    assert len(found) == 3
    assert (whole.camera_id, whole.fields["battery_percent"], whole.warnings) == (IMEI, 55, ())
    assert whole.earlier_reports == tuple(one.id for one in earlier)
    assert [(one.camera_id, one.fields["battery_percent"]) for one in earlier] == [(OTHER, 12), (IMEI, 60)]
    assert all((one.part_of, one.upload_path, one.attempts) == (whole_id, "list-dr.txt", 1) for one in earlier)
    places = {one.id: queue.root / moves.place_of(one) for one in found.values()}
    assert places[whole_id].read_bytes() == content
    assert places[earlier[0].id].read_bytes() == said(OTHER, 0, 12)
    assert reports_in(index) == sorted([(OTHER, 12), (IMEI, 60), (IMEI, 55)])
    index.close()
    rebuild(queue.root, lambda counts, _: counts)
    again = open_index(queue.root)
    assert reports_in(again) == sorted([(OTHER, 12), (IMEI, 60), (IMEI, 55)])
    again.close()


def test_a_log_that_grows_day_by_day_doubles_nothing_and_rejects_nothing(queue: Queue) -> None:
    days = [said(IMEI, day, 90 - day) for day in range(6)]
    ids = [take(queue, b"".join(days[: number + 1])) for number in range(6)]
    assert told(queue.root) == [(IMEI, 90 - day, "accepted") for day in reversed(range(6))]
    assert items(queue.root)[ids[-1]].earlier_reports == tuple(ids[:-1])


def test_a_log_of_which_the_first_days_were_missed_brings_them(queue: Queue) -> None:
    days = [said(IMEI, day, 90 - day) for day in range(4)]
    first = take(queue, days[1])
    last = take(queue, b"".join(days))
    assert told(queue.root) == [(IMEI, 90 - day, "accepted") for day in reversed(range(4))]
    assert items(queue.root)[last].earlier_reports == (earlier_id(last, 3), first, earlier_id(last, 1))


def test_a_report_that_stands_twice_in_a_file_is_one_item(queue: Queue) -> None:
    whole = take(queue, said(day=0) + said(OTHER) + said(day=0) + said(day=1) + said(day=1))
    assert len(items(queue.root)) == 3
    assert items(queue.root)[whole].earlier_reports == (
        earlier_id(whole, 4),
        earlier_id(whole, 3),
        earlier_id(whole, 4),
        whole,
    )


def test_two_lists_of_one_moment_with_the_same_report_make_it_once(queue: Queue, root: Path) -> None:
    names = [put(root, said(OTHER) + said(IMEI, day)) for day in range(3)]
    queue.add(names)
    work_off(queue)
    assert len(items(root)) == 4
    assert len({one.earlier_reports for one in items(root).values() if not one.part_of}) == 1


def test_the_same_file_again_is_a_duplicate_and_so_is_each_of_its_reports(queue: Queue) -> None:
    first = take(queue, said(OTHER) + said())
    again = take(queue, said(OTHER) + said())
    found = items(queue.root)
    assert (found[again].reason, found[again].earlier_reports) == ("duplicate", found[first].earlier_reports)
    assert len(found) == 3


def test_a_rejected_report_of_a_list_that_grows_is_rejected_once_and_tried_again_alone(
    root: Path, strict_queue: Queue, index: sqlite3.Connection
) -> None:
    queue = strict_queue
    write_camera_record(queue.root, IMEI, {"registered": True})
    ids = [take(queue, b"".join([said(OTHER), *(said(IMEI, day) for day in range(days))])) for days in (1, 2, 3)]
    found = items(queue.root)
    (refused,) = [one for one in found.values() if one.verdict == "rejected"]
    assert (refused.reason, refused.part_of) == ("unknown_camera", ids[0])
    assert [found[one].earlier_reports[0] for one in ids] == [refused.id] * 3
    write_camera_record(root, OTHER, {"registered": True})
    assert requeue_item(queue.root, index, refused.id, LATER, ()).outcome == "requeued"
    (name,) = waiting_earlier(queue.root, found[ids[0]])
    queue.add([name])
    work_off(queue)
    now = items(queue.root)[refused.id]
    assert (now.verdict, now.part_of, now.attempts) == ("accepted", ids[0], 2)


def test_a_file_tried_again_makes_no_report_twice_and_none_that_was_deleted(
    queue: Queue, index: sqlite3.Connection
) -> None:
    unknown = b"IMEI:serial\nCSQ:31\n"  # the file is rejected, and the reports before it are not
    whole = take(queue, said(OTHER) + said(IMEI) + unknown)
    found = items(queue.root)
    assert (found[whole].verdict, len(found)) == ("rejected", 3)
    gone, kept = found[whole].earlier_reports
    assert delete_item(queue.root, index, gone, ()).outcome == "deleted"
    for attempts in (2, 3):
        assert requeue_item(queue.root, index, whole, LATER, ()).outcome == "requeued"
        queue.add(sorted(name for name in os.listdir(queue.root / "incoming") if not name.endswith("~origin")))
        work_off(queue)
        found = items(queue.root)
        assert sorted(found) == sorted([kept, whole])
        assert (found[whole].attempts, found[whole].earlier_reports) == (attempts, (gone, kept))


def test_the_reports_of_a_file_that_no_profile_knows_stay_in_it_until_one_does(queue: Queue) -> None:
    whole = take(queue, b"serial,battery\nA,60%\nB,50%\nC,40%\n")
    assert (items(queue.root)[whole].reason, len(items(queue.root))) == ("no_matching_profile", 1)


def test_a_report_of_an_unknown_type_in_a_known_file_is_rejected_where_all_see_it(queue: Queue) -> None:
    whole = take(queue, b"IMEI:serial\nCSQ:1\nhello:2\n" + said())
    earlier = items(queue.root)[earlier_id(whole, 1)]
    assert (earlier.reason, earlier.part_of) == ("no_matching_profile", whole)


def test_what_a_kill_left_of_a_report_is_cleared_away_and_made_anew(queue: Queue, root: Path) -> None:
    name = put(root, said(OTHER) + said())
    whole = name.partition("~")[0]
    made = earlier_id(whole, 1)

    def leave() -> None:
        (root / "incoming" / f"{made}~origin").write_bytes(b"{")
        (root / "incoming" / f"{made}~copy").write_bytes(b"IM")

    leave()
    recover(root)
    assert os.listdir(root / "incoming") == [name]
    leave()  # a worker alone was killed: nothing has cleared this away
    queue.add([name])
    work_off(queue)
    assert sorted(items(root)) == sorted([made, whole])
    assert os.listdir(root / "incoming") == []


def test_a_report_that_got_its_verdict_before_its_file_did_is_there_once(
    queue: Queue, root: Path, index: sqlite3.Connection
) -> None:
    whole = take(queue, said(OTHER) + said())
    made = earlier_id(whole, 1)
    sidecar = items(root)[whole]
    place = moves.place_of(sidecar)
    name = moves.requeue(root, place, sidecar, replace(origin_of(sidecar, place), earlier_reports=()))
    forget(index, [whole])  # as if its commit had broken off then
    queue.add([name])
    work_off(queue)
    assert sorted(items(root)) == sorted([made, whole])
    assert items(root)[whole].earlier_reports == (made,)


def test_a_disk_that_fails_leaves_file_and_reports_whole(
    queue: Queue, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first flush of the reports fails, then one of their renames, then the commit of their file."""
    queue.close()
    faults = root.parent / "faults"
    faults.write_text("xxx")

    def fail_once(where: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def act(*given: Any) -> Any:
            if len(left := faults.read_text()) == len(where):
                faults.write_text(left[:-1])
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(root))
            return step(*given)

        return act

    def put_badly(*given: Any) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(moves, "flush_file_system", fail_once("xxx", flush_file_system))
            patch.setattr(moves, "rename_new", fail_once("xx", rename_new))
            moves.put_earlier(*given)

    monkeypatch.setattr(worker_module, "put_earlier", put_badly)
    monkeypatch.setattr(worker_module, "commit", fail_once("x", moves.commit))
    queue.workers = [start_worker(root, queue.settings)]
    whole = take(queue, said(OTHER) + said(IMEI, 1) + said())
    assert faults.read_text() == ""
    assert sorted(items(root)) == sorted([whole, earlier_id(whole, 1), earlier_id(whole, 2)])
    assert all(one.verdict == "accepted" for one in items(root).values())


def test_a_report_cannot_be_deleted_before_its_file_has_its_verdict(queue: Queue, index: sqlite3.Connection) -> None:
    whole = take(queue, said(OTHER) + said())
    made = earlier_id(whole, 1)
    assert "still waits" in delete_item(queue.root, index, made, (whole,)).message
    result = delete_item(queue.root, index, made, ())
    assert (result.outcome, result.connection, result.upload_path) == ("deleted", None, "list-dr.txt")
    assert list(items(queue.root)) == [whole]


def test_a_report_that_is_not_made_after_all_is_no_reason_to_leave_it_out_of_another_file(
    root: Path, index: sqlite3.Connection
) -> None:
    writer = IndexWriter(root, index)
    first, second = (make_sidecar(kind="report", fields={"battery_percent": 9}) for _ in range(2))
    decided = [
        Decided("x", one, (EarlierReport(earlier_id(one.id, 1), b"", earlier),))
        for one, earlier in (
            (one, replace(one, id=earlier_id(one.id, 1), fields={"battery_percent": 8})) for one in (first, second)
        )
    ]
    (one,), (other,) = writer.settle(decided[:1]), writer.settle(decided[1:])
    assert ([made.id for made in one.earlier], list(other.earlier)) == ([earlier_id(first.id, 1)], [])
    assert other.sidecar.earlier_reports == (earlier_id(first.id, 1),)
    writer.forget([first.id, earlier_id(first.id, 1)])
    (other,) = writer.settle(decided[1:])
    assert [made.id for made in other.earlier] == [earlier_id(second.id, 1)]


def test_a_photo_is_left_alone(root: Path, index: sqlite3.Connection) -> None:
    photo = Decided("x", make_sidecar())
    (settled,) = settle_earlier(root, [photo], index, {})
    assert settled is photo
    assert list(waiting_earlier(root, photo.sidecar)) == []


def test_of_two_items_that_say_the_same_one_is_accepted_in_whatever_order_they_are_settled(
    root: Path, index: sqlite3.Connection
) -> None:
    """After a crash a part may wait that another file is about to make as well: neither is left to the other."""
    writer = IndexWriter(root, index)
    whole = make_sidecar(kind="report", fields={"battery_percent": 9})
    told = replace(whole, fields={"battery_percent": 8}, sha256="aa")
    other = replace(told, id=new_id(), part_of=new_id())
    made = EarlierReport(earlier_id(whole.id, 1), b"", told)
    (file,) = writer.settle([Decided("x", whole, (made,))])
    assert file.earlier == (made,)
    (waited,) = writer.settle([Decided("y", other)])
    (later,) = writer.settle([Decided("z", replace(told, id=made.id, part_of=whole.id))])
    assert (waited.sidecar.verdict, later.sidecar.verdict) == ("accepted", "rejected")
    assert later.sidecar.duplicate_of == other.id
    (third,) = writer.settle([Decided("w", replace(told, id=new_id(), sha256="bb", part_of=whole.id))])
    assert third.sidecar.duplicate_of == other.id
    (fourth,) = writer.settle([Decided("v", replace(told, id=new_id(), sha256="bb"))])
    assert fourth.sidecar.verdict == "accepted", "a file of its own is compared by its bytes, with what is accepted"
