import fcntl
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.connections import closing as closing_module
from ingest.connections import store as store_module
from ingest.connections.closing import close_connections
from ingest.connections.log import parse_connection_log
from ingest.connections.record import ConnectionRecord
from ingest.connections.store import fold, read_connection_records
from ingest.spool.camera_accounts import CameraAccount, write_camera_accounts
from ingest.spool.moves import remove_ended
from ingest.spool.stamp import new_id
from tests.spools import make_spool
from tests.trees import TOO_DEEP, TOO_LONG, make_chain, removed_afterwards

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


def test_a_connection_with_which_something_unforeseen_goes_wrong_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_spool(tmp_path)
    bad_folder, bad_log, good = connect(root), connect(root), connect(root)

    def removal(folder: Path, deadline: float) -> None:
        if folder.name == bad_folder:
            raise RecursionError("too deep")
        remove_ended(folder, deadline)

    def parsing(connection_id: str, text: str) -> ConnectionRecord:
        if connection_id == bad_log:
            raise KeyError("x")
        return parse_connection_log(connection_id, text)

    monkeypatch.setattr(closing_module, "remove_ended", removal)
    monkeypatch.setattr(store_module, "parse_connection_log", parsing)
    met: list[tuple[str, str]] = []
    assert not close_connections(root, [], set_aside=lambda path, error: met.append((path.name, repr(error))))
    assert met == [(bad_folder, "RecursionError('too deep')"), (f"{bad_log}.log", "KeyError('x')")]
    assert [record.id for record in read_connection_records(root)] == [good]
    assert os.listdir(root / "uploads") == [bad_folder]


@pytest.mark.parametrize("names", [TOO_DEEP, TOO_LONG], ids=["deep", "long"])
def test_an_empty_tree_goes_however_deep_it_is(tmp_path: Path, names: Sequence[str]) -> None:
    root = make_spool(tmp_path)
    connection = connect(root)
    with removed_afterwards(root / "uploads" / connection) as folder:
        make_chain(folder, names)
        close_connections(root, [])
        assert os.listdir(root / "uploads") == []
    assert [record.id for record in read_connection_records(root)] == [connection]


def test_a_log_that_cannot_be_opened_stops_no_other(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    with_folder, without, good = (connect(root) for _ in range(3))
    (root / "uploads" / without).rmdir()
    for bad in (with_folder, without):
        log = root / "connections" / f"{bad}.log"
        log.unlink()
        log.symlink_to(root)
    met: list[str] = []
    close_connections(root, [], set_aside=lambda path, _error: met.append(path.name))
    assert met == [with_folder, f"{without}.log"]
    assert [record.id for record in read_connection_records(root)] == [good]


def test_a_refused_account_that_was_made_here_is_called_ours(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    root = make_spool(tmp_path)
    write_camera_accounts(root, {"gate-north": CameraAccount("gate-north", "Gate_North", "2026-01-01")})
    front = LOG[: LOG.index("CONNECT")]
    for typed in (["gate-north"], ["gate-north", "admin"]):
        refused = "".join(
            f'{front}FTP command: Client "100.64.1.7", "USER {name}"\n{front}[{name}] FAIL LOGIN: Client "100.64.1.7"\n'
            for name in typed
        )
        (root / "connections" / f"{new_id()}.log").write_text(LOG + refused)
    with caplog.at_level("WARNING", "camspool"):
        close_connections(root, [])
    told = [message.partition(" in connection")[0] for message in caplog.messages]
    assert told == [
        'FTPS log-in refused to 100.64.1.7 as our "gate-north"',
        'FTPS log-in refused to 100.64.1.7 as "gate-north", "admin"',
    ]
