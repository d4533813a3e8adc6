"""Who has just connected: failures stand out, what goes well is one line, and a cut has a share."""

import fcntl
from datetime import datetime, timedelta
from pathlib import Path

from ingest.connections.record import ConnectionRecord, Transfer, connection_record_line, what_happened
from ingest.connections.store import day_path, log_path
from ingest.spool.root import prepare_spool
from ingest.spool.stamp import new_id, utc_text
from tests.unit.webadmin.site import NOW
from webadmin.setup.recent_connections import recent_connections, so_far, told

CLIENT = "100.64.1.7"
FRONT = "Mon Nov 23 20:23:20 2026 [pid 7502] "
LOG = "".join(
    f"{FRONT}{line}\n"
    for line in [
        'FTP command: Client "100.64.1.7", "USER camera"',
        '[camera] OK LOGIN: Client "100.64.1.7"',
        '[camera] OK UPLOAD: Client "100.64.1.7", "/a.jpg", 1000 bytes, 21.63Kbyte/sec',
    ]
)


def _record(
    minutes: int,
    *transfers: Transfer,
    client: str = CLIENT,
    account: str | None = "camera",
    logins: tuple[str, ...] = (),
    failures: tuple[str, ...] = (),
) -> ConnectionRecord:
    at = NOW - timedelta(minutes=minutes)
    started = utc_text(at)
    words = what_happened(account, logins, transfers, failures)
    return ConnectionRecord(
        new_id(at), client, account, "TLSv1.2", None, "explicit", logins, transfers, failures, started, started, words
    )


def _file(name: str, size_bytes: int = 100, *, whole: bool = True) -> Transfer:
    return Transfer(f"/{name}", size_bytes, "complete" if whole else "failed", "2026-01-01T00:00:00Z")


def test_a_cut_is_a_share_once_the_file_came_whole() -> None:
    cut, whole = _record(5, _file("E1.JPG", 61_000, whole=False)), _record(3, _file("E1.JPG", 100_000))
    assert told([(cut, False)])[0].cuts == ()
    assert told([(whole, False), (cut, False)])[1].cuts == (
        "E1.JPG was cut off at about 61 %; a file of this name came whole another time.",
    )
    stranger = _record(3, _file("E1.JPG", 100_000), client="100.64.9.9")
    assert told([(stranger, False), (cut, False)])[1].cuts == ()


def test_what_goes_well_time_after_time_is_one_line() -> None:
    good = [_record(number, _file(f"{number}.JPG")) for number in range(5)]
    refused = _record(2, account=None, logins=("camera",))
    connections = told([(one, False) for one in [*good[:2], refused, *good[2:]]])
    assert [(one.state, one.more, len(one.names)) for one in connections] == [
        ("good", 1, 2), ("bad", 0, 0), ("good", 2, 3),
    ]  # fmt: skip


def test_what_lasts_and_what_other_cameras_do_stays_apart() -> None:
    first, other = _record(1, _file("a.jpg")), _record(2, _file("b.jpg"), client="100.64.9.9")
    assert [one.more for one in told([(first, True), (first, False), (other, False)])] == [0, 0, 0]


def test_the_look_whether_the_port_answers_is_left_out(tmp_path: Path) -> None:
    prepare_spool(tmp_path)
    records = [
        _record(1, client="127.0.0.1", account=None),
        _record(2, client="127.0.0.1", account=None, logins=("camera",)),
        _record(3, account=None),
    ]
    for one in records:
        with day_path(tmp_path, datetime.fromisoformat(one.started_at).date()).open("a") as file:
            file.write(connection_record_line(one))
    assert [one.record.id for one in recent_connections(tmp_path)] == [records[1].id, records[2].id]


def test_a_connection_that_lasts_is_shown_with_what_its_log_says_so_far(tmp_path: Path) -> None:
    prepare_spool(tmp_path)
    lasting, ended = new_id(NOW), new_id(NOW - timedelta(minutes=2))
    for connection in (lasting, ended):
        log_path(tmp_path, connection).write_text(LOG)
    with log_path(tmp_path, lasting).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        shown = recent_connections(tmp_path)
    assert [(one.record.id, one.is_live, one.state, one.names) for one in shown] == [
        (lasting, True, "good", ("a.jpg",)), (ended, False, "good", ("a.jpg",)),
    ]  # fmt: skip


def test_what_a_connection_that_lasts_has_not_done_it_may_do_yet() -> None:
    assert [so_far(one).what_happened for one in (_record(1), _record(1, account=None))] == [
        "It has logged in and sent nothing yet.", "It is connected and has not logged in yet.",
    ]  # fmt: skip


def test_a_line_that_a_crash_cut_off_hides_no_other_connection(tmp_path: Path) -> None:
    prepare_spool(tmp_path)
    records = [_record(minutes, account=None) for minutes in (2, 1)]
    for one in records:
        with day_path(tmp_path, datetime.fromisoformat(one.started_at).date()).open("a") as file:
            file.write(connection_record_line(one)[:40] + "\n" + connection_record_line(one))
    assert [one.record.id for one in recent_connections(tmp_path)] == [records[1].id, records[0].id]
    assert [one.record.id for one in recent_connections(tmp_path, 1)] == [records[1].id]


def test_a_test_upload_is_told_apart_also_among_others() -> None:
    tests = [_record(1, _file("FTPTest.txt", 0)), _record(2, _file("cam/test.jpg")), _record(3, _file("E1.JPG"))]
    assert [one.tests for one in told([(one, False) for one in tests])] == [("FTPTest.txt", "cam/test.jpg")]
    assert [one.tests for one in told([(tests[2], False)])] == [()]
    assert [one.tests for one in told([(tests[2], False)], lambda path: path == "E1.JPG")] == [("E1.JPG",)]


def test_a_refusal_that_matters_is_not_green_and_is_bad_where_nothing_came() -> None:
    refused = ("There is no folder “x” here.",)
    came, nothing = _record(1, _file("a.jpg"), failures=refused), _record(2, failures=refused)
    shown = told([(came, False), (nothing, False), (_record(3), False), (_record(4, _file("b.jpg")), False)])
    assert [(one.state, one.words) for one in shown] == [
        ("attention", "came, with trouble"), ("bad", "failed"), ("attention", "nothing sent"), ("good", "came through"),
    ]  # fmt: skip
    assert told([(nothing, True)])[0].state == "attention"


def test_a_file_that_came_at_the_second_try_is_no_failure() -> None:
    cut, whole = _file("a.jpg", whole=False), _file("a.jpg")
    assert [told([(_record(1, *both), False)])[0].state for both in ((cut, whole), (whole, cut))] == ["good", "bad"]
