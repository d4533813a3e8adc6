"""What FTPS refuses, and that each refusal is said to the camera and kept in the record of its connection."""

import ftplib
import io
import socket
import ssl
import warnings
from contextlib import closing
from dataclasses import replace

import pytest

from ingest.ftps import intake
from ingest.ftps.listener import acceptor_command, listen_command
from ingest.ftps.sender import Sender, UploadError, upload
from ingest.spool.intake import INTAKE
from ingest.spool.write_through import is_write_through
from tests.integration.gateway import Gateway, ListenCommand, ftps, records, uploaded, wait_until

LISTENERS = pytest.mark.parametrize("listen", [acceptor_command, listen_command])
"""As `camspool run` listens, and as a host does."""


def test_a_log_in_without_tls_is_refused(gateway: Gateway) -> None:
    with ftplib.FTP(timeout=10) as client:  # noqa: S321 - that it is refused is the test
        client.connect("127.0.0.1", gateway.explicit.port)
        with pytest.raises(ftplib.error_perm, match="530"):
            client.login(gateway.explicit.account, gateway.explicit.password)
    (record,) = records(gateway.root)
    assert "without TLS" in record.what_happened
    assert record.account is None


def test_data_without_tls_is_refused(gateway: Gateway) -> None:
    with Sender(gateway.explicit) as client:
        client.log_in()
        client.prot_c()
        with pytest.raises(ftplib.error_perm, match="522"):
            client.storbinary("STOR a.jpg", io.BytesIO(b"x"))
    assert uploaded(gateway.root) == []
    assert "without TLS" in records(gateway.root)[0].what_happened


def test_a_wrong_password_is_refused_and_the_name_is_kept(gateway: Gateway) -> None:
    with pytest.raises(UploadError, match="530 Login incorrect"):
        upload(replace(gateway.explicit, account="kamera", password="guess"), "a.jpg", b"x")
    (record,) = records(gateway.root)
    assert record.logins_refused == ("kamera",)
    assert record.account is None


@pytest.mark.parametrize("implicit", [False, True])
def test_tls_1_3_is_not_offered(gateway: Gateway, implicit: bool) -> None:
    server = gateway.implicit if implicit else gateway.explicit
    context = ssl.create_default_context(cafile=str(gateway.settings.ftps.certificate))
    for minimum, version in [(ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, None)]:
        context.minimum_version = minimum
        assert _tls_version(server.port, implicit, context) == version
    wait_until(lambda: any("TLS failed" in record.what_happened for record in records(gateway.root)), "it is recorded")


def _tls_version(port: int, implicit: bool, context: ssl.SSLContext) -> str | None:
    """Return the version agreed on; None when the handshake is refused."""
    with closing(socket.create_connection(("127.0.0.1", port), 10)) as connection:
        if not implicit:
            connection.recv(100)
            connection.sendall(b"AUTH TLS\r\n")
            connection.recv(100)
        try:
            with context.wrap_socket(connection, server_hostname="127.0.0.1") as encrypted:
                return encrypted.version()
        except ssl.SSLError:
            return None


@pytest.mark.parametrize(("old_tls", "expected"), [(False, None), (True, "TLSv1.1")])
def test_old_tls_is_spoken_only_where_the_settings_say_so(
    prepared: Gateway, old_tls: bool, expected: str | None
) -> None:
    context = ssl.create_default_context(cafile=str(prepared.settings.ftps.certificate))
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        # Python warns of old TLS; the cameras that need it do not.
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with ftps(prepared, replace(prepared.settings, ftps=replace(prepared.settings.ftps, old_tls=old_tls))):
        assert _tls_version(prepared.explicit.port, False, context) == expected


