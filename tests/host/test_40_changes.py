"""Certificate and firewall change while the gateway runs."""

import json
import socket
import ssl
import subprocess
from contextlib import closing
from functools import partial

import pytest

from tests.host.gateway import Gateway, certificate_serial, wait_until

pytestmark = pytest.mark.timeout(300)


def served_serial(gateway: Gateway, port: int) -> str:
    start_tls = ["-starttls", "ftp"] if port == 21 else []
    said = subprocess.run(
        ["openssl", "s_client", "-connect", f"{gateway.machine.address}:{port}", *start_tls],
        input="",
        capture_output=True,
        text=True,
        timeout=15,
        check=False,
    ).stdout
    shown = subprocess.run(["openssl", "x509", "-noout", "-serial"], input=said, capture_output=True, text=True)
    return certificate_serial(shown.stdout)


def serves(gateway: Gateway, port: int, serial: str) -> bool:
    return served_serial(gateway, port) == serial


@pytest.mark.each_debian
def test_a_renewed_certificate_is_served_by_every_port(gateway: Gateway) -> None:
    machine = gateway.machine
    before = served_serial(gateway, 21)
    machine.run(
        "mkdir -p /root/renewed && openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj /CN=renewed"
        " -keyout /root/renewed/privkey.pem -out /root/renewed/fullchain.pem 2>/dev/null"
    )
    expected = certificate_serial(machine.said("openssl x509 -noout -serial -in /root/renewed/fullchain.pem"))
    assert "now in force" in machine.said("camspool-certificate install /root/renewed")
    assert before != expected
    for port in (21, 990, 443):
        # nginx takes a moment for its reload.
        assert wait_until(partial(serves, gateway, port, expected), 30), f"port {port}"
    assert "days_left" in machine.said("camspool status --json || true")
    gateway.proves_itself()


@pytest.mark.each_debian
def test_a_certificate_without_its_key_is_refused(gateway: Gateway) -> None:
    gateway.machine.run("mkdir -p /root/foreign && cp /root/renewed/fullchain.pem /root/foreign/")
    gateway.machine.run("openssl genrsa -out /root/foreign/privkey.pem 2048 2>/dev/null")
    before = gateway.state()
    refused = gateway.machine.run("camspool-certificate install /root/foreign", check=False)
    assert refused.returncode == 1 and "is not the key of the certificate" in refused.stderr
    assert gateway.state() == before


def ssh_answers(gateway: Gateway) -> bool:
    with closing(socket.socket()) as client:
        client.settimeout(1)
        return client.connect_ex((gateway.machine.address, 22)) == 0


@pytest.mark.each_debian
def test_firewall_rules_that_lock_the_operator_out_take_themselves_back(gateway: Gateway) -> None:
    machine = gateway.machine
    machine.run("cp /etc/camspool/firewall.nft /root/good.nft; sed -i '/\"SSH\"/d' /etc/camspool/firewall.nft")
    machine.run("camspool-firewall try 15")
    assert not ssh_answers(gateway)
    assert wait_until(lambda: ssh_answers(gateway), 60)
    machine.run("mv /root/good.nft /etc/camspool/firewall.nft")
    gateway.proves_itself()


def test_a_deployment_that_would_lock_its_operator_out_fails_and_confirms_nothing(gateway: Gateway) -> None:
    machine, proven = gateway.machine, "sha256sum /var/lib/camspool/firewall.nft"
    before = machine.said(proven)
    refused = gateway.operator.play(
        "--tags", "firewall", firewall_admin_networks=["203.0.113.0/24"], firewall_undo_s=20
    )
    assert refused.status != 0
    assert "No new SSH login to gateway worked in time under the new firewall rules" in refused.flat, refused.said
    assert machine.said(proven) == before
    # Too late, whoever tries.
    late = machine.run("camspool-firewall confirm", check=False)
    assert late.returncode == 1 and "were taken back before anybody confirmed them" in late.stderr
    machine.run("systemctl restart camspool-firewall")
    assert wait_until(lambda: ssh_answers(gateway), 60)
    assert machine.said(proven) == before
    mended = gateway.operator.play("--tags", "firewall")
    assert mended.status == 0, mended.said
    assert machine.run("camspool-firewall is-confirmed", check=False).returncode == 0
    gateway.proves_itself()


