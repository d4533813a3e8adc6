"""What cameras may send over FTPS and how it lies in uploads/, with real vsftpd and no watcher."""

import os
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from threading import Barrier

import pytest

from ingest.connections.store import account_and_client, fold, has_ended, live_logs, log_path, read_connection_records
from ingest.ftps import intake, listener
from ingest.ftps.accounts import set_password
from ingest.ftps.listener import acceptor_command, listen_command, prepare_folders
from ingest.ftps.sender import FtpsServer, Sender, UploadError, upload
from ingest.spool.root import prepare_spool
from ingest.spool.write_through import NOT_WRITTEN_THROUGH, is_write_through
from ingest.upkeep import kept
from ingest.upkeep.status import read_status
from tests.integration.gateway import Gateway, ListenCommand, ftps, records, uploaded, wait_until

NAME_MAX_BYTES = 255


def test_uploads_over_both_modes_arrive_each_in_a_folder_of_its_connection(either: Gateway) -> None:
    upload(either.explicit, "E1000159.JPG", b"explicit")
    upload(either.implicit, "E1000159.JPG", b"implicit")
    files = uploaded(either.root)
    assert [file.read_bytes() for file in files] == [b"explicit", b"implicit"]
    assert [file.parent.name for file in files] == [record.id for record in records(either.root)]
    assert [record.mode for record in records(either.root)] == ["explicit", "implicit"]


def test_what_arrives_belongs_to_the_guest_and_can_be_moved_by_the_group(either: Gateway) -> None:
    upload(either.explicit, "INSTAR/a.jpeg", b"x")
    (file,) = uploaded(either.root)
    uploads = either.root / "uploads"
    # Read-only: it has its name in the intake, and nothing writes to it again.
    for path, mode in [(file, 0o440), (file.parent, 0o2770), (file.parent.parent, 0o2771)]:
        assert oct(path.stat().st_mode & 0o7777) == oct(mode)
        assert (path.owner(), path.group()) == ("ftp", uploads.group())


@pytest.mark.parametrize("record_bytes", [1, 1000, 8192, 16384])
def test_an_upload_in_tls_records_of_any_size_arrives_byte_for_byte(either: Gateway, record_bytes: int) -> None:
    """The intake hands on at once as many records as have arrived."""
    content = os.urandom(150 * record_bytes + 77)
    with Sender(either.explicit) as client:
        client.log_in()
        client.storbinary("STOR a.jpg", BytesIO(content), record_bytes)
    (file,) = uploaded(either.root)
    assert file.read_bytes() == content


def test_ten_connections_with_one_name_at_one_moment_are_ten_files(either: Gateway) -> None:
    together = Barrier(10)

    def send(number: int) -> None:
        server = either.explicit if number % 2 else either.implicit
        with Sender(server) as client:
            client.log_in()
            together.wait(60)
            client.store(b"E1000001.JPG", b"%d" % number * 100_000)

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(send, range(10)))
    assert sorted(file.read_bytes()[:1] for file in uploaded(either.root)) == [b"%d" % number for number in range(10)]


@pytest.mark.parametrize(
    "name",
    [
        b"\xb0\xff\xe9.jpg",
        b"a" * NAME_MAX_BYTES,
        b"new\x00line.jpg",
        b"-rf",
        b"esc\x1b[31m<script>.jpg",
        b'quote"\', "comma".jpg',
        b"WBC398      -868020035314870-10032026090126-4-SYPR0067.JPG",
        b"photo.jpg.json",
        b"..jpg",
        b"%2F..%2F",
        b"nul\\backslash$(id)`id`;|&",
    ],
)
def test_any_name_arrives(gateway: Gateway, name: bytes) -> None:
    upload(gateway.explicit, name, b"content")
    (file,) = uploaded(gateway.root)
    # vsftpd stores a NUL as a newline.
    assert os.fsencode(file.name) == name.replace(b"\x00", b"\n")
    (record,) = records(gateway.root)
    assert [(transfer.outcome, transfer.size_bytes) for transfer in record.transfers] == [("complete", 7)]


