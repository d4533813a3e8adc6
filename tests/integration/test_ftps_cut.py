"""Broken connections, and why each connection has a folder of its own: the race that loses photos in a shared one."""

import ftplib
import io
import os
import socket
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.connections.record import Transfer
from ingest.ftps.listener import listen_command, write_configurations
from ingest.ftps.programs import OPENSSL_CONF
from ingest.ftps.sender import FtpsServer, Sender, upload
from tests.integration.gateway import (
    Gateway,
    free_ports,
    ftps,
    is_listening,
    left_in_intake,
    process,
    records,
    uploaded,
    wait_until,
)

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


def test_an_upload_that_is_cut_is_refused_and_what_came_of_it_is_kept(gateway: Gateway) -> None:
    cut(*begin(gateway.explicit, "E1000001.JPG", PHOTO[:300_000]))
    wait_until(lambda: any(one.size_bytes for one in _transfers(gateway)), "vsftpd has removed it and logged its size")
    assert uploaded(gateway.root) == []
    assert left_in_intake(gateway.root) == [("cut", b"E1000001.JPG", PHOTO[:300_000])]
    (transfer,) = _transfers(gateway)
    assert (transfer.outcome, transfer.size_bytes, transfer.closed) == ("failed", 300_000, False)
    assert transfer.because == "426 Failure reading network stream"


def _outcomes(gateway: Gateway) -> list[str]:
    return [one.outcome for record in records(gateway.root) for one in record.transfers]


def _transfers(gateway: Gateway) -> Sequence[Transfer]:
    return records(gateway.root)[0].transfers


@pytest.mark.parametrize(
    "how", [{"strict_close": False}, {"lenient_accounts": ("other", "camera")}], ids=["all", "one"]
)
def test_where_no_goodbye_is_asked_for_a_cut_upload_is_acknowledged_and_known(
    prepared: Gateway, how: dict[str, Any]
) -> None:
    settings = replace(prepared.settings, ftps=replace(prepared.settings.ftps, **how))
    with ftps(prepared, settings):
        upload(prepared.explicit, "whole.jpg", PHOTO)
        cut(*begin(prepared.explicit, "E1000001.JPG", PHOTO[:300_000]))
        wait_until(lambda: len(left_in_intake(prepared.root)) == 2, "vsftpd has taken it")
        wait_until(lambda: "unfinished" not in _outcomes(prepared), "the logs of both connections say how they ended")
    ended = [("whole", b"whole.jpg", PHOTO), ("unclosed", b"E1000001.JPG", PHOTO[:300_000])]
    assert left_in_intake(prepared.root) == ended
    transfers = [one for record in records(prepared.root) for one in record.transfers]
    assert [(one.outcome, one.closed) for one in transfers] == [("complete", True), ("complete", False)]


def test_another_account_stays_strict_beside_a_lenient_one(prepared: Gateway) -> None:
    settings = replace(prepared.settings, ftps=replace(prepared.settings.ftps, lenient_accounts=("cam", "camera2")))
    with ftps(prepared, settings):
        cut(*begin(prepared.explicit, "E1000001.JPG", PHOTO[:300_000]))
        wait_until(lambda: len(left_in_intake(prepared.root)) == 1, "vsftpd has ended it")
    assert [transfer for transfer, _, _ in left_in_intake(prepared.root)] == ["cut"]


def test_a_stalled_upload_is_broken_off(prepared: Gateway) -> None:
    settings = replace(prepared.settings, ftps=replace(prepared.settings.ftps, stalled_seconds=1))
    with ftps(prepared, settings):
        client, data = begin(prepared.explicit, "E1000001.JPG", PHOTO[:300_000])
        with pytest.raises((ftplib.Error, OSError, EOFError)):
            client.getresp()
        data.close()
        client.close()
        wait_until(lambda: "Data timeout" in records(prepared.root)[0].what_happened, "vsftpd has given up")
    assert left_in_intake(prepared.root) == [("cut", b"E1000001.JPG", PHOTO[:300_000])]


def test_a_retry_gets_through_while_the_cut_upload_still_hangs(gateway: Gateway) -> None:
    client, data = begin(gateway.explicit, "E1000001.JPG", PHOTO[:300_000])
    with Sender(gateway.explicit) as retry:
        retry.log_in()
        retry.store(b"E1000001.JPG", PHOTO)
    cut(client, data)
    wait_until(lambda: len(left_in_intake(gateway.root)) == 2, "the cut upload has ended")
    assert ("whole", b"E1000001.JPG", PHOTO) in left_in_intake(gateway.root)


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
    return [*listen, "env", f"OPENSSL_CONF={OPENSSL_CONF}", "/usr/sbin/vsftpd", str(conf), *options]


def _waits_for_lock(file: Path) -> bool:
    """Say whether somebody waits for a lock on the file: an arrow in /proc/locks."""
    inode = f":{file.stat().st_ino} "
    return any("->" in line and inode in line for line in Path("/proc/locks").read_text("ascii").splitlines())
