"""New releases: one that works, one that is gone back from, and broken ones, which change nothing."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest import VERSION
from tests.host.gateway import Gateway, wait_until

pytestmark = pytest.mark.timeout(600)


@contextmanager
def edited(gateway: Gateway, name: str, old: str, new: str) -> Iterator[None]:
    """Change a file of the checkout for a while."""
    file: Path = gateway.operator.checkout / name
    original = file.read_text("utf-8")
    assert old in original, f"{name} has no {old!r}"
    file.write_text(original.replace(old, new, 1), "utf-8")
    try:
        yield
    finally:
        file.write_text(original, "utf-8")


def present_release(gateway: Gateway) -> str:
    return gateway.machine.said("readlink /opt/camspool/current")


BROKEN = [
    pytest.param("pyproject.toml", "[build-system]", "[build-system", "Build the wheel", id="does not build"),
    pytest.param(
        "ingest/watching/watcher.py", "import logging", "import loggin", "does not start", id="does not import"
    ),
]
BROKEN_FOR_DEBIAN = [
    pytest.param("requirements.txt", "tabulate==", "tabulate==9.", "locked requirements", id="lacks a package"),
    pytest.param(
        "ingest/commands/watch.py", "    start_logging()", "    raise SystemExit(3)", "does not run", id="does not run"
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "told"), BROKEN)
def test_a_broken_release_leaves_the_present_one_running(
    gateway: Gateway, file: str, old: str, new: str, told: str
) -> None:
    goes_on_without(gateway, file, old, new, told)


@pytest.mark.each_debian
@pytest.mark.parametrize(("file", "old", "new", "told"), BROKEN_FOR_DEBIAN)
def test_a_release_that_pip_or_systemd_refuses_leaves_the_present_one_running(
    gateway: Gateway, file: str, old: str, new: str, told: str
) -> None:
    goes_on_without(gateway, file, old, new, told)


def goes_on_without(gateway: Gateway, file: str, old: str, new: str, told: str) -> None:
    """Deploy a broken release: what is told says why, and the present one goes on."""
    before, release = gateway.state(), present_release(gateway)
    with edited(gateway, file, old, new):
        failed = gateway.operator.play("--tags", "ingest")
    assert failed.status != 0 and told in failed.flat, failed.said
    assert f"goes on with {Path(release).name}" in failed.flat, failed.said
    assert present_release(gateway) == release
    if told != "does not run":
        assert gateway.state() == before
    gateway.proves_itself()


@pytest.mark.each_debian
def test_a_release_that_adds_a_setting_and_does_not_run_is_gone_back_from_with_its_settings(gateway: Gateway) -> None:
    """The former release refuses what it does not know, so it would not start with the new settings."""
    setting = "port: int = _setting(21"
    settings = ("ingest/settings/values.py", setting, f'marvel: int = _setting(3, "For this test.")\n    {setting}')
    written = ("ansible/roles/ingest/templates/camspool.toml.j2", "\nport = 21\n", "\nport = 21\nmarvel = 4\n")
    with edited(gateway, *settings), edited(gateway, *written):
        file, starts = "ingest/commands/watch.py", "    start_logging()"
        goes_on_without(gateway, file, starts, "    raise SystemExit(3)", "does not run")
    assert "marvel" not in gateway.machine.said("cat /etc/camspool/camspool.toml")


@pytest.mark.each_debian
def test_an_upgrade_and_the_way_back(gateway: Gateway) -> None:
    former = present_release(gateway)
    with edited(gateway, "ingest/__init__.py", f'VERSION = "{VERSION}"', 'VERSION = "9.9.9"'):
        upgraded = gateway.operator.play("--tags", "ingest,smoke")
    assert upgraded.status == 0, upgraded.said
    assert "9.9.9-" in present_release(gateway)
    assert gateway.machine.said("camspool --version") == "camspool 9.9.9"
    gateway.proves_itself()
    back = gateway.operator.play(playbook="rollback.yml")
    assert back.status == 0, back.said
    assert present_release(gateway) == former
    gateway.proves_itself()


@pytest.mark.each_debian
def test_uploads_go_on_while_a_release_is_switched(gateway: Gateway) -> None:
    """The sockets stay open; what arrives while the watcher restarts waits in the spool."""
    gateway.machine.run("systemctl stop camspool-watch")
    names = gateway.send_many(10)
    gateway.machine.run("systemctl start camspool-watch")
    gateway.await_accepted(*names)


def is_being_installed(gateway: Gateway, version: str) -> bool:
    """Say whether pip is at work on a release."""
    at_work = f"test -e /opt/camspool/releases/{version}-*/install.log && pgrep -f releases/{version}- >/dev/null"
    return gateway.machine.run(at_work, check=False).returncode == 0


@pytest.mark.parametrize(
    ("version", "loses_power"),
    [pytest.param("7.7.1", False, id="controller killed"), pytest.param("7.7.2", True, id="power lost")],
)
def test_a_release_that_was_broken_off_in_the_middle_never_runs_and_is_made_anew(
    gateway: Gateway, version: str, loses_power: bool
) -> None:
    before = present_release(gateway)
    with edited(gateway, "ingest/__init__.py", f'VERSION = "{VERSION}"', f'VERSION = "{version}"'):
        with gateway.operator.playing("--tags", "ingest") as play:
            assert wait_until(lambda: is_being_installed(gateway, version), 120), "no release is made"
            if loses_power:
                gateway.machine.cut_power()
            os.killpg(play.pid, signal.SIGKILL)
        if loses_power:
            gateway.machine.boot()
        assert present_release(gateway) == before
        gateway.proves_itself()
        # As if the disk had lost what was written last.
        gateway.machine.run(f"find /opt/camspool/releases/{version}-* -name '*.py' -exec truncate -s 0 {{}} +")
        mended = gateway.operator.play("--tags", "ingest,smoke")
    assert mended.status == 0, mended.said
    assert f"/{version}-" in present_release(gateway)
    gateway.proves_itself()


@pytest.mark.each_debian
def test_a_play_that_was_broken_off_between_switch_and_restart_is_made_good_by_the_next(gateway: Gateway) -> None:
    machine = gateway.machine
    machine.run("sleep 1; ln -sfn $(readlink /opt/camspool/current) /opt/camspool/current")
    former = machine.said("systemctl show --value -p MainPID camspool-watch")
    again = gateway.operator.play("--tags", "ingest")
    assert again.status == 0, again.said
    assert machine.said("systemctl show --value -p MainPID camspool-watch") != former
    third = gateway.operator.play("--tags", "ingest")
    assert third.counts["changed"] == 0, third.said


def test_what_a_release_changes_for_this_host_stops_the_play_until_it_is_read(gateway: Gateway) -> None:
    before = gateway.state()
    changes = gateway.operator.checkout / "ansible/changes.yml"
    says = "you use the account that cameras have without one of yours."
    entry = f'- version: "9.0"\n  unset: [ftps_account]\n  says: {says}\n'
    original = changes.read_text("utf-8")
    changes.write_text(original + entry, "utf-8")
    try:
        refused = gateway.operator.play("--tags", "never")
        read = gateway.operator.play("--tags", "never", camspool_reviewed="9.0")
        gateway.operator.host_variables["ftps_account"] = "camera"
        untouched = gateway.operator.play("--tags", "never")
    finally:
        changes.write_text(original, "utf-8")
        gateway.operator.host_variables.pop("ftps_account", None)
    assert refused.status != 0
    assert "9.0: this only affects you if you use the account" in refused.flat, refused.said
    assert "camspool_reviewed" in refused.flat and "0.2: " not in refused.flat
    assert read.status == untouched.status == 0, read.said + untouched.said
    assert gateway.state() == before
