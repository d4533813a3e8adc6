"""What a camera may do with what it sent, and what a broken transfer leaves: vsftpd, its intake and the watcher."""

import ftplib
import os
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.connections.store import live_logs
from ingest.ftps.sender import Sender, upload
from ingest.requests.asking import have_done
from ingest.simulation.photos import simulated_imei, willfine_photo
from ingest.spool.partials import list_partials
from tests.integration.gateway import (
    CAMSPOOL,
    Gateway,
    ftps,
    left_in_intake,
    sidecars,
    uploaded,
    wait_until,
    watcher,
)
from tests.integration.test_ftps_cut import begin, cut
from tests.samples.willfine import POSITION, WHEN


def photo(number: int) -> bytes:
    return willfine_photo(simulated_imei(1), WHEN, *POSITION, seed=number)


@pytest.fixture
def watched(prepared: Gateway) -> Iterator[Gateway]:
    """A gateway with both ports and the watcher."""
    with ftps(prepared), watcher(prepared):
        yield prepared


@pytest.fixture
def client(watched: Gateway) -> Iterator[Sender]:
    with Sender(watched.explicit) as client:
        client.log_in()
        yield client


def verdicts(gateway: Gateway) -> list[tuple[str, str]]:
    return sorted((one["upload_path"], one["reason"] or one["verdict"]) for one in sidecars(gateway.root))


def await_verdicts(gateway: Gateway, *expected: tuple[str, str]) -> list[dict[str, Any]]:
    wait_until(lambda: verdicts(gateway) == sorted(expected), f"the verdicts are {expected}", 60)
    return sidecars(gateway.root)


def audit(gateway: Gateway) -> str:
    """Return the last line of the audit, which must be clean."""
    lines = audit_lines(gateway)
    assert len(lines) == 1, lines
    return lines[0]


def audit_lines(gateway: Gateway) -> list[str]:
    """Return what the audit says, the summary last."""
    words = [CAMSPOOL, "--config", str(gateway.settings_file), "audit"]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    lines = ran.stdout.splitlines()
    assert ran.returncode == (1 if len(lines) > 1 else 0), ran
    return lines


def break_off(client: Sender, name: str, content: bytes) -> str:
    """Send content and end its data connection without a TLS goodbye, as many clients do; return the answer."""
    client.voidcmd("TYPE I")
    data = client.transfercmd(f"STOR {name}")
    data.sendall(content)
    socket.socket(fileno=data.detach()).close()
    try:
        return client.voidresp()
    except ftplib.Error as error:
        return str(error)


def test_a_camera_finds_what_it_sent_also_after_it_was_taken(watched: Gateway, client: Sender) -> None:
    content = photo(1)
    client.store(b"a.jpg", content)
    await_verdicts(watched, ("a.jpg", "accepted"))
    lines: list[str] = []
    client.retrlines("LIST", lines.append)
    assert len(lines) == 1 and lines[0].endswith(" a.jpg") and str(len(content)) in lines[0]
    assert client.nlst() == ["a.jpg"]
    assert client.size("a.jpg") == len(content)
    assert client.sendcmd("MDTM a.jpg").startswith("213 2")
    client.close()
    wait_until(lambda: not any((watched.root / "uploads").iterdir()), "nothing is left of the connection")


def test_a_camera_sees_and_changes_nothing_of_the_intake(watched: Gateway, client: Sender) -> None:
    client.store(b"a.jpg", photo(1))
    await_verdicts(watched, ("a.jpg", "accepted"))
    for command in ("CWD .camspool", "MKD .camspool/x", "MKD ./.camspool", "RMD .camspool", "RMD /x/../.camspool"):
        with pytest.raises(ftplib.error_perm, match="550"):
            client.sendcmd(command)
    with pytest.raises(ftplib.error_perm, match="553"):
        client.store(b".camspool/whole~1~forged.jpg", photo(2))
    client.store(b"b.jpg", photo(3))
    for old, new in (("b.jpg", ".camspool/whole~1~x.jpg"), (".camspool", "mine")):
        client.sendcmd(f"RNFR {old}")
        with pytest.raises(ftplib.error_perm, match="550"):
            client.sendcmd(f"RNTO {new}")
    lines: list[str] = []
    client.retrlines("LIST -a", lines.append)
    assert not any(".camspool" in line for line in lines)
    await_verdicts(watched, ("a.jpg", "accepted"), ("b.jpg", "accepted"))


