"""How the admin, which has no network on a host, has a file sent: orders, limits, and answers on a real socket."""

import io
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.ftps.relay import Order, ask_relay, carry_out, read_order
from ingest.settings.values import Ftps, Settings


@contextmanager
def answering(folder: Path, answer: bytes, *, read_all: bool = True) -> Iterator[tuple[Path, list[bytes]]]:
    """Listen on a socket, keep what the one caller says, answer, and hang up."""
    heard: list[bytes] = []

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as asked:
            heard.append(asked.readline())
            if read_all:
                heard.append(asked.read(json.loads(heard[0])["size_bytes"]))
            connection.sendall(answer)

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "relay.sock"))
        listener.listen(1)
        thread = threading.Thread(target=serve)
        thread.start()
        yield folder / "relay.sock", heard
        thread.join(10)


def test_an_acknowledged_file_went_as_an_order_and_its_bytes(tmp_path: Path) -> None:
    with answering(tmp_path, b'{"refused": null}\n') as (relay, heard):
        ask_relay(relay, "INSTAR/lat1_lon2/é\n.jpeg", b"\xff\xd8\n\0", implicit=True)
    assert read_order(heard[0], 100) == Order("INSTAR/lat1_lon2/é\n.jpeg", True, 4)
    assert heard[1] == b"\xff\xd8\n\0"


def test_why_a_file_was_not_acknowledged_is_told(tmp_path: Path) -> None:
    answer = b'{"refused": "127.0.0.1:21 (explicit TLS): 530 Login incorrect."}\n'
    with answering(tmp_path, answer) as (relay, _), pytest.raises(CamspoolError, match="530 Login incorrect"):
        ask_relay(relay, "a.jpg", b"x", implicit=False)


def test_a_refusal_that_comes_before_the_file_was_read_is_still_told(tmp_path: Path) -> None:
    with (
        answering(tmp_path, b'{"refused": "The file has too many bytes."}\n', read_all=False) as (relay, _),
        pytest.raises(CamspoolError, match="too many bytes"),
    ):
        ask_relay(relay, "a.jpg", b"x" * 12_000_000, implicit=False)


def test_a_relay_that_hangs_up_or_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with answering(tmp_path, b"") as (relay, _), pytest.raises(CamspoolError, match="gave no answer"):
        ask_relay(relay, "a.jpg", b"x", implicit=False)
    with pytest.raises(CamspoolError, match=r"does not answer: .*nowhere"):
        ask_relay(tmp_path / "nowhere", "a.jpg", b"x", implicit=False)


@pytest.mark.parametrize(
    "line",
    [
        *(b"", b"\n", b"[]\n", b"\xff\n", b"{}\n", b'{"path": "a.jpg"}\n'),
        b'{"path": 1, "implicit": true, "size_bytes": 1}\n',
        b'{"path": "a.jpg", "implicit": 1, "size_bytes": 1}\n',
        b'{"path": "a.jpg", "implicit": true, "size_bytes": true}\n',
        b'{"path": "a.jpg", "implicit": true, "size_bytes": 1, "host": "elsewhere"}\n',
    ],
)
def test_what_is_no_order_is_refused(line: bytes) -> None:
    with pytest.raises(CamspoolError, match="not an order"):
        read_order(line, 100)


@pytest.mark.parametrize("size_bytes", [-1, 10 * 1024**2 + 2])
def test_a_file_that_is_too_large_to_send_is_refused(size_bytes: int) -> None:
    line = json.dumps({"path": "a.jpg", "implicit": True, "size_bytes": size_bytes}).encode()
    with pytest.raises(CamspoolError, match="up to 10 MB"):
        read_order(line, 10 * 1024**2 + 1)


def ordered(size_bytes: int, content: bytes) -> io.BytesIO:
    return io.BytesIO(json.dumps({"path": "a", "implicit": True, "size_bytes": size_bytes}).encode() + b"\n" + content)


def test_a_file_that_is_cut_short_is_not_sent(tmp_path: Path) -> None:
    with pytest.raises(CamspoolError, match="Only 3 of 5 bytes came"):
        carry_out(ordered(5, b"abc"), Settings(), tmp_path / "password")


def test_without_a_password_or_a_server_the_reason_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    settings = Settings(ftps=Ftps(bind="127.0.0.1", implicit_port=port))
    with pytest.raises(CamspoolError, match="password is not known here"):
        carry_out(ordered(3, b"abc"), settings, tmp_path / "password")
    (tmp_path / "password").write_text("secret\n")
    with pytest.raises(CamspoolError, match=rf"127.0.0.1:{port} .implicit TLS.: .*refused"):
        carry_out(ordered(3, b"abc"), settings, tmp_path / "password")
