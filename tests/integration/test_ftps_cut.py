"""Broken connections, and why each connection has a folder of its own: the race that loses photos in a shared one."""

import ftplib
import io
import os
import socket
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.connections.record import Transfer
from ingest.ftps.listener import listen_command, write_configurations
from ingest.ftps.sender import FtpsServer, Sender
from tests.integration.gateway import Gateway, free_ports, ftps, is_listening, process, records, uploaded, wait_until

PHOTO = os.urandom(400_000)


def begin(server: FtpsServer, name: str, content: bytes) -> tuple[Sender, socket.socket]:
    """Begin an upload: all of `content` is sent, and the data connection is still open."""
    client = Sender(server)
    client.log_in()
    client.voidcmd("TYPE I")
    data = client.transfercmd(f"STOR {name}")
    data.sendall(content)
    return client, data


def cut(client: Sender, data: socket.socket) -> None:
    """Lose both connections as a camera does that loses its network: no TLS goodbye."""
    for connection in (data, client.sock):
        assert connection is not None
        socket.socket(fileno=connection.detach()).close()
    client.close()


def test_an_upload_that_is_cut_is_refused_and_leaves_nothing(gateway: Gateway) -> None:
    cut(*begin(gateway.explicit, "E1000001.JPG", PHOTO[:300_000]))
    wait_until(lambda: any(one.size_bytes for one in _transfers(gateway)), "vsftpd has removed it and logged its size")
    assert uploaded(gateway.root) == []
    (transfer,) = _transfers(gateway)
    assert (transfer.outcome, transfer.size_bytes) == ("failed", 300_000)
    assert transfer.because == "426 Failure reading network stream"


def _transfers(gateway: Gateway) -> Sequence[Transfer]:
    return records(gateway.root)[0].transfers


def test_with_strict_close_off_a_cut_upload_is_kept(prepared: Gateway) -> None:
    settings = replace(prepared.settings, ftps=replace(prepared.settings.ftps, strict_close=False))
    with ftps(prepared, settings):
        cut(*begin(prepared.explicit, "E1000001.JPG", PHOTO[:300_000]))
        wait_until(lambda: "1 file came" in records(prepared.root)[0].what_happened, "vsftpd has taken it")
    (file,) = uploaded(prepared.root)
    assert file.read_bytes() == PHOTO[:300_000]


def test_a_stalled_upload_is_broken_off(prepared: Gateway) -> None:
    settings = replace(prepared.settings, ftps=replace(prepared.settings.ftps, stalled_seconds=1))
    with ftps(prepared, settings):
        client, data = begin(prepared.explicit, "E1000001.JPG", PHOTO[:300_000])
        with pytest.raises((ftplib.Error, OSError, EOFError)):
            client.getresp()
        data.close()
        client.close()
        wait_until(lambda: "Data timeout" in records(prepared.root)[0].what_happened, "vsftpd has given up")
        wait_until(lambda: uploaded(prepared.root) == [], "what it had sent is gone")


def test_a_retry_gets_through_while_the_cut_upload_still_hangs(gateway: Gateway) -> None:
    client, data = begin(gateway.explicit, "E1000001.JPG", PHOTO[:300_000])
    with Sender(gateway.explicit) as retry:
        retry.log_in()
        retry.store(b"E1000001.JPG", PHOTO)
    cut(client, data)
    wait_until(lambda: len(uploaded(gateway.root)) == 1, "the cut upload has gone")
    assert uploaded(gateway.root)[0].read_bytes() == PHOTO


def test_a_shared_folder_with_ordinary_local_users_loses_an_acknowledged_photo(prepared: Gateway) -> None:
    """The reason for one folder per connection; DESIGN, section 9.

    Two cameras send one name. The second waits for the first one's lock, on the same file; when the first has got its
    226 and its file has been moved away for good, the second empties that very file and writes its own photo into it.
    """
    shared, taken = prepared.folder / "shared", prepared.folder / "taken"
    shared.mkdir()
    shared.chmod(0o777)
    taken.mkdir()
    server = replace(prepared.explicit, port=free_ports(1)[0])
    with process(_shared_folder_command(prepared, shared, server.port), prepared.folder):
        wait_until(lambda: is_listening(server.port), "the shared folder is served")
        first, data = begin(server, "E1000001.JPG", b"1" * 100_000)
        second = Sender(server)
        second.log_in()
        answers: list[str] = []
        sending = threading.Thread(
            target=lambda: answers.append(second.storbinary("STOR E1000001.JPG", io.BytesIO(b"2" * 100_000)))
        )
        sending.start()
        wait_until(lambda: _waits_for_lock(shared / "E1000001.JPG"), "the second camera waits for the first")
        data.unwrap()  # type: ignore[attr-defined]
        data.close()
        answers.append(first.voidresp())
        (shared / "E1000001.JPG").rename(taken / "first-photo.jpg")
        sending.join(30)
        first.close()
        second.close()
    assert [answer[:3] for answer in answers] == ["226", "226"]
    assert (taken / "first-photo.jpg").read_bytes() == b"2" * 100_000
    assert list(shared.iterdir()) == []


def _shared_folder_command(gateway: Gateway, shared: Path, port: int) -> list[str]:
    conf = write_configurations(gateway.settings, gateway.folder)["explicit"]
    options = [
        "-ovirtual_use_local_privs=YES",
        f"-olocal_root={shared}",
        f"-ovsftpd_log_file={gateway.folder}/shared.log",
    ]
    listen = listen_command(gateway.settings, conf, port)[:5]
    # TLS 1.3 off, as the launcher does it.
    openssl = Path(listen_command(gateway.settings, conf, port)[5]).with_name("openssl.cnf")
    return [*listen, "env", f"OPENSSL_CONF={openssl}", "/usr/sbin/vsftpd", str(conf), *options]


def _waits_for_lock(file: Path) -> bool:
    """Say whether somebody waits for a lock on the file: an arrow in /proc/locks."""
    inode = f":{file.stat().st_ino} "
    return any("->" in line and inode in line for line in Path("/proc/locks").read_text("ascii").splitlines())