@pytest.mark.each_debian
def test_other_tables_are_left_alone_and_every_port_of_ssh_is_open(gateway: Gateway) -> None:
    machine = gateway.machine
    machine.run("nft add table inet neighbour; nft add chain inet neighbour input")
    machine.run("printf 'Port 22\\nPort 2222\\n' > /etc/ssh/sshd_config.d/port.conf && systemctl restart ssh")
    gateway.operator.variables["firewall_keep_ports"] = [8124, "8200-8210", "51820/udp"]
    changed = gateway.operator.play("--tags", "firewall")
    assert changed.status == 0, changed.said
    rules = machine.said("nft list table inet camspool")
    assert "22, 2222" in rules
    for opened in ("tcp dport 8124", "tcp dport 8200-8210", "udp dport 51820"):
        assert opened in rules
    assert "chain input" in machine.said("nft list table inet neighbour")
    # The next deployment of the firewall, of a later test, closes both ports again.
    del gateway.operator.variables["firewall_keep_ports"]
    machine.run("rm /etc/ssh/sshd_config.d/port.conf && systemctl restart ssh")
    machine.run("nft delete table inet neighbour")


@pytest.mark.each_debian
def test_debian_s_own_firewall_service_does_not_open_the_gateway(gateway: Gateway) -> None:
    machine = gateway.machine
    for action in ("start", "reload", "restart"):
        machine.run(f"systemctl {action} nftables")
        assert "policy drop" in machine.said("nft list table inet camspool"), action
    machine.run("systemctl stop nftables; camspool-firewall load; systemctl restart fail2ban")


@pytest.mark.each_debian
def test_the_admin_reads_the_spool_and_writes_requests_only(gateway: Gateway) -> None:
    machine = gateway.machine
    pid = machine.said("systemctl show --value -p MainPID camspool-webadmin")
    as_admin = f"nsenter -t {pid} -m setpriv --reuid camspool-web --regid camspool-web --init-groups"
    machine.run(f"{as_admin} sh -c 'cat /srv/camspool/accepted/*/*/*.json > /dev/null'")
    machine.run(f"{as_admin} sh -c 'touch /srv/camspool/requests/proof && rm /srv/camspool/requests/proof'")
    for folder in ("accepted", "rejected", "incoming", "uploads", "connections", "cameras", "cache"):
        refused = machine.run(f"{as_admin} touch /srv/camspool/{folder}/x", check=False)
        assert refused.returncode != 0, folder
        assert "Read-only file system" in refused.stderr or "Permission denied" in refused.stderr
    for secret in ("tls/key.pem", "ftps.passwd"):
        assert machine.run(f"{as_admin} cat /etc/camspool/{secret}", check=False).returncode != 0


@pytest.mark.each_debian
def test_the_admin_knows_how_the_gateway_is_doing_without_a_network(gateway: Gateway) -> None:
    machine = gateway.machine
    pid = machine.said("systemctl show --value -p MainPID camspool-webadmin")
    as_admin = f"nsenter -t {pid} -m -n setpriv --reuid camspool-web --regid camspool-web --init-groups"
    parts: dict[str, dict[str, str]] = {}

    def nothing_is_bad() -> bool:
        status = json.loads(machine.run(f"{as_admin} camspool status --json", check=False).stdout)
        parts.update({part["name"]: part for part in status["parts"]})
        # An earlier test may have closed a port under the canary, which flies again within a quarter of an hour.
        return all(part["state"] != "bad" for name, part in parts.items() if name != "timers")

    assert wait_until(nothing_is_bad, 60), parts
    assert parts["ftps"]["sentence"] == "Port 21 listens."
    reader = as_admin.replace("--init-groups", "--groups camspool,systemd-journal")
    assert machine.said(f"{reader} journalctl -u camspool-watch -n 5 -o cat")


@pytest.mark.each_debian
def test_the_admin_speaks_tls_and_hides_behind_a_log_in(gateway: Gateway) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    plain = socket.create_connection((gateway.machine.address, 443), 5)
    with plain, context.wrap_socket(plain) as connection:
        connection.sendall(b"GET /originals/accepted/ HTTP/1.0\r\nHost: gateway\r\n\r\n")
        assert b" 404 " in connection.recv(200)
