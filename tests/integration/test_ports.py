"""What status says of the ports, with real vsftpd and without it, and what its look leaves behind."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from ingest.connections.probes import is_probe
from ingest.ftps.listener import acceptor_command
from ingest.settings.values import Settings
from tests.integration.gateway import CAMSPOOL, Gateway, ftps, records, wait_until

WITHOUT_VSFTPD = ["unshare", "--mount", "sh", "-ec", 'mount --bind /dev/null /usr/sbin/vsftpd; exec "$@"', "sh"]
"""Runs a command on a machine from which another ftp-server package has removed vsftpd."""

LOOK = """
import socket
from threading import Thread
from ingest.upkeep.ports import read_greeting
listener = socket.create_server(("192.0.2.7", 0))
def serve():
    connection, (client, _) = listener.accept()
    print(client, end=" ", flush=True)
    connection.sendall(b"220 Camspool\\r\\n")
    connection.recv(100)
    connection.close()
Thread(target=serve).start()
print(read_greeting("192.0.2.7", listener.getsockname()[1], implicit=False))
"""


def _ports(gateway: Gateway, *before: str) -> dict[str, dict[str, Any]]:
    words = [*before, CAMSPOOL, "--config", str(gateway.settings_file), "status", "--json"]
    said = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False).stdout
    return {part["name"]: part for part in json.loads(said)["parts"] if part["name"].startswith("ftps")}


def test_both_ports_are_good_and_the_look_is_no_cameras_failure(either: Gateway) -> None:
    found = _ports(either)
    assert {name: part["state"] for name, part in found.items()} == {"ftps": "good", "ftps-implicit": "good"}
    wait_until(lambda: len(records(either.root)) == 2, "both looks are recorded")
    for record in records(either.root):
        assert is_probe(record) and record.failures == (), record
    shown = subprocess.run(
        [CAMSPOOL, "--config", str(either.settings_file), "connections"], capture_output=True, text=True, check=True
    )
    assert shown.stdout == "Nobody has connected.\n"


def test_the_look_at_an_address_of_its_own_comes_from_this_machine() -> None:
    """In a network of its own, where an address that is not this machine's loopback can be made."""
    words = 'ip link set lo up; ip address add 192.0.2.7/32 dev lo; exec "$@"'
    python = [sys.executable, "-c", LOOK]
    said = subprocess.run(
        ["unshare", "--net", "sh", "-ec", words, "sh", *python], capture_output=True, text=True, timeout=60, check=True
    )
    assert said.stdout == "127.0.0.1 220 Camspool\n"


def _without_vsftpd(settings: Settings, conf: Path, port: int) -> list[str]:
    return [*WITHOUT_VSFTPD, *acceptor_command(settings, conf, port)]


def test_without_vsftpd_no_port_is_good_and_the_program_is_named(prepared: Gateway) -> None:
    with ftps(prepared, listen=_without_vsftpd):
        found = _ports(prepared, *WITHOUT_VSFTPD)
    for part in found.values():
        assert part["state"] == "bad"
        assert part["sentence"].endswith("/usr/sbin/vsftpd is missing or cannot be run: apt install vsftpd.")


def test_a_port_that_nobody_is_greeted_at_is_bad_also_when_vsftpd_is_here(prepared: Gateway) -> None:
    with ftps(prepared, listen=_without_vsftpd):
        assert {part["state"] for part in _ports(prepared).values()} == {"bad"}