@pytest.mark.parametrize("temporary", ["a.jpg.tmp", "A_2026.part", ".in.a.jpg.", "upload"])
def test_a_file_under_a_temporary_name_gets_its_verdict_under_its_own(
    watched: Gateway, client: Sender, temporary: str
) -> None:
    client.mkd("INSTAR")
    client.mkd("INSTAR/lat52.02368_lon12.98290")
    name = "INSTAR/lat52.02368_lon12.98290/A_2026-04-09_16-04-05.jpeg"
    client.store(temporary.encode(), photo(1))
    client.rename(temporary, name)
    (item,) = await_verdicts(watched, (name, "ambiguous_profile"))
    assert item["attempts"] == 1
    client.close()
    assert audit(watched).startswith("1 acknowledged")


def test_a_rename_after_the_verdict_gives_a_rejected_file_another_one(watched: Gateway, client: Sender) -> None:
    content = b"IMEI:861943070068027\nCSQ:31\nDate:05/12/2025 15:46:47\nBattery:60%\nTotal:159\n"
    client.store(b"report.jpg", content)
    await_verdicts(watched, ("report.jpg", "not_a_jpeg"))
    client.rename("report.jpg", "861943070068027-05122025154647-dr.txt")
    client.close()
    await_verdicts(watched, ("861943070068027-05122025154647-dr.txt", "accepted"))
    assert audit(watched).startswith("1 acknowledged")


@pytest.mark.parametrize("is_taken_first", [True, False])
def test_what_a_camera_deletes_is_withdrawn_and_kept(prepared: Gateway, is_taken_first: bool) -> None:
    content = photo(1)
    with ftps(prepared), Sender(prepared.explicit) as client:
        client.log_in()
        client.store(b"a.jpg", content)
        if not is_taken_first:
            client.delete("a.jpg")
        with watcher(prepared):
            if is_taken_first:
                await_verdicts(prepared, ("a.jpg", "accepted"))
                client.delete("a.jpg")
            client.close()
            (item,) = await_verdicts(prepared, ("a.jpg", "withdrawn"))
            (kept,) = (prepared.root / "rejected/withdrawn").rglob("*-a.jpg")
            assert kept.read_bytes() == content and item["camera_id"] == simulated_imei(1)
            assert audit(prepared).startswith("1 acknowledged")


def test_the_same_name_again_and_again_in_one_connection_loses_nothing(watched: Gateway, client: Sender) -> None:
    for number in range(30):
        client.store(b"E1000001.JPG", photo(number))
    await_verdicts(watched, *[("E1000001.JPG", "accepted")] * 30)
    client.close()
    assert audit(watched).startswith("30 acknowledged")


def test_a_rename_onto_another_file_loses_neither(watched: Gateway, client: Sender) -> None:
    client.store(b"a.jpg", photo(1))
    client.store(b"b.jpg", photo(2))
    client.rename("a.jpg", "b.jpg")
    wait_until(lambda: len(sidecars(watched.root)) == 2, "both have their verdict")
    assert {one["verdict"] for one in sidecars(watched.root)} == {"accepted"}
    client.close()
    assert audit(watched).startswith("2 acknowledged")


def test_the_rest_of_a_file_after_a_restart_is_not_taken_for_a_file(watched: Gateway, client: Sender) -> None:
    content = photo(1)
    assert client.sendcmd("REST 5000").startswith("350")
    with pytest.raises(ftplib.error_perm, match="553"):
        client.store(b"a.jpg", content[5000:])
    assert client.sendcmd("REST 0").startswith("350")
    client.store(b"a.jpg", content)
    await_verdicts(watched, ("a.jpg", "accepted"))


def test_a_whole_photo_without_a_goodbye_is_accepted_at_once_and_its_retry_is_a_duplicate(
    watched: Gateway, client: Sender
) -> None:
    assert break_off(client, "a.jpg", photo(1)).startswith("426")
    (item,) = await_verdicts(watched, ("a.jpg", "accepted"))
    assert item["transfer"] == "cut" and "truncated" not in [warning["code"] for warning in item["warnings"]]
    client.store(b"a.jpg", photo(1))
    await_verdicts(watched, ("a.jpg", "accepted"), ("a.jpg", "duplicate"))
    client.close()
    assert audit(watched).startswith("1 acknowledged")


