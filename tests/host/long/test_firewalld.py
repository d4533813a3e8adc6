"""A host whose owner runs firewalld: it is given the openings, for now and after a restart."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.host.conftest import LOGINS
from tests.host.gateway import wait_until
from tests.host.playbook import Operator
from tests.host.telling import Telling
from tests.host.test_80_taken_hosts import deployed, host_of, install

pytestmark = pytest.mark.timeout(900, func_only=True)


@pytest.fixture(scope="module", params=list(LOGINS))
def firewalld_host(
    request: pytest.FixtureRequest, checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Operator]:
    """A host with firewalld at work, as Debian brings it."""
    with host_of(request.param, checkout, tmp_path_factory.mktemp("firewalld")) as operator:
        # firewalld of Debian 12 does not start without netbase's names of protocols.
        install(operator.machine, "netbase", "firewalld")
        assert operator.machine.said("firewall-cmd --state") == "running"
        yield operator


def test_firewalld_is_named_and_given_the_openings_when_the_operator_chooses_it(
    firewalld_host: Operator, telling: Telling
) -> None:
    refused = firewalld_host.play()
    telling.add("firewalld", refused)
    assert refused.status != 0 and "firewalld is active" in refused.flat, refused.said
    firewalld_host.variables |= {"firewall_manage": "existing", "firewall_admin_networks": ["10.0.0.0/8", "fd00::/8"]}
    run = firewalld_host.play()
    telling.add("firewalld, firewall_manage: existing", run)
    gateway = deployed(firewalld_host, run)
    gateway.proves_itself()
    again = firewalld_host.play()
    assert again.counts["changed"] == again.counts["failed"] == 0, again.said
    machine = firewalld_host.machine
    for asked in ("--list-ports", "--permanent --list-ports"):
        assert machine.said(f"firewall-cmd {asked}").split() == ["21/tcp", "990/tcp", "40000-50000/tcp"]
    assert 'family="ipv6" source address="fd00::/8"' in machine.said("firewall-cmd --permanent --list-rich-rules")
    machine.reboot()
    assert wait_until(lambda: machine.run("systemctl is-active camspool-watch", check=False).returncode == 0, 60)
    gateway.proves_itself()
    machine.run("firewall-cmd --remove-port=990/tcp")
    found = firewalld_host.play(playbook="verify.yml")
    telling.add("verify: port 990 closed in firewalld", found)
    assert found.status != 0 and "dropped by firewalld (table inet firewalld" in found.flat, found.said
