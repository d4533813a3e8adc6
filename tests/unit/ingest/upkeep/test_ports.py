"""A port is good when cameras are greeted there, not when something takes their connections."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest

from ingest.settings.values import Ftps
from ingest.upkeep import ports
from ingest.upkeep.ports import judge_greeting, judge_unit, port_part, read_greeting

MISSING = ("/usr/sbin/vsftpd is missing or cannot be run: apt install vsftpd.",)


@pytest.mark.parametrize(
    ("greeting", "state", "sentence"),
    [
        ("220 Camspool", "good", "Port 21 answers."),
        ("220-Camspool", "good", "Port 21 answers."),
        ("421 The disk is nearly full.", "bad", "Port 21 turns cameras away: The disk is nearly full."),
        ("", "bad", "Port 21 takes connections and hangs up without a greeting."),
        (
            "SSH-2.0-OpenSSH_9.2",
            "bad",
            "Port 21 does not speak FTPS: it says “SSH-2.0-OpenSSH_9.2”. Does another program listen there?",
        ),
    ],
)
def test_the_first_line_decides(greeting: str, state: str, sentence: str) -> None:
    part = judge_greeting("ftps", 21, greeting, ())
    assert (part.state, part.sentence, part.figures) == (state, sentence, {"port": 21})


@pytest.mark.parametrize("greeting", ["220 Camspool", ""])
def test_a_missing_program_is_named_whatever_the_port_says(greeting: str) -> None:
    part = judge_greeting("ftps", 21, greeting, MISSING)
    assert part.state == "bad" and part.sentence.endswith(MISSING[0])


def test_a_socket_unit_is_good_only_with_all_that_serves_a_connection() -> None:
    assert judge_unit("ftps", 21, "active", ()).state == "good"
    failed, gone = judge_unit("ftps", 21, "failed", ()), judge_unit("ftps", 21, "active", MISSING)
    assert (failed.state, failed.sentence) == ("bad", "Port 21 does not listen: its socket unit is failed.")
    assert (gone.state, gone.sentence) == ("bad", f"Port 21 listens, but no camera gets in. {MISSING[0]}")


@contextmanager
def server(says: bytes, *, silent: bool = False) -> Iterator[tuple[int, list[bytes]]]:
    """Yield the port of a server for one connection, and what it heard."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            # Who asks may hang up at any moment.
            with suppress(ConnectionError), connection:
                connection.sendall(says)
                if silent or says:
                    heard.append(connection.recv(100))
                    connection.sendall(b"221 Goodbye.\r\n")

        thread = Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1], heard
        thread.join()


def test_the_greeting_is_read_and_the_leave_is_polite() -> None:
    with server(b"220 Camspool\r\n") as (port, heard):
        assert read_greeting("127.0.0.1", port, implicit=False) == "220 Camspool"
    assert heard == [b"QUIT\r\n"]


def test_a_port_that_hangs_up_has_an_empty_greeting() -> None:
    with server(b"") as (port, _):
        assert read_greeting("0.0.0.0", port, implicit=False) == ""  # noqa: S104 - asked, not bound


def test_a_port_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "PATIENCE_S", 0.2)
    with server(b"", silent=True) as (port, _):
        part = port_part("ftps", Ftps(bind="127.0.0.1", port=port), implicit=False)
    assert (part.state, part.sentence) == ("bad", f"Port {port} does not answer: timed out.")


def test_a_port_that_nobody_listens_on_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    part = port_part("ftps-implicit", Ftps(bind="127.0.0.1", implicit_port=port), implicit=True)
    assert (part.state, part.sentence) == ("bad", f"Port {port} does not answer: Connection refused.")


def test_an_implicit_port_without_tls_does_not_answer() -> None:
    with server(b"220 Camspool\r\n") as (port, _):
        part = port_part("ftps-implicit", Ftps(bind="127.0.0.1", implicit_port=port), implicit=True)
    assert part.state == "bad" and part.sentence.startswith(f"Port {port} does not answer: ")
