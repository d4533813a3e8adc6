"""Hosts that have an owner already: what is theirs goes on, and a green play means that cameras get in.

On Debian 13 a host with ufw, a site in nginx and a running ProFTPD; on Debian 12 one with rules of its own in nftables.
"""

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.host.gateway import Gateway, wait_until
from tests.host.machine import Machine, booted
from tests.host.playbook import Operator, Run
from tests.host.telling import Telling
from tests.host.wheels import wheels

pytestmark = pytest.mark.timeout(900, func_only=True)

SITE = "the owner's page"
RULESET = """#!/usr/sbin/nft -f
flush ruleset
table inet filter {
    chain input {
        type filter hook input priority filter; policy drop;
        ct state established,related accept
        iif lo accept
        tcp dport { 22 } accept
    }
}
"""


@contextmanager
def host_of(suite: str, checkout: Path, folder: Path) -> Iterator[Operator]:
    """Boot a host, and give it an operator who has not deployed anything yet."""
    with booted(suite) as machine:
        operator = Operator(machine, checkout, folder)
        operator.variables["ingest_wheels"] = str(wheels(suite))
        yield operator


@pytest.fixture(scope="module", params=["trixie"])
def ufw_host(
    request: pytest.FixtureRequest, checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Operator]:
    """A host with ufw, a site and ProFTPD, all at work."""
    with host_of(request.param, checkout, tmp_path_factory.mktemp("ufw")) as operator:
        machine = operator.machine
        install(machine, "ufw", "proftpd-core", "nginx")
        (machine.root / "var/www/html/index.html").write_text(SITE)
        machine.run("ufw allow 22/tcp && ufw allow 80/tcp && ufw --force enable")
        assert site(machine) == SITE
        yield operator


@pytest.fixture(scope="module", params=["bookworm"])
def nft_host(
    request: pytest.FixtureRequest, checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Operator]:
    """A host whose owner's rules let in SSH and drop the rest."""
    with host_of(request.param, checkout, tmp_path_factory.mktemp("nft")) as operator:
        install(operator.machine, "nftables")
        (operator.machine.root / "etc/nftables.conf").write_text(RULESET)
        operator.machine.run("systemctl enable --now nftables")
        yield operator


def install(machine: Machine, *packages: str) -> None:
    words = f"DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends {' '.join(packages)}"
    machine.run(f"{words} >/dev/null", timeout_s=300)


def site(machine: Machine) -> str:
    with urllib.request.urlopen(f"http://{machine.address}/", timeout=10) as answer:
        return str(answer.read().decode())


def as_it_was(machine: Machine) -> str:
    """Return what a refused play must leave alone."""
    return machine.said(
        "dpkg-query -W; ls -A /etc /srv /opt; nft list ruleset 2>/dev/null | grep -v packets;"
        " systemctl list-units --type=service,socket,timer --state=active --no-legend --plain | cut -d' ' -f1"
        # These come and go with log-ins.
        " | grep -v ^user | sort"
    )


def deployed(operator: Operator, run: Run) -> Gateway:
    assert run.status == 0, run.said
    return Gateway(operator.machine, operator, run)


def test_a_taken_host_is_left_as_it_is_and_everything_in_the_way_is_said_at_once(
    ufw_host: Operator, telling: Telling
) -> None:
    before = as_it_was(ufw_host.machine)
    refused = ufw_host.play()
    assert refused.status != 0
    for said in (
        "another FTP server installed: proftpd-core, which listens on port 21",
        "ufw is active",
        "would close ports of gateway that programs listen on: port 80 (nginx, nginx.service)",
        "Nothing was changed.",
    ):
        assert said in refused.flat, refused.said
    telling.add("ufw, a site in nginx, a running ProFTPD", refused)
    assert as_it_was(ufw_host.machine) == before
    assert site(ufw_host.machine) == SITE


def test_ufw_is_given_the_openings_and_the_owner_s_site_goes_on(ufw_host: Operator, telling: Telling) -> None:
    machine = ufw_host.machine
    machine.run("DEBIAN_FRONTEND=noninteractive apt-get purge -qq proftpd-core >/dev/null")
    ufw_host.variables["firewall_manage"] = "existing"
    run = ufw_host.play()
    telling.add("ufw, firewall_manage: existing", run)
    deployed(ufw_host, run).proves_itself()
    assert "seen from here, data connections included" in run.flat
    assert site(machine) == SITE
    assert machine.run("nft list table inet camspool", check=False).returncode != 0
    again = ufw_host.play()
    assert again.counts["changed"] == again.counts["failed"] == 0, again.said


def test_a_port_that_ufw_has_closed_since_is_told_with_ufw_s_name_and_opened_by_the_next_play(
    ufw_host: Operator, telling: Telling
) -> None:
    ufw_host.machine.run("ufw delete allow 990/tcp")
    found = ufw_host.play(playbook="verify.yml")
    telling.add("verify: port 990 closed in ufw", found)
    assert found.status != 0
    assert "FAILED Cameras do not get in at port 990" in found.flat and "dropped by ufw (table ip filter" in found.flat
    green_or_not = ufw_host.play("--tags", "smoke")
    assert green_or_not.status != 0 and "dropped by ufw" in green_or_not.flat, green_or_not.said
    deployed(ufw_host, ufw_host.play("--tags", "firewall,smoke")).proves_itself()


