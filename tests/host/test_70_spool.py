"""What is kept, what is deleted, and a backup that brings everything back on another host."""

import ftplib
import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from ingest.ftps.sender import Sender, upload
from tests.host.gateway import Gateway, new_photo, wait_until
from tests.host.machine import booted
from tests.host.playbook import HOST, NEIGHBOUR, Operator

pytestmark = pytest.mark.timeout(900, func_only=True)


def rejected_names(gateway: Gateway) -> set[str]:
    return {sidecar["upload_path"] for sidecar in gateway.sidecars("rejected")}


@pytest.mark.each_debian
@pytest.mark.parametrize("task", ["retention", "audit", "canary"])
def test_every_timer_s_task_runs(gateway: Gateway, task: str) -> None:
    assert wait_until(lambda: gateway.machine.run("camspool audit", check=False).returncode == 0, 60)
    gateway.machine.run(f"systemctl start camspool-{task}.service")
    assert timers(gateway)["figures"][f"camspool-{task}"] == "success"


def timers(gateway: Gateway) -> dict[str, Any]:
    """Return what status says of that which runs by the clock."""
    parts = json.loads(gateway.machine.run("camspool status --json", check=False).stdout)["parts"]
    return next(part for part in parts if part["name"] == "timers")


@pytest.mark.each_debian
def test_a_canary_that_fails_shows_in_status_until_the_next_one_succeeds(gateway: Gateway) -> None:
    run = gateway.machine.run
    stop_canary(gateway)
    run("systemctl stop camspool-ftps.socket")
    try:
        assert run("systemctl start camspool-canary.service", check=False).returncode != 0
        failed = timers(gateway)
    finally:
        run("systemctl start camspool-ftps.socket camspool-canary.timer")
    assert failed["state"] == "bad" and "journalctl -u camspool-canary" in failed["sentence"], failed
    run("systemctl start camspool-canary.service")
    assert timers(gateway)["state"] != "bad"


def make_older(gateway: Gateway, name: str, days: int) -> None:
    """Let an item have arrived some days earlier: its id, its names and its folder tell when."""
    gateway.machine.run(
        f"""cd /srv/camspool && set -e
        sidecar=$(ls rejected/*/*/*-{name}.json) && item=${{sidecar%.json}} && base=${{item##*/}}
        past=$(date -u -d '{days} days ago' +%Y-%m-%d) && old=$(echo $past | tr -d -)${{base#????????}}
        reason=${{item#rejected/}} && reason=${{reason%%/*}} && folder=rejected/$reason/$past
        mkdir -p $folder && chown camspool:camspool $folder
        sed -i "s/${{base%-{name}}}/${{old%-{name}}}/" $sidecar
        mv $item $folder/$old && mv $sidecar $folder/$old.json"""
    )


@pytest.mark.each_debian
def test_retention_removes_what_is_due_and_nothing_else(gateway: Gateway) -> None:
    for name in ("due.txt", "due-tomorrow.txt", "fresh.txt"):
        upload(gateway.server(), name, b"not a photo, not a report")
    assert wait_until(lambda: {"due.txt", "due-tomorrow.txt", "fresh.txt"} <= rejected_names(gateway), 60)
    make_older(gateway, "due.txt", 32)
    make_older(gateway, "due-tomorrow.txt", 29)
    gateway.machine.run("systemctl stop camspool-watch && camspool reindex && systemctl start camspool-watch")
    accepted = gateway.accepted()
    gateway.machine.run("systemctl start camspool-retention.service")
    assert rejected_names(gateway) & {"due.txt", "due-tomorrow.txt", "fresh.txt"} == {"due-tomorrow.txt", "fresh.txt"}
    assert gateway.accepted() == accepted
    assert "due.txt" not in gateway.machine.said("find /srv/camspool/rejected")
    # Ids that were changed by hand do not add up in an audit; what is told of these connections goes.
    gateway.machine.run("sed -i '/due.txt/d; /due-tomorrow.txt/d' /srv/camspool/connections/*.jsonl")


def stop_canary(gateway: Gateway) -> None:
    """Send no more test photos; return when the last one has been deleted again.

    A start joins the test that its timer may have begun; what is started after this is one's own.
    """
    gateway.machine.run("systemctl stop camspool-canary.timer && systemctl start camspool-canary.service")


