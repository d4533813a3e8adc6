"""`camspool run` and `camspool send`, as a person types them."""

import contextlib
import os
import pwd
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from ingest.connections.probes import is_probe
from ingest.ftps.sender import Sender, UploadError, upload
from tests.integration.gateway import CAMSPOOL, Gateway, is_listening, records, sidecars, wait_until


def start(gateway: Gateway) -> subprocess.Popen[str]:
    """Start `camspool run` and return when it says that it runs."""
    log = (gateway.folder / "run.log").open("w+", encoding="utf-8")
    with log:
        running = subprocess.Popen(
            [CAMSPOOL, "--config", str(gateway.settings_file), "run"], stdout=log, stderr=log, text=True
        )
    wait_until(lambda: "Camspool runs" in said(gateway) or running.poll() is not None, "camspool runs")
    assert running.poll() is None, said(gateway)
    return running


def said(gateway: Gateway) -> str:
    """Return what `camspool run` has printed."""
    return (gateway.folder / "run.log").read_text("utf-8")


def camspool(gateway: Gateway, *words: str) -> subprocess.CompletedProcess[str]:
    """Run one command against this gateway's settings."""
    command = [CAMSPOOL, "--config", str(gateway.settings_file), *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def processes_of(gateway: Gateway) -> list[str]:
    """Return the command lines of processes that have to do with this gateway."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and entry.name != str(os.getpid()):
            try:
                words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            except OSError:
                continue
            if str(gateway.folder) in words:
                found.append(words)
    return found


def test_run_serves_both_ports_until_it_is_stopped_and_leaves_no_process(prepared: Gateway) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        running = start(prepared)
        # A session in the middle of things must end as well.
        client = Sender(prepared.explicit)
        client.log_in()
        running.send_signal(number)
        assert running.wait(30) == 0
        client.close()
        assert processes_of(prepared) == []
        assert not is_listening(prepared.explicit.port)
        assert "Traceback" not in said(prepared)


def test_no_connection_leaves_a_process_behind_whatever_its_end_was(prepared: Gateway) -> None:
    running = start(prepared)
    try:
        for number in range(4):
            for server in (prepared.explicit, prepared.implicit):
                upload(server, f"{number}.txt", b"no report")
                with contextlib.suppress(UploadError):
                    upload(replace(server, password="guess"), "x.txt", b"")
                Sender(server).close()
        wait_until(lambda: len(sidecars(prepared.root)) == 8, "all have a verdict")
        wait_until(lambda: sessions_below(running.pid) == [], "nothing is left of the connections")
        assert running.poll() is None
        running.send_signal(signal.SIGTERM)
        assert running.wait(30) == 0
    finally:
        running.terminate()
        running.wait(30)


def sessions_below(supervisor: int) -> list[str]:
    """Return the lines of ps on vsftpd's processes, and on ended ones, whose parent `camspool run` is."""
    words = ["ps", "--ppid", str(supervisor), "-o", "stat=,comm="]
    lines = subprocess.run(words, capture_output=True, text=True, check=False).stdout.splitlines()
    return [line for line in lines if line.startswith("Z") or "vsftpd" in line]


def test_send_uploads_over_both_modes_and_says_how_it_went(prepared: Gateway) -> None:
    file = prepared.folder / "note.txt"
    file.write_text("no report", "utf-8")
    running = start(prepared)
    try:
        explicit = camspool(prepared, "send", str(file), "--to", "INSTAR/here/")
        implicit = camspool(prepared, "send", str(file), "--implicit")
        wait_until(lambda: len(sidecars(prepared.root)) == 2, "both have a verdict")
        missing = camspool(prepared, "send", str(prepared.folder / "missing.jpg"))
        table = camspool(prepared, "connections")
    finally:
        running.terminate()
        running.wait(30)
    assert (explicit.returncode, implicit.returncode) == (0, 0)
    assert re.search(r"note\.txt +INSTAR/here/note\.txt +sent", explicit.stdout)
    assert [one["upload_path"] for one in sidecars(prepared.root)] == ["INSTAR/here/note.txt", "note.txt"]
    sent = [record for record in records(prepared.root) if not is_probe(record)]  # the alerts look at the ports
    assert [record.mode for record in sent] == ["explicit", "implicit"]
    assert missing.returncode == 1
    assert "cannot be read: No such file" in missing.stdout
    assert table.stdout.count("1 file came.") == 2


def test_send_says_what_the_server_said(gateway: Gateway) -> None:
    file = gateway.folder / "note.txt"
    file.write_text("no report", "utf-8")
    wrong = gateway.folder / "wrong"
    wrong.write_text("guess\n", "utf-8")
    refused = camspool(gateway, "send", str(file), "--password-file", str(wrong))
    assert refused.returncode == 1
    assert "530 Login incorrect." in refused.stdout
    unreachable = camspool(gateway, "send", str(file), "--port", "1")
    assert unreachable.returncode == 1
    assert "Connection refused" in unreachable.stdout
    no_password = camspool(gateway, "send", str(file), "--password-file", str(gateway.folder / "nothing"))
    assert no_password.returncode == 2
    assert "The FTPS password cannot be read" in no_password.stderr


def test_a_part_that_dies_stops_the_rest_and_is_named(prepared: Gateway) -> None:
    running = start(prepared)
    watchers = [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdecimal() and _parent(entry) == running.pid and b"watch" in (entry / "cmdline").read_bytes()
    ]
    os.kill(watchers[0], signal.SIGKILL)
    assert running.wait(30) == 1
    assert "watcher has ended: killed by SIGKILL. Stopping the rest." in said(prepared)
    time.sleep(0.2)
    assert processes_of(prepared) == []


def _parent(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
    except OSError:
        return 0


def test_a_port_in_use_is_a_sentence(prepared: Gateway) -> None:
    with socket.create_server(("127.0.0.1", prepared.implicit.port)):
        ran = camspool(prepared, "run")
    assert ran.returncode == 2
    assert ran.stderr == (
        f"camspool: Port {prepared.implicit.port} of 127.0.0.1 is in use by another program; "
        "stop that, or change ftps.implicit_port.\n"
    )


def test_a_certificate_that_vsftpd_cannot_load_is_a_sentence(prepared: Gateway) -> None:
    prepared.settings.ftps.certificate.write_text("nothing", "utf-8")
    ran = camspool(prepared, "run")
    assert ran.returncode == 2
    assert "cannot load RSA certificate" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_guest_who_cannot_enter_the_spool_is_a_sentence(prepared: Gateway) -> None:
    prepared.root.chmod(0o700)
    ran = camspool(prepared, "run")
    assert ran.returncode == 2
    assert "The user ftp cannot enter" in ran.stderr


def test_run_without_root_is_a_sentence(prepared: Gateway) -> None:
    # The user changes after the imports: the checkout may lie where another user cannot read it.
    code = f"""
import argparse, os
from pathlib import Path
from ingest.commands import run
from ingest.errors import CamspoolError
from ingest.settings.file import read_settings
settings = read_settings(Path({str(prepared.settings_file)!r}))
os.seteuid({pwd.getpwnam("ftp").pw_uid})
try:
    run.run(argparse.Namespace(without_admin=False), settings)
except CamspoolError as error:
    print(error)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.startswith("camspool run must be root")
