"""A host whose people log in by a provider: what asks it has the network and the secret, the admin has neither."""

import re
from collections.abc import Iterator

import pytest

from tests.host.gateway import Gateway
from tests.host.test_45_admin import browser

pytestmark = [pytest.mark.timeout(900, func_only=True)]

SECRET = "s3cret-that-nobody-says"
VARIABLES = {
    "webadmin_provider": "https://id.invalid/realms/wildlife",
    "webadmin_provider_title": "Wildlife ID",
    "webadmin_provider_client_id": "camspool",
    "webadmin_provider_client_secret": SECRET,
}


@pytest.fixture(scope="module")
def provided(gateway: Gateway) -> Iterator[Gateway]:
    """The gateway with a provider; afterwards it has none any more."""
    gateway.operator.variables |= VARIABLES
    set_up = gateway.operator.play("--tags", "ingest,webadmin")
    assert set_up.status == 0 and SECRET not in set_up.said, set_up.said
    yield gateway
    for name in VARIABLES:
        del gateway.operator.variables[name]
    removed = gateway.operator.play("--tags", "ingest,webadmin")
    assert removed.status == 0, removed.said
    left = gateway.machine.said("ls /etc/camspool/provider.secret /run/camspool-provider.sock 2>/dev/null || true")
    assert left.strip() == ""


def test_the_door_leads_to_the_provider_through_what_has_a_network(provided: Gateway) -> None:
    """The provider's name leads nowhere: the sentence that says so has come through the socket from who asked."""
    visitor, address = browser(), f"https://{provided.machine.address}"
    door = visitor.open(f"{address}/log-in", timeout=20).read().decode()
    assert re.search(r'href="/log-in/provider"[^>]*>Log in with Wildlife ID<', door)
    said = provided.machine.said(
        "runuser -u camspool-web -- python3 -c 'import socket; s = socket.socket(socket.AF_UNIX); "
        's.connect("/run/camspool-provider.sock"); '
        's.sendall(b"{\\"order\\": \\"begin\\", \\"back\\": \\"https://a/b\\"}\\n"); print(s.makefile().readline())\''
    )
    assert "https://id.invalid/realms/wildlife does not answer as it should" in said, said


def test_only_what_asks_reads_the_secret(provided: Gateway) -> None:
    machine = provided.machine
    assert machine.said("stat -c '%U %a' /etc/camspool/provider.secret").strip() == "root 600"
    assert SECRET not in machine.said("grep -rs 's3cret' /etc/camspool/camspool.toml || true")
    assert "Permission denied" in machine.said("runuser -u camspool-web cat /etc/camspool/provider.secret 2>&1 || true")


def test_a_second_run_changes_nothing(provided: Gateway) -> None:
    second = provided.operator.play("--tags", "ingest,webadmin")
    assert second.status == 0 and second.counts["changed"] == 0, second.said


def test_half_a_provider_is_refused_in_a_sentence(provided: Gateway) -> None:
    refused = provided.operator.play("--tags", "webadmin", webadmin_provider_client_secret="")
    assert refused.status != 0 and "which the provider gives to each of its clients" in refused.flat
