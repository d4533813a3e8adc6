"""Our own uploader against a server of the test's own: what it says, in which order, and how failures are told."""

import socket
from pathlib import Path

import pytest

from ingest.ftps.certificate import make_self_signed
from ingest.ftps.sender import FtpsServer, UploadError, upload
from tests.unit.ingest.ftps.server import HANG_UP, PASSWORD, Server, Tls, serving


def at(server: Server, ca: Path | None = None) -> FtpsServer:
    return FtpsServer("127.0.0.1", server.port, server.implicit, "camera", PASSWORD, ca=ca)


@pytest.mark.parametrize("implicit", [False, True])
def test_a_file_arrives_whole_and_its_folders_are_made_on_the_way(tls: Tls, implicit: bool) -> None:
    files: dict[bytes, bytes] = {}
    content = bytes(range(256)) * 1000
    with serving(tls, implicit=implicit, receive=files.__setitem__) as server:
        upload(at(server), "INSTAR/here/a b.jpg", content)
    assert files == {b"/INSTAR/here/a b.jpg": content}
    folders = [command for command in server.heard if command.startswith(b"MKD")]
    assert folders == [b"MKD /INSTAR", b"MKD /INSTAR/here"]


@pytest.mark.parametrize("implicit", [False, True])
def test_nothing_but_the_wish_for_tls_is_said_in_clear(tls: Tls, implicit: bool) -> None:
    with serving(tls, implicit=implicit) as server:
        upload(at(server), "a.jpg", b"x")
    assert [command for encrypted, command in server.commands if not encrypted] == ([] if implicit else [b"AUTH TLS"])
    assert (True, f"PASS {PASSWORD}".encode()) in server.commands
    assert server.heard.index(b"PROT P") < server.heard.index(b"STOR /a.jpg")


@pytest.mark.parametrize("path", [b"\xff\xfe.jpg", "grün.jpg".encode(), b"a\0b.jpg", b"\x1b[31m.jpg", b'q"uo.jpg'])
def test_every_byte_of_a_path_arrives(tls: Tls, path: bytes) -> None:
    files: dict[bytes, bytes] = {}
    with serving(tls, receive=files.__setitem__) as server:
        upload(at(server), path, b"x")
    assert files == {b"/" + path: b"x"}


def test_a_line_end_in_a_path_is_never_sent_as_a_command(tls: Tls) -> None:
    for path in (b"a\r\nDELE b.jpg", b"a\nb.jpg", b"f\n/b.jpg"):
        with serving(tls) as server, pytest.raises(UploadError, match="cannot contain a line end"):
            upload(at(server), path, b"x")
        assert not any(command.startswith((b"DELE", b"STOR", b"b.jpg", b"/b.jpg")) for command in server.heard)


def test_a_folder_that_is_there_already_is_no_failure_and_any_other_refusal_is(tls: Tls) -> None:
    with serving(tls, replies={"MKD": "550 It exists."}) as server:
        upload(at(server), "INSTAR/a.jpg", b"x")
    assert b"STOR /INSTAR/a.jpg" in server.heard
    with serving(tls, replies={"MKD": "530 No."}) as server, pytest.raises(UploadError, match="530 No"):
        upload(at(server), "INSTAR/a.jpg", b"x")
    assert b"STOR /INSTAR/a.jpg" not in server.heard


@pytest.mark.parametrize(
    ("replies", "said"),
    [
        ({"PASS": "530 Login incorrect."}, r"127\.0\.0\.1:\d+ \(explicit TLS\): 530 Login incorrect\."),
        ({"STOR": "452 The disk is full."}, r"452 The disk is full\."),
        ({"PROT": "421 Go away."}, r"421 Go away\."),
        ({"USER": HANG_UP}, "closed the connection without a word"),
    ],
)
def test_a_failure_is_told_in_the_servers_words(tls: Tls, replies: dict[str, str], said: str) -> None:
    with serving(tls, replies=replies) as server, pytest.raises(UploadError, match=said):
        upload(at(server), "a.jpg", b"x")


def test_a_port_that_nobody_listens_on_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(UploadError, match=rf"^127\.0\.0\.1:{port} \(implicit TLS\): .*refused$"):
        upload(FtpsServer("127.0.0.1", port, True, "camera", PASSWORD), "a.jpg", b"x")


@pytest.mark.parametrize("implicit", [False, True])
def test_a_certificate_counts_only_where_one_is_to_be_trusted(tls: Tls, tmp_path: Path, implicit: bool) -> None:
    make_self_signed(tmp_path / "other.pem", tmp_path / "key.pem", ["127.0.0.1"])
    with serving(tls, implicit=implicit) as server:
        upload(at(server, tls.certificate), "a.jpg", b"x")
        with pytest.raises(UploadError, match="certificate verify failed"):
            upload(at(server, tmp_path / "other.pem"), "b.jpg", b"x")
    assert b"STOR /b.jpg" not in server.heard
