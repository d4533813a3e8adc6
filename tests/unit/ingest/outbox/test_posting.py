"""One POST, to a real server that keeps to nothing."""

import http.client
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import VERSION
from ingest.outbox.answers import TargetDownError
from ingest.outbox.posting import REPLY_MAX_BYTES, SLOWEST_BYTES_S, Body, Part, Reach, form, post
from tests.authorities import Authority, make_authority
from tests.receivers import Field, Receiver, receiving, saying

HERE = Reach(None, private_too=True, seconds=30)
SOON = Reach(None, private_too=True, seconds=0.4)


def trusting(authority: Authority, seconds: float = 30) -> Reach:
    return Reach(authority.certificate, private_too=True, seconds=seconds)


def dripping(receiver: Receiver, first: bytes) -> Iterator[bytes]:
    """Say a byte every now and then, for ever."""
    yield first
    while not receiver.stopping.wait(0.05):
        yield b"x"


def test_what_is_posted_comes_as_it_was_with_what_else_a_server_needs() -> None:
    with receiving(saying(201, b"thanks", X_Kind="a")) as receiver:
        reply = post(f"{receiver.url}/hook/a%20b?token=1&x=", {"webhook-id": "7"}, Body(b'{"a": 1}'), HERE)
    [request] = receiver.got
    assert (request.method, request.path, request.body) == ("POST", "/hook/a%20b?token=1&x=", b'{"a": 1}')
    assert request.headers == {
        "host": f"localhost:{receiver.port}",
        "user-agent": f"Camspool/{VERSION}",
        "content-type": "application/json",
        "content-length": "8",
        "connection": "close",
        "webhook-id": "7",
    }
    assert (reply.status, reply.text, reply.headers["x-kind"]) == (201, "thanks", "a")


def test_an_address_without_a_path_means_the_root() -> None:
    with receiving() as receiver:
        post(f"{receiver.url}?a=1", {}, Body(b""), HERE)
    assert receiver.got[0].path == "/?a=1"


def test_a_form_is_read_by_another_program_as_it_was_meant() -> None:
    photo = bytes(range(256)) * 20 + b"\r\n--\r\n"
    parts = [Part("note", "grün".encode()), Part("photo", photo, "image/jpeg", "a.jpg")]
    with receiving() as receiver:
        post(receiver.url, {}, form(parts, "camspool-1"), HERE)
    assert receiver.got[0].form == {
        "note": Field("grün".encode(), "", None),
        "photo": Field(photo, "image/jpeg", "a.jpg"),
    }


def test_a_redirect_is_an_answer_and_nobody_is_asked_there() -> None:
    with receiving() as other, receiving(saying(307, Location=other.url)) as receiver:
        reply = post(receiver.url, {}, Body(b"photo"), HERE)
        assert (reply.status, reply.headers["location"]) == (307, other.url)
        assert (len(receiver.got), other.got) == (1, [])


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with receiving() as receiver:
        assert post(receiver.url, {}, Body(b""), HERE).status == 200


def test_a_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    look_up, asked = socket.getaddrinfo, []

    def look_up_and_note(host: str, *words: int, **more: int) -> list[object]:
        asked.append(host)
        return look_up(host, *words, **more)  # type: ignore[return-value]

    monkeypatch.setattr(socket, "getaddrinfo", look_up_and_note)
    with receiving() as receiver:
        post(receiver.url, {}, Body(b""), HERE)
    assert asked.count("localhost") == 1
    assert set(asked) <= {"localhost", "127.0.0.1", "::1"}


def test_an_inner_address_is_refused_before_anything_is_sent() -> None:
    with (
        receiving() as receiver,
        pytest.raises(
            TargetDownError, match=r"^localhost is .+, an address inside this network; set private_addresses"
        ),
    ):
        post(receiver.url, {}, Body(b"photo"), Reach(None, private_too=False, seconds=30))
    assert receiver.got == []


def test_nobody_listening_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(TargetDownError, match=r"^localhost cannot be reached: Connection refused\.$"):
        post(f"http://localhost:{port}/?token=secret", {}, Body(b""), HERE)


def test_a_certificate_is_trusted_by_the_authority_that_the_settings_name(authority: Authority) -> None:
    with receiving(saying(200, b"safe"), context=authority.context_for("localhost")) as receiver:
        assert post(receiver.url, {}, Body(b"photo"), trusting(authority)).text == "safe"
    assert receiver.got[0].body == b"photo"


@pytest.mark.parametrize(
    ("name", "days", "sentence"),
    [
        ("example.org", 2, "Hostname mismatch, certificate is not valid for 'localhost'."),
        ("localhost", -1, "certificate has expired."),
    ],
)
def test_a_certificate_that_is_not_right_gets_nothing(
    authority: Authority, name: str, days: int, sentence: str
) -> None:
    with (
        receiving(context=authority.context_for(name, days)) as receiver,
        pytest.raises(TargetDownError) as caught,
    ):
        post(receiver.url, {}, Body(b"photo"), trusting(authority))
    assert str(caught.value) == f"The certificate of localhost is not to be trusted: {sentence}"
    assert receiver.got == []