def test_no_name_leaves_the_connections_folder(gateway: Gateway) -> None:
    upload(gateway.explicit, "../../../outside.jpg", b"x")
    (file,) = uploaded(gateway.root)
    assert file.name == "outside.jpg"
    assert file.parent == gateway.root / "uploads" / records(gateway.root)[0].id


def test_folders_that_a_camera_makes_are_nested_as_it_says(gateway: Gateway) -> None:
    upload(gateway.implicit, "INSTAR/lat52.1_lon5.1/A_2026-04-09_16-04-05.jpeg", b"x")
    (file,) = uploaded(gateway.root)
    connection = records(gateway.root)[0].id
    expected = f"uploads/{connection}/INSTAR/lat52.1_lon5.1/A_2026-04-09_16-04-05.jpeg"
    assert str(file.relative_to(gateway.root)) == expected


def test_a_connection_is_known_while_it_lasts_and_is_folded_when_it_has_ended(either: Gateway) -> None:
    with Sender(either.explicit) as client:
        client.log_in()
        client.store(b"E1000159.JPG", b"x" * 1234)
        (log,) = live_logs(either.root)
        assert not has_ended(log)
        assert account_and_client(either.root, log.stem) == ("camera", "127.0.0.1")
    wait_until(lambda: has_ended(log), "the connection has ended")
    (record,) = fold(either.root, [log.stem])
    assert record is not None
    assert record.what_happened == "1 file came."
    assert not log_path(either.root, record.id).exists()
    assert read_connection_records(either.root) == [record]
    assert account_and_client(either.root, record.id) == ("camera", "127.0.0.1")


def test_an_account_has_two_valid_passwords_while_cameras_move(gateway: Gateway) -> None:
    file = gateway.settings.ftps.password_file
    set_password(file, "camera", "the-new-password", keep_old=True)
    set_password(file, "north-7", "another-camera")
    old = gateway.explicit
    new = replace(old, password="the-new-password")
    third = replace(old, account="north-7", password="another-camera")
    for number, server in enumerate([old, new, third]):
        upload(server, f"{number}.jpg", b"x")
    assert [record.account for record in records(gateway.root)] == ["camera", "camera", "north-7"]
    set_password(file, "camera", "the-new-password")
    assert _is_refused(old)
    assert not _is_refused(new)


def _is_refused(server: FtpsServer) -> bool:
    try:
        upload(server, "again.jpg", b"x")
    except UploadError as error:
        return "530 Login incorrect" in str(error)
    return False


@pytest.mark.parametrize("listen", [acceptor_command, listen_command])
@pytest.mark.parametrize("wanted", [True, False])
def test_without_the_intake_an_upload_is_written_through_to_the_disk_where_the_settings_say_so(
    prepared: Gateway, wanted: bool, listen: ListenCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "find_intake", lambda: None)
    settings = replace(prepared.settings, ftps=replace(prepared.settings.ftps, write_through=wanted))
    assert prepare_folders(settings) is None
    with ftps(prepared, settings, listen):
        upload(prepared.explicit, "INSTAR/a.jpeg", b"x")
    (file,) = uploaded(prepared.root)
    assert [is_write_through(folder) for folder in (file.parent, file.parent.parent)] == [wanted, wanted]
    assert "S" in _attributes(file) if wanted else "S" not in _attributes(file)


def _attributes(file: Path) -> str:
    return subprocess.run(["lsattr", str(file)], capture_output=True, text=True, check=True).stdout.split()[0]


def test_without_the_intake_and_where_the_file_system_cannot_write_through_a_sentence_says_so(
    prepared: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "find_intake", lambda: None)
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        Path(name).chmod(0o755)
        settings = replace(prepared.settings, root=Path(name))
        prepare_spool(settings.root)
        assert prepare_folders(settings) == NOT_WRITTEN_THROUGH
        monkeypatch.setattr(kept, "find_intake", lambda: None)
        (uploads,) = [part for part in read_status(settings)["parts"] if part["name"] == "uploads"]
        assert uploads["state"] == "attention" and NOT_WRITTEN_THROUGH in uploads["sentence"]
