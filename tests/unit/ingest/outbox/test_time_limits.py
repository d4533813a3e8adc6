"""A connection ends when its time is over, whatever waits on it, with TLS as well."""

import socket
import ssl

from ingest.outbox.time_limits import time_limit
from tests.authorities import Authority
from tests.receivers import receiving


def test_a_connection_on_which_nothing_comes_ends_when_its_time_is_over() -> None:
    mine, theirs = socket.socketpair()
    with mine, theirs, time_limit(mine, 0.05) as is_over:
        assert mine.recv(1) == b""
        assert is_over.is_set()


def test_a_connection_that_ends_in_time_is_left_alone() -> None:
    mine, theirs = socket.socketpair()
    with mine, theirs:
        with time_limit(mine, 60) as is_over:
            theirs.sendall(b"a")
            assert mine.recv(1) == b"a"
        assert not is_over.is_set()
        theirs.sendall(b"b")
        assert mine.recv(1) == b"b"


def test_a_connection_that_tls_has_taken_over_ends_as_well(authority: Authority) -> None:
    trusting = ssl.create_default_context(cafile=str(authority.certificate))
    with receiving(context=authority.context_for("localhost")) as receiver:
        receiver.say(receiver.keep_silent)
        sock = socket.create_connection(("127.0.0.1", receiver.port))
        with (
            sock,
            time_limit(sock, 0.5) as is_over,
            trusting.wrap_socket(sock, server_hostname="localhost") as stream,
        ):
            stream.sendall(b"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n")
            assert stream.recv(1) == b""
            assert is_over.is_set()
