"""From a bare host to a gateway, again without a change, and a look from outside and inside."""

import socket
from contextlib import closing

import pytest

from tests.host.gateway import Gateway, wait_until

# The making of both hosts does not count: on a new machine that takes most of the time.
pytestmark = pytest.mark.timeout(900, func_only=True)


@pytest.mark.each_debian
def test_a_bare_host_accepts_photos_over_both_ports(gateway: Gateway) -> None:
    first = gateway.first
    gateway.figures["bare host to first accepted photo"] = f"{first.seconds:.0f} s; the aim is under 240 s"
    assert first.counts["failed"] == first.counts["unreachable"] == 0
    assert "Port 21: accepted" in first.said and "Port 990: accepted" in first.said


@pytest.mark.each_debian
def test_the_play_ends_with_what_to_type_into_a_camera(gateway: Gateway) -> None:
    for told in (f"Server {gateway.machine.address}", "User camera", f"https://{gateway.machine.address}/"):
        assert told in gateway.first.flat
    assert gateway.server().password not in gateway.first.said


@pytest.mark.each_debian
def test_a_second_run_changes_nothing(gateway: Gateway) -> None:
    second = gateway.operator.play()
    gateway.figures["second run"] = f"{second.seconds:.0f} s; the aim is under 45 s"
    assert second.status == 0, second.said
    assert second.counts["changed"] == 0, second.said


def test_a_dry_run_changes_and_fails_nothing(gateway: Gateway) -> None:
    dry = gateway.operator.play("--check", "--diff")
    assert dry.status == 0, dry.said
    assert dry.counts["changed"] == dry.counts["failed"] == 0, dry.said


@pytest.mark.each_debian
def test_verify_finds_nothing_wrong(gateway: Gateway) -> None:
    found = gateway.operator.play(playbook="verify.yml")
    assert found.status == 0, found.said
    assert "FAILED" not in found.said
    for line in found.said.splitlines():
        if "exposure of" in line:
            unit, _, level = line.partition("exposure of ")[2].rstrip('",').partition(": ")
            gateway.figures[f"exposure of {unit}"] = level


@pytest.mark.each_debian
def test_verify_sees_what_is_wrong(gateway: Gateway) -> None:
    gateway.machine.run("systemctl stop camspool-ftps-implicit.socket nginx")
    found = gateway.operator.play(playbook="verify.yml")
    gateway.machine.run("systemctl start camspool-ftps-implicit.socket nginx")
    assert found.status != 0
    assert "FAILED Cameras do not get in at ports 443 (the admin) and 990" in found.flat, found.said
    assert "nothing listens there" in found.flat
    gateway.figures["verify says what is wrong"] = f"after {found.seconds:.0f} s; the aim is 20 s"
    assert "FAILED camspool-ftps-implicit.socket is inactive" in found.said


@pytest.mark.each_debian
def test_every_unit_is_valid(gateway: Gateway) -> None:
    said = gateway.machine.run(
        "systemd-analyze verify /etc/systemd/system/camspool-*.service /etc/systemd/system/camspool-*.socket"
        " /etc/systemd/system/camspool-*.timer 2>&1"
    ).stdout
    assert "camspool" not in said


@pytest.mark.each_debian
def test_a_port_that_is_not_in_the_list_is_closed_from_outside(gateway: Gateway) -> None:
    gateway.machine.run("systemd-run --quiet --unit=stray python3 -m http.server 8123")
    inside = "python3 -c 'import socket; socket.create_connection((\"127.0.0.1\", 8123), 5)'"
    assert wait_until(lambda: gateway.machine.run(inside, check=False).returncode == 0, 30)
    with closing(socket.socket()) as outside:
        outside.settimeout(2)
        assert outside.connect_ex((gateway.machine.address, 8123)) != 0
    gateway.machine.run("systemctl stop stray")


@pytest.mark.each_debian
def test_the_journal_has_one_line_for_a_verdict(gateway: Gateway) -> None:
    gateway.send_photo("journal.jpg")
    gateway.await_accepted("journal.jpg")

    def lines() -> list[str]:
        said = gateway.machine.said("journalctl -u camspool-watch -n 50 -o cat").splitlines()
        return [line for line in said if "journal.jpg" in line]

    # The line follows the verdict.
    assert wait_until(lambda: len(lines()) > 0, 30)
    assert len(lines()) == 1, lines()
