"""What dies comes back by itself, and a restart of the host loses nothing."""

import pytest

from tests.host.gateway import Gateway, wait_until

pytestmark = [pytest.mark.each_debian, pytest.mark.timeout(600)]


def main_pid(gateway: Gateway, unit: str) -> int:
    """Return a service's process. It must run: a signal to process 0 would hit whoever sends it."""
    pid = _pid(gateway, unit)
    assert pid, f"{unit} does not run"
    return pid


def is_back(gateway: Gateway, unit: str, former: int) -> bool:
    active = gateway.machine.run(f"systemctl is-active {unit}", check=False).stdout.strip() == "active"
    return active and _pid(gateway, unit) not in (0, former)


def _pid(gateway: Gateway, unit: str) -> int:
    return int(gateway.machine.said(f"systemctl show --value -p MainPID {unit}"))


@pytest.mark.parametrize("unit", ["camspool-watch", "camspool-webadmin", "nginx", "fail2ban"])
def test_what_is_killed_comes_back(gateway: Gateway, unit: str) -> None:
    former = main_pid(gateway, unit)
    gateway.machine.run(f"systemctl kill --signal=KILL {unit}")
    gateway.send_photo(f"while-{unit}-was-away.jpg")
    assert wait_until(lambda: is_back(gateway, unit, former), 60)
    gateway.await_accepted(f"while-{unit}-was-away.jpg")


def test_a_watcher_that_hangs_is_restarted(gateway: Gateway) -> None:
    former = main_pid(gateway, "camspool-watch")
    gateway.machine.run(f"kill -STOP {former}")
    gateway.send_photo("while-it-hung.jpg")
    assert wait_until(lambda: is_back(gateway, "camspool-watch", former), 120)
    gateway.await_accepted("while-it-hung.jpg")


def test_after_a_restart_of_the_host_uploads_arrive_at_once(gateway: Gateway) -> None:
    gateway.machine.reboot()
    names = gateway.send_many(8)
    gateway.await_accepted(*names)
    assert gateway.machine.said("systemctl --failed --no-legend") == ""
    gateway.proves_itself()


def test_after_a_power_cut_everything_comes_back(gateway: Gateway) -> None:
    gateway.send_photo("before-the-cut.jpg")
    gateway.machine.cut_power()
    gateway.machine.boot()
    gateway.await_accepted("before-the-cut.jpg")
    gateway.proves_itself()


def test_the_firewall_is_up_after_a_restart(gateway: Gateway) -> None:
    assert "policy drop" in gateway.machine.said("nft list table inet camspool")
    assert gateway.machine.said("cat /proc/sys/net/ipv4/ip_local_reserved_ports") == "40000-50000"
