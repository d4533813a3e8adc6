"""The look from outside: it knocks, logs in, and says where a data connection would go."""

import socket
from contextlib import ExitStack
from dataclasses import replace

import pytest

from ingest.ftps import look as looking
from ingest.ftps.look import Wanted, look
from tests.unit.ingest.ftps.server import PASSWORD, Tls, serving

WANTED = Wanted("127.0.0.1", "camera", PASSWORD, (), ())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        return int(closed.getsockname()[1])


def test_an_open_port_a_closed_one_and_one_that_drops_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "PATIENCE_S", 0.5)
    with ExitStack() as stack:
        # A queue that is full takes no more connections, and does not say so.
        busy = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(busy.getsockname())
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        ports = (busy.getsockname()[1], listening.getsockname()[1], free_port())
        seen = look(replace(WANTED, other_ports=ports))
    assert [seen.knocks[port] for port in ports] == ["silent", "open", "refused"]
    assert seen.address == "127.0.0.1" and not seen.troubles


@pytest.mark.parametrize("implicit", [False, True])
def test_a_log_in_that_is_refused_is_told_in_the_server_s_words(tls: Tls, implicit: bool) -> None:
    with serving(tls, implicit=implicit, replies={"PASS": "530 Login incorrect."}) as server:
        port = (server.port,)
        seen = look(replace(WANTED, implicit_ports=port) if implicit else replace(WANTED, explicit_ports=port))
    assert seen.troubles == {server.port: "the log-in fails: 530 Login incorrect."}
    assert seen.knocks == {server.port: "open"}


def test_a_data_connection_that_leads_astray_is_told_with_its_address(tls: Tls) -> None:
    astray = f"227 Here (127,0,0,2,{','.join(map(str, divmod(free_port(), 256)))})."
    with serving(tls, replies={"PASV": astray}) as server:
        seen = look(replace(WANTED, explicit_ports=(server.port,)))
    trouble = seen.troubles[server.port]
    assert "the log-in works, and no data connection opens to 127.0.0.2, where the gateway sends it" in trouble
    assert seen.data[server.port].startswith("127.0.0.2:")


def test_a_knock_alone_logs_nobody_in(tls: Tls) -> None:
    with serving(tls) as server:
        seen = look(replace(WANTED, explicit_ports=(server.port,), knock_only=True))
    assert seen.knocks == {server.port: "open"}
    assert server.heard == []


def test_a_name_without_an_address_is_nowhere() -> None:
    assert look(replace(WANTED, host="no-such-host.invalid")).address == ""


def test_the_password_is_not_shown_with_what_is_wanted() -> None:
    assert PASSWORD not in repr(WANTED)