def test_a_beginning_waits_for_the_whole_under_whatever_name_and_goes_with_it(watched: Gateway, client: Sender) -> None:
    content = photo(1)
    for size in (30_000, 60_000, 40_000):
        assert break_off(client, "a.jpg", content[:size]).startswith("426")
    wait_until(lambda: [one.size_bytes for one in list_partials(watched.root)] == [60_000], "the longest waits")
    assert sidecars(watched.root) == []
    client.store(b"again.jpg", content)
    (item,) = await_verdicts(watched, ("again.jpg", "accepted"))
    assert [(one["upload_path"], one["size_bytes"]) for one in item["beginnings"]] == [("a.jpg", 60_000)]
    wait_until(lambda: not list(list_partials(watched.root)), "the beginning has gone")
    client.close()
    assert audit(watched).startswith("1 acknowledged")


@pytest.fixture
def lenient(prepared: Gateway) -> Iterator[Gateway]:
    """A gateway with a watcher, that acknowledges to the account of all cameras what ends without a TLS goodbye."""
    settings = replace(prepared.settings, ftps=replace(prepared.settings.ftps, lenient_accounts=("camera",)))
    with ftps(prepared, settings), watcher(prepared):
        yield prepared


def test_each_acknowledged_beginning_counts_while_it_waits_and_when_the_whole_has_taken_it_in(
    lenient: Gateway,
) -> None:
    content, long_name = photo(1), "A" * 215 + ".jpg"
    with Sender(lenient.explicit) as client:
        client.log_in()
        for name, size in (("a.jpg", 30_000), (long_name, 60_000), ("a.jpg", 40_000)):
            assert break_off(client, name, content[:size]).startswith("226")
    sizes = [30_000, 40_000, 60_000]
    wait_until(lambda: sorted(one.size_bytes for one in list_partials(lenient.root)) == sizes, "all three wait")
    assert audit(lenient).startswith("3 acknowledged")
    upload(lenient.explicit, "again.jpg", content)
    (item,) = await_verdicts(lenient, ("again.jpg", "accepted"))
    assert sorted((one["upload_path"], one["size_bytes"]) for one in item["beginnings"]) == sorted(
        [("a.jpg", 30_000), ("a.jpg", 40_000), (long_name, 60_000)]
    )
    wait_until(lambda: not any((lenient.root / "partial").iterdir()), "the beginnings have gone")
    assert audit(lenient).startswith("4 acknowledged")
    have_done(lenient.root, "delete", by="admin", ids=[item["id"]])
    assert audit(lenient).startswith("4 acknowledged")


def test_an_acknowledged_beginning_that_is_lost_is_named(lenient: Gateway) -> None:
    with Sender(lenient.explicit) as client:
        client.log_in()
        for number in (1, 2):
            assert break_off(client, f"{number}.jpg", photo(number)[:50_000]).startswith("226")
        assert break_off(client, "whole.jpg", photo(3)).startswith("226")
    await_verdicts(lenient, ("whole.jpg", "accepted"))
    wait_until(lambda: len(list(list_partials(lenient.root))) == 2, "both wait")
    lost = next(one for one in list_partials(lenient.root) if one.name.endswith("~1.jpg"))
    lost.file(lenient.root).unlink()
    upload(lenient.explicit, "2-again.jpg", photo(2))
    await_verdicts(lenient, ("2-again.jpg", "accepted"), ("whole.jpg", "accepted"))
    wait_until(lambda: not list(list_partials(lenient.root)), "the other one has been taken in")
    said = audit_lines(lenient)
    assert len(said) == 2 and said[0].startswith("1.jpg of connection") and "has no outcome" in said[0]
    (place,) = (lenient.root / "accepted").rglob("*-2-again.jpg")
    place.unlink()
    assert [line.split()[0] for line in audit_lines(lenient)[:-1]] == ["1.jpg", "2.jpg", "2-again.jpg"]


