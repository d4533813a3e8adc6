"""Live logs, folding, and the day files, on real files and with real locks."""

import fcntl
import os
from datetime import date
from pathlib import Path

import pytest

from ingest.connections.record import connection_record_line
from ingest.connections.store import (
    LOG_MAX_CHARACTERS,
    account_and_client,
    day_path,
    find_connection_record,
    fold,
    has_ended,
    live_connections,
    live_logs,
    log_path,
    newest_records,
    read_connection_records,
    read_live,
)

FIRST, SECOND = "20261123T202316.314333Z-10007498", "20261124T000001.000001Z-10007499"
DAY = date(2026, 11, 23)
FRONT = "Mon Nov 23 20:23:20 2026 [pid 7502] "
LOG = "".join(
    f"{FRONT}{line}\n"
    for line in [
        'CONNECT: Client "100.64.1.7"',
        'FTP command: Client "100.64.1.7", "USER camera"',
        '[camera] OK LOGIN: Client "100.64.1.7"',
        '[camera] OK UPLOAD: Client "100.64.1.7", "/a.jpg", 1000 bytes, 21.63Kbyte/sec',
    ]
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A spool root with one log of each day."""
    (tmp_path / "connections").mkdir()
    for connection in (FIRST, SECOND):
        log_path(tmp_path, connection).write_text(LOG, "utf-8")
    return tmp_path


def test_account_and_client_come_from_the_log_and_later_from_the_record(root: Path) -> None:
    assert account_and_client(root, FIRST) == ("camera", "100.64.1.7")
    fold(root, [FIRST])
    assert account_and_client(root, FIRST) == ("camera", "100.64.1.7")
    assert account_and_client(root, "20200101T000000.000000Z-00000000") == (None, None)
    assert account_and_client(root, "local") == (None, None)


def test_a_connection_has_ended_when_nobody_holds_its_log(root: Path) -> None:
    log = log_path(root, FIRST)
    with log.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        assert not has_ended(log)
    assert has_ended(log)
    log.unlink()
    assert has_ended(log)


def test_an_empty_log_is_a_connection_that_is_being_started(root: Path) -> None:
    log = log_path(root, FIRST)
    log.write_bytes(b"")
    assert not has_ended(log)
    assert has_ended(log, now=log.stat().st_mtime + 61)


def test_folding_moves_a_log_into_the_file_of_its_day(root: Path) -> None:
    (record,) = fold(root, [FIRST])
    assert record is not None
    assert not log_path(root, FIRST).exists()
    assert day_path(root, DAY).read_text("utf-8") == connection_record_line(record)
    assert [log.stem for log in live_logs(root)] == [SECOND]
    assert fold(root, [FIRST]) == []


def test_folding_again_after_a_crash_gives_one_record(root: Path) -> None:
    record = read_live(root, FIRST)
    assert record is not None
    line = connection_record_line(record)
    day_path(root, DAY).write_text(line + line[: len(line) // 2], "utf-8")
    assert fold(root, [FIRST]) == [record]
    assert read_connection_records(root) == [record]
    assert find_connection_record(root, FIRST) == record


def test_records_come_in_order_and_from_a_day_on(root: Path) -> None:
    fold(root, [SECOND])
    fold(root, [FIRST])
    assert [record.id for record in read_connection_records(root)] == [FIRST, SECOND]
    assert [record.id for record in read_connection_records(root, date(2026, 11, 24))] == [SECOND]
    assert find_connection_record(root, "../../etc/passwd") is None


def test_records_come_newest_first_before_an_id(root: Path) -> None:
    fold(root, [SECOND])
    fold(root, [FIRST])
    assert [record.id for record in newest_records(root)] == [SECOND, FIRST]
    assert [record.id for record in newest_records(root, SECOND)] == [FIRST]
    assert list(newest_records(root, FIRST)) == []


def test_live_connections_leave_out_what_is_not_a_log(root: Path) -> None:
    (root / "connections" / "notes.log").write_text("x", "utf-8")
    assert [record.id for record in live_connections(root)] == [FIRST, SECOND]
    assert live_connections(root / "missing") == []


def test_a_log_that_is_not_utf_8_is_read(root: Path) -> None:
    log_path(root, FIRST).write_bytes(os.urandom(2000) + b"\n" + LOG.encode())
    assert account_and_client(root, FIRST) == ("camera", "100.64.1.7")


def test_of_a_log_without_end_only_the_beginning_is_read(root: Path) -> None:
    noise = f'{FRONT}[camera] FTP command: Client "100.64.1.7", "NOOP"\n'
    with log_path(root, FIRST).open("a", encoding="utf-8") as log:
        log.write(noise * (2 * LOG_MAX_CHARACTERS // len(noise)))
    (record,) = fold(root, [FIRST])
    assert [transfer.name for transfer in record.transfers] == ["/a.jpg"]
    assert "only the beginning was read" in record.what_happened
    assert not log_path(root, FIRST).exists()