@pytest.mark.each_debian
def test_vsftpd_keeps_what_a_camera_deletes_and_a_cut_photo_waits_for_its_rest(gateway: Gateway) -> None:
    """The intake is built on the host, and its own vsftpd loads it within its sandbox."""
    deleted, cut = new_photo(), new_photo()
    with Sender(gateway.server()) as client:
        client.log_in()
        client.store(b"deleted.jpg", deleted)
        assert client.size("deleted.jpg") == len(deleted)
        client.delete("deleted.jpg")
        client.voidcmd("TYPE I")
        data = client.transfercmd("STOR cut.jpg")
        data.sendall(cut[: len(cut) // 2])
        data.close()
        with pytest.raises(ftplib.Error):
            client.voidresp()
        client.store(b"cut.jpg", cut)
    gateway.await_accepted("cut.jpg")
    assert wait_until(lambda: "deleted.jpg" in rejected_names(gateway), 90)
    assert {one["reason"] for one in gateway.sidecars("rejected") if one["upload_path"] == "deleted.jpg"} == {
        "withdrawn"
    }
    assert not gateway.machine.said("find /srv/camspool/partial -type f")


def test_flushing_can_be_turned_off_and_verify_knows_whether_it_should_be(gateway: Gateway) -> None:
    flushing = "grep CAMSPOOL_FLUSH= /etc/camspool/ftps.env"
    off = gateway.operator.play("--tags", "ftps", ftps_sync_uploads=False)
    assert off.status == 0 and gateway.machine.said(flushing).endswith("=0"), off.said
    checked = gateway.operator.play(playbook="verify.yml")
    assert "FAILED uploads are not on the disk" in checked.said
    on = gateway.operator.play("--tags", "ftps")
    assert on.status == 0 and gateway.machine.said(flushing).endswith("=1"), on.said


def test_what_a_former_release_did_to_uploads_is_taken_back(gateway: Gateway) -> None:
    """On the folder of all connections the attribute S makes each wait for all."""
    gateway.machine.run("chattr +S /srv/camspool/uploads")
    assert gateway.operator.play("--tags", "ftps").counts["changed"] == 1
    assert "S" not in gateway.machine.said("lsattr -d /srv/camspool/uploads").split()[0]
    assert gateway.operator.play("--tags", "ftps").counts["changed"] == 0
    gateway.proves_itself()


@pytest.fixture(scope="module")
def bare(gateway: Gateway, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """Another fresh host, in one inventory with the first, deployed by one run for both."""
    with booted(gateway.machine.suite, gateway.machine.user) as machine:
        operator = Operator(machine, gateway.operator.checkout, tmp_path_factory.mktemp("bare"), gateway.machine)
        operator.variables |= {name: gateway.operator.variables[name] for name in ("ftps_password", "ingest_wheels")}
        first = operator.play()
        assert first.status == 0, first.said
        yield Gateway(machine, operator, first)


def test_several_hosts_in_the_inventory_each_become_a_gateway(gateway: Gateway, bare: Gateway) -> None:
    assert bare.first.recap.keys() == {HOST, NEIGHBOUR}
    for name, one in ((HOST, bare), (NEIGHBOUR, gateway)):
        assert bare.first.recap[name]["failed"] == bare.first.recap[name]["unreachable"] == 0
        assert f"{name} is a gateway." in bare.first.said
        one.proves_itself()


def test_a_spool_restored_onto_a_bare_host_shows_the_same(gateway: Gateway, bare: Gateway) -> None:
    gateway.await_accepted(*gateway.send_many(5))
    # As the README says: a copy of the spool, a copy back, reindex.
    stop_canary(gateway)
    gateway.machine.run("systemctl stop camspool-watch")
    gateway.machine.run("tar -C /srv/camspool --exclude=./cache --exclude=./.lock -cf /root/backup.tar .")
    gateway.machine.run("systemctl start camspool-canary.timer camspool-watch")
    backup = gateway.machine.root / "root/backup.tar"
    subprocess.run(["cp", str(backup), str(bare.machine.root / "root/backup.tar")], check=True)
    stop_canary(bare)
    bare.machine.run("systemctl stop camspool-watch")
    bare.machine.run("rm -rf /srv/camspool/accepted /srv/camspool/rejected /srv/camspool/connections/*")
    bare.machine.run("tar -C /srv/camspool -xpf /root/backup.tar && systemd-tmpfiles --create --prefix=/srv/camspool")
    bare.machine.run("camspool reindex")
    bare.machine.run("systemctl start camspool-canary.timer camspool-watch")
    assert bare.accepted() >= gateway.accepted() != set()
    kept = (
        "cd /srv/camspool && find accepted rejected -type f ! -path '*/canary/*' -print0 | sort -z | xargs -0 sha256sum"
    )
    assert bare.machine.said(kept) == gateway.machine.said(kept)
    known, restored = index_rows(gateway), index_rows(bare)
    assert restored == known, f"missing {sorted(known - restored)[:5]}, too many {sorted(restored - known)[:5]}"
    bare.proves_itself()


def index_rows(gateway: Gateway) -> set[str]:
    """Return what the index, which the admin's pages are made of, knows of every item but the host's own tests."""
    query = (
        "import sqlite3; index = sqlite3.connect('file:/srv/camspool/cache/index.sqlite?mode=ro', uri=True);"
        "print(*index.execute('SELECT id, verdict, place, camera_id FROM items'), sep='\\n')"
    )
    rows = gateway.machine.said(f'/opt/camspool/current/bin/python -c "{query}"').splitlines()
    return {row for row in rows if not row.endswith("'canary')")}