def test_a_certificate_of_an_authority_that_is_not_trusted_gets_nothing(authority: Authority, tmp_path: Path) -> None:
    with receiving(context=authority.context_for("localhost")) as receiver:
        for reach in (HERE, trusting(make_authority(tmp_path))):
            with pytest.raises(TargetDownError, match=r"^The certificate of localhost is not to be trusted: .+\.$"):
                post(receiver.url, {}, Body(b"photo"), reach)
    assert receiver.got == []


def test_a_server_that_knows_no_tls_is_said() -> None:
    with (
        receiving() as receiver,
        pytest.raises(TargetDownError, match=r"^localhost gave no answer over TLS: [a-z ]+\.$"),
    ):
        post(receiver.url.replace("http:", "https:"), {}, Body(b"photo"), HERE)


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_a_file_of_certificates_that_cannot_be_read_is_said(
    authority: Authority, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    with (
        receiving(context=authority.context_for("localhost")) as receiver,
        pytest.raises(TargetDownError, match=r"^ca_file cannot be read: .+\.$"),
    ):
        post(receiver.url, {}, Body(b""), Reach(file, private_too=True, seconds=30))


@pytest.mark.parametrize("is_safe", [False, True])
@pytest.mark.parametrize(
    "first", [b"", b"HTTP/1.1 200 O", b"HTTP/1.1 200 OK\r\nA: ", saying(200)[:-2] + b"B: c\r\n\r\n"]
)
def test_an_answer_that_comes_a_byte_at_a_time_ends_when_its_time_is_over(
    authority: Authority, is_safe: bool, first: bytes
) -> None:
    context = authority.context_for("localhost") if is_safe else None
    first = first.replace(b"Content-Length: 0\r\n", b"")
    with receiving(context=context) as receiver:
        receiver.say(lambda _: dripping(receiver, first))
        with pytest.raises(TargetDownError, match=r"^localhost took longer than 0 seconds\.$"):
            post(receiver.url, {}, Body(b"photo"), trusting(authority, 0.4) if is_safe else SOON)


@pytest.mark.parametrize("is_safe", [False, True])
def test_a_server_that_never_answers_is_not_waited_for(authority: Authority, is_safe: bool) -> None:
    with receiving(context=authority.context_for("localhost") if is_safe else None) as receiver:
        receiver.say(receiver.keep_silent)
        with pytest.raises(TargetDownError, match=r"^localhost took longer than 0 seconds\.$"):
            post(receiver.url, {}, Body(b"photo"), trusting(authority, 0.4) if is_safe else SOON)


def test_a_server_that_never_shakes_hands_is_not_waited_for(authority: Authority) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        pytest.raises(TargetDownError, match=r"^localhost took longer than 0 seconds\.$"),
    ):
        post(f"https://localhost:{listener.getsockname()[1]}", {}, Body(b""), trusting(authority, 0.4))


def test_what_is_large_has_more_time() -> None:
    with receiving() as receiver:
        receiver.say(lambda _: saying(503) if receiver.stopping.wait(1) else saying(200))
        assert post(receiver.url, {}, Body(bytes(20 * SLOWEST_BYTES_S)), SOON).status == 200


def test_of_an_answer_without_an_end_only_the_beginning_is_read() -> None:
    def endless(receiver: Receiver) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while not receiver.stopping.is_set():
            yield b"y" * 65536

    with receiving() as receiver:
        receiver.say(lambda _: endless(receiver))
        assert post(receiver.url, {}, Body(b""), HERE).text == "y" * REPLY_MAX_BYTES


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (b"", "Remote end closed connection without response"),
        (b"220 ftp.example.org\r\n", "220 ftp.example.org"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"a" * 100_000, "got more than 65536 bytes when reading header line"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: a\r\n" * 101 + b"\r\n", "got more than 100 headers"),
    ],
    ids=["nothing", "not HTTP", "a long header", "many headers"],
)
def test_what_is_no_answer_is_said(said: bytes, sentence: str) -> None:
    with receiving(said or (lambda _: b"")) as receiver, pytest.raises(TargetDownError) as caught:
        post(receiver.url, {}, Body(b""), HERE)
    assert str(caught.value) == f"localhost gave no answer: {sentence}."


def test_a_server_that_says_go_on_for_ever_is_not_waited_for() -> None:
    def on_and_on(receiver: Receiver) -> Iterator[bytes]:
        while not receiver.stopping.wait(0.01):
            yield b"HTTP/1.1 100 Continue\r\n\r\n"

    with receiving() as receiver:
        receiver.say(lambda _: on_and_on(receiver))
        with pytest.raises(TargetDownError, match=r"took longer than"):
            post(receiver.url, {}, Body(b""), SOON)


def test_an_answer_that_comes_before_all_was_sent_is_heard() -> None:
    def answer_and_leave(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(100)
            connection.sendall(saying(413, b"too large"))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer_and_leave, args=[listener])
        thread.start()
        reply = post(f"http://localhost:{listener.getsockname()[1]}", {}, Body(bytes(20_000_000)), HERE)
        thread.join(30)
    assert (reply.status, reply.text) == (http.client.REQUEST_ENTITY_TOO_LARGE, "too large")


def test_words_that_are_not_utf_8_are_read_as_far_as_they_go() -> None:
    with receiving(saying(400, b"gr\xfcn")) as receiver:
        assert post(receiver.url, {}, Body(b""), HERE).text == "gr\ufffdn"
