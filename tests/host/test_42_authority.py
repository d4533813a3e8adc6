"""A certificate of an authority like Let's Encrypt: had, served, renewed; and none had, which changes nothing."""

import re
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest

from tests.host.authority import Authority, authority
from tests.host.gateway import Gateway, wait_until

pytestmark = pytest.mark.timeout(600)

DOMAIN = "gateway.example.org"
PORTS = (21, 990, 443)


def trusted_serial(gateway: Gateway, port: int, given: Authority) -> str | None:
    """Return the serial number of what a port serves; None when its chain does not lead to the authority's root."""
    start_tls = ["-starttls", "ftp"] if port == 21 else []
    words = ["openssl", "s_client", "-connect", f"{gateway.machine.address}:{port}", *start_tls, "-showcerts"]
    words += ["-CAfile", str(given.root), "-verify_hostname", DOMAIN, "-verify_return_error", "-servername", DOMAIN]
    shown = subprocess.run(words, input="", capture_output=True, text=True, timeout=15, check=False).stdout
    words = ["openssl", "x509", "-noout", "-serial"]
    serial = subprocess.run(words, input=shown, capture_output=True, text=True, check=False).stdout
    return serial.strip() if re.search(r"Verify return code: 0 \(ok\)", shown) else None


def serves_another(gateway: Gateway, port: int, given: Authority, former: str | None) -> bool:
    return trusted_serial(gateway, port, given) not in (None, former)


@pytest.mark.each_debian
def test_a_certificate_is_had_served_and_renewed(gateway: Gateway, tmp_path: Path) -> None:
    machine = gateway.machine
    with authority(machine, tmp_path) as given:
        # As an operator does who has an authority of their own.
        shutil.copy(given.certificate, machine.root / "usr/local/share/ca-certificates/authority.crt")
        machine.run("update-ca-certificates")
        asked = {"certificate_domain": DOMAIN, "certificate_authority": given.url}
        # As on a host that nginx has just been installed on: its example site holds the port that is asked at.
        example = "ln -s /etc/nginx/sites-available/default /etc/nginx/sites-enabled/default"
        machine.run(f"{example} && systemctl restart nginx", check=False)
        had = gateway.operator.play("--tags", "firewall,certificate", **asked)
        assert had.status == 0, had.said
        first: dict[int, str | None] = {}

        def all_serve_the_same() -> bool:
            first.update({port: trusted_serial(gateway, port, given) for port in PORTS})
            return len(set(first.values())) == 1 and None not in first.values()

        # nginx answers a reload before it has carried it out: for a moment its former workers take connections too.
        assert wait_until(all_serve_the_same, 30), (first, had.said)

        assert machine.said("systemctl is-enabled certbot.timer") == "enabled"
        machine.run("certbot renew --force-renewal --no-random-sleep-on-renew", timeout_s=120)
        for port in PORTS:
            assert wait_until(partial(serves_another, gateway, port, given, first[port]), 30), port

        # The certificate of another authority, such as a staging one, is replaced though it would last.
        renewed = trusted_serial(gateway, 21, given)
        machine.run(
            f"sed -i 's|^server = .*|server = https://former.invalid/dir|' /etc/letsencrypt/renewal/{DOMAIN}.conf"
        )
        replaced = gateway.operator.play("--tags", "certificate", **asked)
        assert replaced.status == 0, replaced.said
        for port in PORTS:
            assert wait_until(partial(serves_another, gateway, port, given, renewed), 30), (port, replaced.said)
        again = gateway.operator.play("--tags", "firewall,certificate", **asked)
        assert again.counts["changed"] == 0, again.said
    gateway.proves_itself()

    # What else the host has certificates for is not the gateway's.
    before = machine.said("sha256sum /etc/camspool/tls/*")
    machine.run("RENEWED_LINEAGE=/root/renewed /etc/letsencrypt/renewal-hooks/deploy/camspool")
    assert machine.said("sha256sum /etc/camspool/tls/*") == before
    # Without the domain, port 80 closes again.
    assert "80" in machine.said("nft list table inet camspool | grep -o '\\b80\\b'")
    assert gateway.operator.play("--tags", "firewall").status == 0
    assert machine.run("nft list table inet camspool | grep -q '\\b80\\b'", check=False).returncode == 1


def test_without_a_certificate_for_the_domain_the_present_one_stays(gateway: Gateway) -> None:
    before = gateway.machine.said("sha256sum /etc/camspool/tls/*")
    tried = gateway.operator.play("--tags", "certificate", certificate_domain="gateway.invalid")
    assert tried.status == 0, tried.said
    assert "gave no certificate for gateway.invalid; the present certificate stays in force" in tried.flat
    assert gateway.machine.said("sha256sum /etc/camspool/tls/*") == before
    gateway.proves_itself()
