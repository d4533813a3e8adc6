"""Photos that were left to an archive come back from there, and everything else from the backup."""

from pathlib import Path

import pytest

from tests.host.gateway import wait_until
from tests.host.telling import Telling
from tests.host.test_78_backups import SECRET
from tests.host.test_80_taken_hosts import deployed, host_of

pytestmark = pytest.mark.timeout(1200, func_only=True)

ARCHIVE = {"kind": "archive", "remote": "/mnt/archive"}


def test_photos_come_back_from_the_archive(
    checkout: Path, tmp_path_factory: pytest.TempPathFactory, telling: Telling
) -> None:
    with host_of("trixie", checkout, tmp_path_factory.mktemp("archived")) as operator:
        machine = operator.machine
        operator.variables |= SECRET
        deployed(operator, operator.play())
        machine.run("install -d -o camspool-outbox /mnt/archive")
        operator.variables |= {"outbox_targets": {"store": ARCHIVE}, "backup_accepted": False}
        gateway = deployed(operator, operator.play("--tags", "ingest,outbox,backup"))
        gateway.await_accepted(*gateway.send_many(12))
        before = {sidecar["id"] for sidecar in gateway.sidecars()}
        waiting = "ls /srv/camspool/outbox/store | grep -c Z || true"
        assert wait_until(lambda: machine.said(waiting) == "0" and len(archived(machine.root)) >= 24, 120)
        machine.run("systemctl start camspool-backup", timeout_s=300)
        assert "accepted" not in machine.said("camspool-backup restic ls latest | grep 'accepted/.*jpg' || true")
        gone = operator.play(playbook="uninstall.yml", uninstall_spool="gateway")
        assert gone.status == 0, gone.said
        machine.run("useradd --system --no-create-home somebody")
        anew = operator.play()
        assert anew.status == 0, anew.said
        refused = operator.play(playbook="restore.yml", restore_archive="elsewhere")
        assert refused.status != 0 and "expected the name of an archive in outbox_targets (store)" in refused.flat
        back = operator.play(playbook="restore.yml", restore_archive="store")
        telling.add("restore, photos from the archive", back)
        assert back.status == 0 and " 0 names that do not add up" in back.flat, back.said
        assert {sidecar["id"] for sidecar in gateway.sidecars()} == before
        assert machine.said("find /srv/camspool -nouser -o -nogroup") == ""
        assert machine.said("find /srv/camspool/accepted -user root") == ""
        gateway.proves_itself()


def archived(root: Path) -> list[Path]:
    return [file for file in (root / "mnt/archive").rglob("accepted/*/*/*") if file.is_file()]
