"""The refusal inside TLS, run as connection.sh runs it: by the system's Python, the connection as standard input."""

import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ingest.ftps.programs import FOLDER
from tests.unit.ingest.ftps.server import Tls

SENTENCE = "The gateway's disk is nearly full."


@contextmanager
def refusing(tls: Tls) -> Iterator[tuple[socket.socket, subprocess.Popen[str]]]:
    """Connect to a refusal; yield the camera's end and the process."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        camera = socket.create_connection(listener.getsockname(), 60)
        connection, _ = listener.accept()
    words = ["/usr/bin/python3", "-I", str(FOLDER / "refuse.py"), str(tls.certificate), str(tls.key), SENTENCE]
    with camera, subprocess.Popen(words, stdin=connection.fileno(), stderr=subprocess.PIPE, text=True) as process:
        connection.close()
        yield camera, process


def context(tls: Tls) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(tls.certificate))


def test_the_camera_reads_the_sentence_as_a_reply_inside_tls(tls: Tls) -> None:
    with refusing(tls) as (camera, process):
        with context(tls).wrap_socket(camera, server_hostname="127.0.0.1") as encrypted:
            assert encrypted.version() == "TLSv1.2"
            assert encrypted.makefile("rb").read() == f"421 {SENTENCE}\r\n".encode()
        assert process.wait() == 0


def test_tls_1_3_is_not_spoken_here_either(tls: Tls) -> None:
    only = context(tls)
    only.minimum_version = ssl.TLSVersion.TLSv1_3
    with refusing(tls) as (camera, process):
        with pytest.raises(ssl.SSLError, match="VERSION"):
            only.wrap_socket(camera, server_hostname="127.0.0.1")
        assert process.wait() == 1


def test_a_camera_that_hangs_up_is_one_line_in_the_journal(tls: Tls) -> None:
    with refusing(tls) as (camera, process):
        camera.close()
        _, said = process.communicate()
    assert process.returncode == 1
    assert said.startswith("camspool: the refusal did not reach the camera: ")
    assert said.count("\n") == 1
