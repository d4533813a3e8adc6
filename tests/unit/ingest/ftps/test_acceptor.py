"""The acceptor of `camspool run` with the real vsftpd: a folder and a log for each connection, and who refuses."""

import fcntl
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.connections.store import live_logs
from ingest.ftps.listener import acceptor_command
from ingest.settings.values import Ftps, Limits, Settings


@pytest.fixture
def settings(root: Path, local_ftps: Ftps) -> Settings:
    """Settings for a spool whose uploads root writes: no other user can enter pytest's folders."""
    return Settings(root=root, ftps=replace(local_ftps, guest_user="root"), limits=Limits(reserve_bytes=1))


@contextmanager
def accepting(settings: Settings, conf: Path) -> Iterator[Callable[[], socket.socket]]:
    """Run an acceptor on a free port; yield what connects to it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = acceptor_command(settings, conf, port)
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == f"Listening on 127.0.0.1 port {port}\n"
        try:
            yield lambda: socket.create_connection(("127.0.0.1", port), 60)
        finally:
            running.terminate()
            _, said = running.communicate()
            assert "Traceback" not in said


def first_line(connection: socket.socket) -> str:
    with connection.makefile("r", encoding="utf-8") as lines:
        return lines.readline().strip()


def uploads(settings: Settings) -> list[str]:
    return sorted(folder.name for folder in (settings.root / "uploads").iterdir())


def test_each_connection_has_a_folder_and_a_log_that_is_locked_as_long_as_it_lasts(
    settings: Settings, conf: Path
) -> None:
    with accepting(settings, conf) as connect:
        with connect() as first, connect() as second:
            assert first_line(first).startswith("220")
            assert first_line(second).startswith("220")
            logs = live_logs(settings.root)
            assert [log.stem for log in logs] == uploads(settings)
            for log in logs:
                with log.open("rb") as held, pytest.raises(BlockingIOError):
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for log in logs:
            with log.open("rb") as held:
                fcntl.flock(held, fcntl.LOCK_EX)  # returns when the connection has ended
    assert {log.stat().st_mode & 0o007 for log in logs} == {0}


def test_others_may_pass_through_the_folder_of_a_connection_and_not_list_it(settings: Settings, conf: Path) -> None:
    with accepting(settings, conf) as connect, connect() as connection:
        first_line(connection)
        (folder,) = (settings.root / "uploads").iterdir()
        assert folder.stat().st_mode & 0o777 == 0o771


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ("full", "421 The gateway's disk is nearly full"),
        ("uploads", "421 The gateway's folder for uploads is missing"),
        ("connections", "421 The gateway cannot write its connection log"),
    ],
)
def test_what_is_out_of_the_ordinary_is_refused_in_words(
    settings: Settings, conf: Path, trouble: str, said: str
) -> None:
    if trouble == "full":
        settings = replace(settings, limits=Limits(reserve_bytes=2**60))
    else:
        (settings.root / trouble).rmdir()
    with accepting(settings, conf) as connect, connect() as connection:
        assert first_line(connection).startswith(said)
    if trouble != "connections":
        (log,) = live_logs(settings.root)
        assert re.fullmatch(r"camspool: refused( \S+)?: The gateway.*\n", log.read_text("utf-8"))
        assert not list(settings.root.glob("uploads/*"))


def test_after_trouble_has_passed_the_next_connection_is_served(settings: Settings, conf: Path) -> None:
    (settings.root / "uploads").rmdir()
    with accepting(settings, conf) as connect:
        with connect() as refused:
            assert first_line(refused).startswith("421")
        (settings.root / "uploads").mkdir()
        with connect() as served:
            assert first_line(served).startswith("220")
            assert len(uploads(settings)) == 1