def test_a_beginning_whose_rest_never_comes_is_accepted_as_what_it_is(prepared: Gateway) -> None:
    content = photo(1)
    with ftps(prepared):
        cut(*begin(prepared.explicit, "a.jpg", content[: len(content) * 6 // 10]))
        cut(*begin(prepared.explicit, "b-dr.txt", b"IMEI:861943070068027\nTotal:159\nBattery:60%\n"))
        wait_until(lambda: len(left_in_intake(prepared.root)) == 2, "vsftpd has ended both")
    text = prepared.settings_file.read_text("utf-8")
    prepared.settings_file.write_text(f"{text}\n[limits]\npartial_hours = 0\n")
    with watcher(prepared):
        items = await_verdicts(prepared, ("a.jpg", "accepted"), ("b-dr.txt", "accepted"))
    assert all("truncated" in [warning["code"] for warning in item["warnings"]] for item in items)


def test_the_beginning_of_a_photo_that_is_here_already_is_no_second_photo(prepared: Gateway) -> None:
    content = photo(1)
    text = prepared.settings_file.read_text("utf-8")
    prepared.settings_file.write_text(f"{text}\n[limits]\npartial_hours = 0\n")
    with ftps(prepared), watcher(prepared), Sender(prepared.explicit) as client:
        client.log_in()
        client.store(b"a.jpg", content)
        await_verdicts(prepared, ("a.jpg", "accepted"))
        break_off(client, "retry.jpg", content[:50_000])
        client.close()
        (_, cut_one) = await_verdicts(prepared, ("a.jpg", "accepted"), ("retry.jpg", "duplicate"))
        assert cut_one["duplicate_of"]


def test_what_a_killed_vsftpd_leaves_is_a_beginning_and_not_a_photo(watched: Gateway) -> None:
    content = photo(1)
    client, data = begin(watched.explicit, "a.jpg", content[:70_000])
    wait_until(lambda: [file.stat().st_size for file in uploaded(watched.root)] == [70_000], "it arrives")
    (log,) = live_logs(watched.root)
    holders = subprocess.run(["fuser", str(log)], capture_output=True, text=True, check=True).stdout.split()
    for process in holders:
        os.kill(int(process), signal.SIGKILL)
    cut(client, data)
    wait_until(lambda: [one.size_bytes for one in list_partials(watched.root)] == [70_000], "the beginning waits")
    with Sender(watched.explicit) as retry:
        retry.log_in()
        retry.store(b"a.jpg", content)
        await_verdicts(watched, ("a.jpg", "accepted"))
    wait_until(lambda: not list(list_partials(watched.root)), "the beginning has gone")


def test_a_data_connection_without_a_handshake_leaves_nothing(watched: Gateway) -> None:
    with Sender(watched.explicit) as client:
        client.log_in()
        client.voidcmd("TYPE I")
        host, port = client.makepasv()
        with socket.create_connection((host, port), 20):
            client.sendcmd("STOR a.jpg")
        with pytest.raises((ftplib.Error, OSError, EOFError, ssl.SSLError)):
            client.voidresp()
    wait_until(lambda: not any((watched.root / "uploads").iterdir()), "the connection is closed")
    assert sidecars(watched.root) == [] and not list(list_partials(watched.root))


def test_a_path_too_long_for_the_intake_is_taken_and_cannot_be_changed(watched: Gateway, client: Sender) -> None:
    name = "%" * 200 + ".jpg"
    client.store(name.encode(), photo(1))
    (item,) = await_verdicts(watched, (name, "accepted"))
    assert item["transfer" if "transfer" in item else "verdict"] == "accepted"
    for command in (f"DELE {name}", f"RNFR {name}"):
        with pytest.raises(ftplib.error_perm, match="550"):
            client.sendcmd(command)
    client.close()
    assert audit(watched).startswith("1 acknowledged")


def test_each_connection_sees_only_its_own(watched: Gateway, client: Sender) -> None:
    client.store(b"mine.jpg", photo(1))
    with Sender(watched.implicit) as other:
        other.log_in()
        assert other.nlst() == []
        for command in ("SIZE mine.jpg", "DELE mine.jpg", "RNFR mine.jpg", "CWD .."):
            if command == "CWD ..":
                assert other.sendcmd(command).startswith("250") and other.pwd() == "/"
                continue
            with pytest.raises(ftplib.error_perm, match="550"):
                other.sendcmd(command)


def test_what_is_acknowledged_is_read_only_until_it_is_decided_and_after(watched: Gateway, client: Sender) -> None:
    client.store(b"a.jpg", photo(1))
    await_verdicts(watched, ("a.jpg", "accepted"))
    (file,) = (file for file in (watched.root / "accepted").rglob("*-a.jpg"))
    assert file.stat().st_mode & 0o777 == 0o440
    assert isinstance(file, Path)