def test_our_own_rules_cut_nobody_off_who_is_not_named(ufw_host: Operator, telling: Telling) -> None:
    machine = ufw_host.machine
    machine.run("ufw --force disable")
    refused = ufw_host.play("--tags", "firewall,smoke", firewall_manage="own")
    telling.add("no firewall, a site in nginx", refused)
    assert refused.status != 0 and "port 80 (nginx, nginx.service)" in refused.flat, refused.said
    ufw_host.variables |= {"firewall_manage": "own", "firewall_keep_ports": [80]}
    deployed(ufw_host, ufw_host.play("--tags", "firewall,smoke")).proves_itself()
    assert site(machine) == SITE
    found = ufw_host.play(playbook="verify.yml")
    assert found.status == 0, found.said


def test_what_was_installed_is_taken_off_again_and_photos_and_the_owner_s_site_stay(
    ufw_host: Operator, telling: Telling
) -> None:
    machine = ufw_host.machine
    machine.run("ufw --force enable && ufw allow 21/tcp comment Camspool")
    kept = len(Gateway(machine, ufw_host, ufw_host.play("--list-hosts")).sidecars())
    refused = ufw_host.play(playbook="uninstall.yml", uninstall_spool="another")
    assert refused.status != 0 and "to delete all photos of this host it has to be gateway" in refused.flat
    for _ in range(2):
        done = ufw_host.play(playbook="uninstall.yml")
        assert done.status == 0 and "/srv/camspool stays" in done.flat, done.said
    traces = (
        "find /etc /opt /usr/local /usr/lib/tmpfiles.d /usr/lib/sysusers.d /var/lib /var/cache /run -iname '*camspool*'"
    )
    assert machine.said(f"{traces} -not -path '/var/lib/systemd/*' -not -path '/run/user/*'") == ""
    assert machine.said("systemctl list-units --all --no-legend --plain 'camspool*'") == ""
    assert "Camspool" not in machine.said("ufw show added")
    assert machine.run("nft list table inet camspool", check=False).returncode != 0
    assert machine.said("ss -Hltn 'sport = 21 or sport = 990 or sport = 443'") == ""
    assert site(machine) == SITE
    assert kept and len(list((machine.root / "srv/camspool/accepted").rglob("*.json"))) >= kept
    gone = ufw_host.play(playbook="uninstall.yml", uninstall_spool="gateway")
    telling.add("uninstall, and the photos too", gone)
    assert gone.status == 0 and not (machine.root / "srv/camspool").exists(), gone.said
    assert "camspool" not in machine.said("cat /etc/passwd /etc/group")


def test_rules_of_the_owner_s_own_are_named_before_anything_is_changed(nft_host: Operator, telling: Telling) -> None:
    before = as_it_was(nft_host.machine)
    for manage in ("own", "existing", "none"):
        refused = nft_host.play(firewall_manage=manage)
        telling.add(f"nftables with policy drop, firewall_manage: {manage}", refused)
        assert refused.status != 0
        assert "table inet filter, chain input" in refused.flat and "policy drop" in refused.flat, refused.said
        assert "Nothing was changed." in refused.flat
        assert as_it_was(nft_host.machine) == before


def test_with_openings_of_the_owner_s_own_it_becomes_a_gateway_and_stays_one(
    nft_host: Operator, telling: Telling
) -> None:
    machine = nft_host.machine
    openings = RULESET.replace("{ 22 }", "{ 22, 21, 990, 443, 40000-50000 }")
    (machine.root / "etc/nftables.conf").write_text(openings)
    machine.run("systemctl reload nftables")
    nft_host.variables["firewall_manage"] = "existing"
    run = nft_host.play()
    telling.add("nftables with openings, firewall_manage: existing", run)
    gateway = deployed(nft_host, run)
    gateway.proves_itself()
    machine.reboot()
    assert wait_until(lambda: machine.run("systemctl is-active camspool-watch", check=False).returncode == 0, 60)
    gateway.proves_itself()


@pytest.mark.parametrize(
    ("variables", "why"),
    [
        pytest.param({"reach_from_here": False}, "as reach_from_here says", id="as the operator says"),
        pytest.param({"ftps_host": "{subnet}.99"}, "does not answer the machine that runs Ansible", id="out of reach"),
    ],
)
def test_a_host_that_this_machine_does_not_reach_looks_at_itself(
    nft_host: Operator, telling: Telling, variables: dict[str, Any], why: str
) -> None:
    subnet = nft_host.machine.subnet
    asked = {
        name: str(value).format(subnet=subnet) if name == "ftps_host" else value for name, value in variables.items()
    }
    run = nft_host.play("--tags", "smoke", **asked)
    telling.add(f"the host looks at itself: {', '.join(variables)}", run)
    assert run.status == 0 and why in run.flat, run.said
    rules = (
        "nft add table inet late '{ chain c { type filter hook input priority 10; iif != lo tcp dport 990 drop; }; }'"
    )
    nft_host.machine.run(rules)
    try:
        failed = nft_host.play("--tags", "smoke", **asked)
    finally:
        nft_host.machine.run("nft delete table inet late")
    assert failed.status != 0
    assert 'dropped by table inet late, chain c, rule `iif != "lo" tcp dport 990 drop`' in failed.flat, failed.said


def test_a_name_that_leads_nowhere_is_told(nft_host: Operator, telling: Telling) -> None:
    failed = nft_host.play("--tags", "smoke", ftps_host="traps.invalid")
    telling.add("a name without an address", failed)
    assert failed.status != 0 and "The name traps.invalid has no address" in failed.flat, failed.said
