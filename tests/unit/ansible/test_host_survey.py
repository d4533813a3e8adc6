"""The survey of a host reads real sockets and what tools print."""

import os
import socket
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.unit.ansible.plugins import plugin

survey = plugin("check/library/host_survey")


def test_sockets_that_wait_are_found_with_their_program_and_address() -> None:
    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        six = stack.enter_context(socket.create_server(("::1", 0), family=socket.AF_INET6))
        udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        client = stack.enter_context(socket.create_connection(listening.getsockname()))
        program = Path(f"/proc/{os.getpid()}/comm").read_text("ascii").strip()
        found = {(entry["protocol"], entry["port"]): entry for entry in survey.sockets()}
        expected = {("tcp", listening): "0100007F", ("tcp", six): f"{'0' * 24}01000000", ("udp", udp): "0100007F"}
        for (protocol, waiting), address in expected.items():
            entry = found[protocol, waiting.getsockname()[1]]
            assert (entry["address"], entry["program"]) == (address, program)
        assert ("tcp", client.getsockname()[1]) not in found


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("installed|vsftpd|ftp-server\ninstalled|proftpd-core|ftp-server, proftpd\n", ["proftpd-core"]),
        ("config-files|pure-ftpd|ftp-server\ninstalled|bash|\n", []),
        ("installed|filezilla|ftp-server-manager\ninstalled|pure-ftpd|ftp-server\n", ["pure-ftpd"]),
    ],
)
def test_packages_that_exclude_vsftpd_are_found(
    monkeypatch: pytest.MonkeyPatch, said: str, expected: list[str]
) -> None:
    monkeypatch.setattr(survey, "output", lambda *words: said)
    assert survey.ftp_servers() == expected


def test_the_unit_of_a_port_that_systemd_listens_on_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "[::]:21     camspool-ftps.socket camspool-ftps@0.service\n0.0.0.0:990 x.socket y\n/run/a.sock a.socket a\n"
    monkeypatch.setattr(survey, "output", lambda *words: said)
    assert survey.activated_ports() == {21: "camspool-ftps.socket", 990: "x.socket"}


def test_a_program_that_is_missing_or_fails_says_nothing() -> None:
    assert survey.output("no-such-program-anywhere") == ""
    assert survey.output("false") == ""
    assert survey.output("echo", "a") == "a\n"
