"""Backups are made, tested and told of; the host is lost, and a new one gets everything back, beside what it has."""

import json
from typing import Any
from urllib.error import HTTPError

import pytest

from tests.host.gateway import Gateway, wait_until
from tests.host.test_45_admin import log_in

pytestmark = pytest.mark.timeout(900)

REPOSITORY = "/mnt/backup"
NEVER = {"backup_at": "2099-01-01", "backup_test_at": "2099-01-01"}
"""Tests make backups when they want one, at whatever hour they run."""
SECRET = {"backup_repository": REPOSITORY, "backup_password": "four lenses and a strap", **NEVER}
BOTH = "systemctl start camspool-backup && systemctl start camspool-backup-test"
MADE_UP = "cat /etc/camspool/admin.password"


def backup_part(gateway: Gateway) -> dict[str, Any]:
    parts = json.loads(gateway.machine.run("camspool status --json", check=False).stdout)["parts"]
    return next(part for part in parts if part["name"] == "backup")


def is_let_in(gateway: Gateway, password: str) -> bool:
    try:
        log_in(gateway, "admin", password)
    except HTTPError:
        return False
    return True


@pytest.mark.each_debian
def test_backups_are_made_tested_and_told_of(gateway: Gateway) -> None:
    machine = gateway.machine
    assert "No backup is set" in backup_part(gateway)["sentence"]
    refused = gateway.operator.play("--tags", "backup", backup_repository=REPOSITORY)
    assert refused.status != 0 and "backup_password, needs at least 12" in refused.flat, refused.said
    gateway.operator.variables |= SECRET
    set_up = gateway.operator.play("--tags", "base,backup")
    assert set_up.status == 0 and str(SECRET["backup_password"]) not in set_up.said, set_up.said
    assert "No backup was made yet" in backup_part(gateway)["sentence"]
    machine.run(BOTH, timeout_s=180)
    part = backup_part(gateway)
    assert part["state"] == "good" and "tested" in part["sentence"], part
    again = gateway.operator.play("--tags", "backup")
    assert again.counts["changed"] == 0, again.said
    # What is stored is damaged: the next test says so.
    machine.run(f"find {REPOSITORY}/data -type f -exec truncate -s 100 {{}} +")
    assert machine.run("systemctl start camspool-backup-test", check=False, timeout_s=180).returncode != 0
    assert backup_part(gateway)["state"] == "bad" and "cannot be trusted" in backup_part(gateway)["sentence"]
    machine.run(f"rm -r {REPOSITORY}/* && camspool-backup prepare")
    machine.run(BOTH, timeout_s=180)
    assert backup_part(gateway)["state"] == "good", backup_part(gateway)


def test_a_host_that_was_lost_gets_everything_back_beside_what_it_has(gateway: Gateway) -> None:
    machine, operator = gateway.machine, gateway.operator
    machine.run('camspool camera add "Gate North"')
    names = gateway.send_many(4)
    gateway.await_accepted(*names)
    password = machine.said(MADE_UP)
    machine.run("systemctl start camspool-backup", timeout_s=180)
    before = {sidecar["id"] for sidecar in gateway.sidecars()}
    account = machine.said("cat /srv/camspool/accounts/hashes/passwd")
    gone = operator.play(playbook="uninstall.yml", uninstall_spool="gateway")
    assert gone.status == 0 and not gateway.sidecars(), gone.said
    # As on another machine, where users have other numbers.
    machine.run("useradd --system --no-create-home somebody")
    anew = operator.play()
    assert anew.status == 0, anew.said
    assert not is_let_in(gateway, password)
    gateway.send_photo("of-the-new-host.jpg")
    gateway.await_accepted("of-the-new-host.jpg")
    back = operator.play(playbook="restore.yml")
    assert back.status == 0 and " 0 names that do not add up" in back.flat, back.said
    found = {sidecar["id"] for sidecar in gateway.sidecars()}
    assert before < found and "of-the-new-host.jpg" in gateway.accepted()
    assert machine.said("find /srv/camspool /etc/camspool -nouser -o -nogroup") == ""
    assert machine.said("cat /srv/camspool/accounts/hashes/passwd") == account
    assert machine.run("camspool audit", check=False).returncode == 0
    assert wait_until(lambda: is_let_in(gateway, password), 60)
    assert not (machine.root / "srv/camspool/.restore").exists()
    gateway.proves_itself()
