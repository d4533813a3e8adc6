import fcntl
import os
from pathlib import Path

import pytest

from ingest.connections.closing import close_connections
from ingest.connections.store import fold, read_connection_records
from ingest.spool.stamp import new_id
from tests.spools import make_spool

LOG = 'Mon Nov 23 20:23:16 2026 [pid 7503] CONNECT: Client "100.64.1.7"\n'


def connect(root: Path) -> str:
    connection = new_id()
    (root / "connections" / f"{connection}.log").write_text(LOG)
    (root / "uploads" / connection).mkdir()
    return connection


def test_an_ended_connection_becomes_a_record_and_its_folder_goes(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    connection = connect(root)
    (root / "uploads" / connection / "INSTAR").mkdir()
    close_connections(root, [])
    assert [(record.id, record.client) for record in read_connection_records(root)] == [(connection, "100.64.1.7")]
    assert os.listdir(root / "uploads") == []
    assert not (root / "connections" / f"{connection}.log").exists()


def test_refused_log_ins_are_a_line_whose_address_nobody_can_forge(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = make_spool(tmp_path)
    connection, forged = new_id(), 'x" from 192.0.2.1 as "camera'
    front = LOG[: LOG.index("CONNECT")]
    tried = f'{front}FTP command: Client "100.64.1.7", "USER {forged}"\n'
    refused = f'{front}[{forged}] FAIL LOGIN: Client "100.64.1.7"\n'
    (root / "connections" / f"{connection}.log").write_text(LOG + tried + refused)
    with caplog.at_level("WARNING", "camspool"):
        close_connections(root, [])
    assert caplog.messages == [f'FTPS log-in refused to 100.64.1.7 as "{forged}" in connection {connection}']


def test_a_connection_that_lasts_keeps_folder_and_log(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    connection = connect(root)
    with (root / "connections" / f"{connection}.log").open() as log:
        fcntl.flock(log, fcntl.LOCK_SH)
        close_connections(root, [])
        assert (root / "uploads" / connection).is_dir()
        assert read_connection_records(root) == []


def test_a_connection_with_a_file_in_uploads_or_incoming_keeps_its_log(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    arriving, waiting = connect(root), connect(root)
    (root / "uploads" / arriving / "a.jpg").write_text("x")
    close_connections(root, [f"{new_id()}~{waiting}~a.jpg"])
    assert read_connection_records(root) == []
    assert sorted(os.listdir(root / "connections")) == sorted([f"{arriving}.log", f"{waiting}.log"])


def test_a_folder_without_a_log_goes_when_nobody_has_touched_it_for_a_while(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    fresh, old = root / "uploads" / new_id(), root / "uploads" / new_id()
    fresh.mkdir()
    old.mkdir()
    os.utime(old, (0, 0))
    close_connections(root, [])
    assert fresh.exists() and not old.exists()


def test_closing_ends_when_its_time_is_over_and_goes_on_the_next_time(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    connections = [connect(root) for _ in range(3)]
    assert close_connections(root, [], budget_s=0)
    assert sorted(os.listdir(root / "uploads")) == sorted(connections)
    assert not close_connections(root, [], budget_s=60)
    assert os.listdir(root / "uploads") == []


def test_more_logs_than_one_go_takes_are_left_for_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_spool(tmp_path)
    connections = [connect(root) for _ in range(3)]
    monkeypatch.setattr("ingest.connections.closing.FOLD_MAX", 2)
    assert close_connections(root, [])
    assert [record.id for record in read_connection_records(root)] == connections[:2]
    assert not close_connections(root, [])
    assert [record.id for record in read_connection_records(root)] == connections


def test_when_time_is_over_one_log_becomes_a_record_all_the_same(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    connections = [connect(root) for _ in range(3)]
    for count in (1, 2, 3):
        fold(root, connections, deadline=0.0)
        assert [record.id for record in read_connection_records(root)] == connections[:count]
