"""Log-ins are read once for each connection, and again only while they are not known yet."""

from pathlib import Path

import pytest

from ingest.connections import logins as logins_module
from ingest.connections.logins import REMEMBERED_MAX, Logins
from ingest.connections.store import log_path
from ingest.spool.stamp import new_id

FRONT = "Mon Nov 23 20:23:20 2026 [pid 7502] "
CONNECTED = f'{FRONT}CONNECT: Client "100.64.1.7"\n'
LOGGED_IN = f'{FRONT}FTP command: Client "100.64.1.7", "USER camera"\n{FRONT}[camera] OK LOGIN: Client "100.64.1.7"\n'


@pytest.fixture
def connection(root: Path) -> str:
    """A connection that has logged in."""
    connection_id = new_id()
    log_path(root, connection_id).write_text(CONNECTED + LOGGED_IN)
    return connection_id


def test_a_log_in_that_is_known_is_not_read_again(root: Path, connection: str) -> None:
    logins = Logins(root)
    assert logins.of(connection) == ("camera", "100.64.1.7")
    log_path(root, connection).unlink()
    assert logins.of(connection) == ("camera", "100.64.1.7")
    assert Logins(root).of(connection) == (None, None)


def test_a_log_in_that_is_not_known_yet_is_looked_for_again(root: Path) -> None:
    logins, connection_id = Logins(root), new_id()
    assert logins.of(connection_id) == (None, None)
    log_path(root, connection_id).write_text(CONNECTED)
    assert logins.of(connection_id) == (None, "100.64.1.7")
    log_path(root, connection_id).write_text(CONNECTED + LOGGED_IN)
    assert logins.of(connection_id) == ("camera", "100.64.1.7")


def test_the_oldest_log_in_is_forgotten_so_that_memory_has_a_bound(root: Path, connection: str) -> None:
    logins = Logins(root)
    logins.of(connection)
    others = [new_id() for _ in range(REMEMBERED_MAX)]
    for other in others:
        log_path(root, other).write_text(CONNECTED + LOGGED_IN)
        logins.of(other)
    for log in (root / "connections").iterdir():
        log.unlink()
    assert logins.of(connection) == (None, None)
    assert logins.of(others[0]) == logins.of(others[-1]) == ("camera", "100.64.1.7")


def test_a_log_that_nobody_can_make_sense_of_costs_only_the_account(
    root: Path, connection: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_root: Path, _connection: str) -> tuple[str | None, str | None]:
        raise KeyError("x")

    monkeypatch.setattr(logins_module, "account_and_client", fail)
    assert Logins(root).of(connection) == (None, None)
    assert connection in caplog.text and "KeyError" in caplog.text