@pytest.mark.parametrize(
    "command",
    [
        "RETR a.jpg",
        "APPE a.jpg",
        "STOU",
        "SITE CHMOD 777 a.jpg",
        "PORT 127,0,0,1,100,100",
    ],
)
def test_a_camera_can_only_upload(gateway: Gateway, command: str) -> None:
    with Sender(gateway.explicit) as client:
        client.log_in()
        client.mkd("D")
        client.store(b"a.jpg", b"content")
        client.sendcmd("PASV")
        with pytest.raises(ftplib.error_perm, match="550 Permission denied"):
            client.sendcmd(command)
    (file,) = uploaded(gateway.root)
    assert file.read_bytes() == b"content"


def test_without_the_intake_no_upload_overwrites_another_and_nothing_else_can_be_done(
    prepared: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no compiler could build it: the configuration alone keeps what is acknowledged."""
    monkeypatch.setattr(intake, "find_intake", lambda: None)
    with ftps(prepared), Sender(prepared.explicit) as client:
        client.log_in()
        client.store(b"a.jpg", b"first")
        with pytest.raises(ftplib.error_perm, match="553"):
            client.store(b"a.jpg", b"second")
        for command in ("DELE a.jpg", "RNFR a.jpg", "REST 3", "RMD D", "MDTM a.jpg"):
            with pytest.raises(ftplib.error_perm, match="550 Permission denied"):
                client.sendcmd(command)
    (file,) = uploaded(prepared.root)
    assert file.read_bytes() == b"first" and is_write_through(file.parent) and not (file.parent / INTAKE).exists()
    outcomes = [(transfer.outcome, transfer.because) for transfer in records(prepared.root)[0].transfers]
    assert outcomes == [("complete", None), ("failed", "553 Could not create file")]


def test_a_camera_sees_nothing_of_another(gateway: Gateway) -> None:
    with Sender(gateway.explicit) as first, Sender(gateway.implicit) as second:
        first.log_in()
        first.store(b"secret-camp.jpg", b"x")
        second.log_in()
        lines: list[str] = []
        second.retrlines("LIST", lines.append)
        second.retrlines("LIST ..", lines.append)
        assert lines == []
        with pytest.raises(ftplib.error_perm):
            second.size("secret-camp.jpg")


def test_allo_is_answered_as_not_needed(gateway: Gateway) -> None:
    with Sender(gateway.explicit) as client:
        client.log_in()
        assert client.sendcmd("ALLO 100000").startswith("202")


@LISTENERS
@pytest.mark.parametrize("implicit", [False, True])
def test_below_the_disk_reserve_a_camera_gets_421_and_a_sentence(
    prepared: Gateway, implicit: bool, listen: ListenCommand
) -> None:
    limits = replace(prepared.settings.limits, reserve_bytes=10**15)
    with (
        ftps(prepared, replace(prepared.settings, limits=limits), listen),
        pytest.raises(UploadError, match=r"421 .*disk is nearly full"),
    ):
        upload(prepared.implicit if implicit else prepared.explicit, "a.jpg", b"x")
    (record,) = records(prepared.root)
    assert "disk is nearly full" in record.what_happened
    assert list((prepared.root / "uploads").iterdir()) == []
    assert b"disk is nearly full" in (prepared.folder / "processes.log").read_bytes()


@LISTENERS
@pytest.mark.parametrize("implicit", [False, True])
def test_when_no_folder_can_be_made_a_camera_gets_421(prepared: Gateway, implicit: bool, listen: ListenCommand) -> None:
    (prepared.root / "uploads").chmod(0o550)
    with ftps(prepared, listen=listen), pytest.raises(UploadError, match=r"421 .*cannot make a folder"):
        upload(prepared.implicit if implicit else prepared.explicit, "a.jpg", b"x")
    assert "cannot make a folder" in records(prepared.root)[0].what_happened


@LISTENERS
def test_when_no_log_can_be_written_a_camera_gets_421(prepared: Gateway, listen: ListenCommand) -> None:
    (prepared.root / "connections").rmdir()
    with ftps(prepared, listen=listen), pytest.raises(UploadError, match=r"421 .*cannot write its connection log"):
        upload(prepared.explicit, "a.jpg", b"x")
    assert b"cannot write its connection log" in (prepared.folder / "processes.log").read_bytes()
