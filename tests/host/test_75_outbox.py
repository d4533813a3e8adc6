"""The way out of a host: its own user carries what was accepted to targets, and reaches nothing else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.host.gateway import Gateway, wait_until

pytestmark = [pytest.mark.each_debian, pytest.mark.timeout(900, func_only=True)]

SECRET = "hush-4711"
TARGETS = {
    "archive": {"kind": "archive", "remote": "/mnt/archive", "config_file": "/etc/camspool/targets/archive"},
    "nas": {"kind": "folder", "folder": "/mnt/the nas/100%", "pattern": "{camera}/{name}"},
}
UNIT = "/etc/systemd/system/camspool-outbox.service"
PATIENCE_S = 90.0


@pytest.fixture(scope="module")
def outbox(gateway: Gateway) -> Iterator[Gateway]:
    """The gateway with an archive on another disk and a folder of programs, which it gets by a second run."""
    gateway.machine.run(
        "mkdir -p /mnt/archive '/mnt/the nas/100%' && chown camspool-outbox /mnt/archive '/mnt/the nas/100%'"
    )
    gateway.operator.variables |= {
        "outbox_targets": dict(TARGETS),
        "outbox_secrets": {"archive": f"[elsewhere]\ntype = s3\nsecret_access_key = {SECRET}\n"},
        "ingest_gateway": "river",
    }
    set_up = gateway.operator.play("--tags", "ingest,outbox")
    assert set_up.status == 0, set_up.said
    assert SECRET not in set_up.said
    yield gateway
    for name in ("outbox_targets", "outbox_secrets", "ingest_gateway"):
        gateway.operator.variables.pop(name, None)


def spool(gateway: Gateway) -> Path:
    return gateway.machine.root / "srv/camspool"


def accepted_item(gateway: Gateway, name: str) -> dict[str, Any]:
    """Upload a photo; return the sidecar that it got."""
    gateway.send_photo(name)
    gateway.await_accepted(name)
    return next(sidecar for sidecar in gateway.sidecars() if sidecar["upload_path"] == name)


def answers(gateway: Gateway, target: str, item: dict[str, Any]) -> list[str]:
    """Return what came of an item at a target."""
    day = f"{item['id'][:4]}-{item['id'][4:6]}-{item['id'][6:8]}"
    try:
        lines = (spool(gateway) / "outbox" / target / "done" / f"{day}.jsonl").read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [answer["outcome"] for answer in map(json.loads, lines) if answer["id"] == item["id"]]


def await_delivered(gateway: Gateway, target: str, item: dict[str, Any]) -> None:
    # At least once: who is killed between the answer and its mark sends again.
    assert wait_until(lambda: set(answers(gateway, target, item)) == {"delivered"}, PATIENCE_S), gateway.machine.said(
        f"cat /srv/camspool/outbox/{target}/.outlook.json; journalctl -u camspool-outbox -n 20 -o cat"
    )


def copies(gateway: Gateway, folder: str, item: dict[str, Any]) -> list[str]:
    """Return the files in a folder of the host that have the bytes of an item."""
    found = gateway.machine.said(f"find '{folder}' -type f -exec sha256sum {{}} +").splitlines()
    return [line.partition("  ")[2] for line in found if line.startswith(item["sha256"])]


def as_outbox(gateway: Gateway) -> str:
    """Return the words before a command that is to run as, and where, the service does."""
    pid = gateway.machine.said("systemctl show --value -p MainPID camspool-outbox")
    return f"nsenter -t {pid} -m setpriv --reuid camspool-outbox --regid camspool-outbox --init-groups"


def test_a_photo_arrives_at_every_target_and_its_marks_go(outbox: Gateway) -> None:
    item = accepted_item(outbox, "way-out.jpg")
    for target in TARGETS:
        await_delivered(outbox, target, item)
        mark = spool(outbox) / "outbox" / target / item["id"]
        assert wait_until(lambda mark=mark: not mark.exists(), 30)  # type: ignore[misc]
    (archived,) = copies(outbox, "/mnt/archive", item)
    assert archived.startswith("/mnt/archive/river/accepted/")
    assert len(copies(outbox, "/mnt/the nas/100%", item)) == 1


def test_a_second_run_leaves_it_running_as_it_is(outbox: Gateway) -> None:
    pid = outbox.machine.said("systemctl show --value -p MainPID camspool-outbox")
    second = outbox.operator.play("--tags", "ingest,outbox")
    assert second.status == 0 and second.counts["changed"] == 0, second.said
    assert outbox.machine.said("systemctl show --value -p MainPID camspool-outbox") == pid


def test_it_runs_as_its_own_user_and_writes_where_its_targets_are_only(outbox: Gateway) -> None:
    run, service = outbox.machine.run, as_outbox(outbox)
    assert outbox.machine.said("ps -o user:32= -C rclone,camspool | sort -u").split() == ["camspool", "camspool-outbox"]
    for folder in ("/srv/camspool/outbox/nas", "/mnt/archive", "/mnt/the nas/100%"):
        run(f'{service} sh -c \'touch "{folder}/proof" && rm "{folder}/proof"\'')
    for folder in ("accepted", "rejected", "incoming", "uploads", "connections", "cameras", "cache", "requests"):
        assert run(f"{service} touch /srv/camspool/{folder}/x", check=False).returncode != 0, folder
    assert run(f"{service} touch /mnt/x /etc/camspool/targets/x", check=False).returncode != 0


def test_it_knows_the_secrets_of_targets_and_no_other(outbox: Gateway) -> None:
    run, service = outbox.machine.run, as_outbox(outbox)
    assert SECRET in run(f"{service} cat /etc/camspool/targets/archive").stdout
    for secret in ("ftps.password", "ftps.passwd", "tls/key.pem", "admins", "admin.secret", "admin.password"):
        assert run(f"{service} cat /etc/camspool/{secret}", check=False).returncode != 0, secret
    assert run(f"{service} ls /srv/camspool/accounts", check=False).returncode != 0
    for user in ("camspool", "camspool-web", "camspool-ftps", "www-data"):
        as_user = f"setpriv --reuid {user} --regid {user} --init-groups"
        assert run(f"{as_user} cat /etc/camspool/targets/archive", check=False).returncode != 0, user


def test_the_admin_reads_the_outbox_and_cannot_write_there(outbox: Gateway) -> None:
    pid = outbox.machine.said("systemctl show --value -p MainPID camspool-webadmin")
    as_admin = f"nsenter -t {pid} -m setpriv --reuid camspool-web --regid camspool-web --init-groups"
    read = outbox.machine.said(f"{as_admin} sh -c 'cat /srv/camspool/outbox/*/done/*.jsonl'")
    assert '"delivered"' in read
    assert outbox.machine.run(f"{as_admin} touch /srv/camspool/outbox/nas/x", check=False).returncode != 0


def test_no_other_service_has_the_host_s_network(outbox: Gateway) -> None:
    def network(unit: str) -> str:
        pid = outbox.machine.said(f"systemctl show --value -p MainPID {unit}")
        return outbox.machine.said(f"readlink /proc/{pid}/ns/net")

    host = outbox.machine.said("readlink /proc/1/ns/net")
    assert network("camspool-outbox") == host
    assert network("camspool-watch") != host and network("camspool-webadmin") != host


def test_what_was_accepted_while_it_was_away_goes_when_it_is_back(outbox: Gateway) -> None:
    outbox.machine.run("systemctl stop camspool-outbox")
    item = accepted_item(outbox, "while-it-was-away.jpg")
    assert all((spool(outbox) / "outbox" / target / item["id"]).exists() for target in TARGETS)
    outbox.machine.run("systemctl start camspool-outbox && systemctl kill --signal=KILL camspool-outbox")
    for target in TARGETS:
        await_delivered(outbox, target, item)


def test_verify_looks_at_it_where_there_are_targets(outbox: Gateway) -> None:
    found = outbox.operator.play(playbook="verify.yml")
    assert found.status == 0, found.said
    assert "camspool-outbox.service is active" in found.said
    level = found.said.partition("exposure of camspool-outbox.service: ")[2].split('"')[0]
    outbox.figures["exposure of camspool-outbox.service"] = level
    assert float(level) <= 1.5


def test_without_targets_it_stops_and_what_waits_keeps_its_marks(outbox: Gateway) -> None:
    outbox.machine.run("systemctl stop camspool-outbox")
    item = accepted_item(outbox, "waits.jpg")
    changed = outbox.operator.play("--tags", "ingest,outbox", outbox_targets={})
    assert changed.status == 0, changed.said
    assert outbox.machine.run("systemctl is-active camspool-outbox", check=False).stdout.strip() == "inactive"
    assert not outbox.machine.said(f"ls -d {UNIT} {UNIT}.d 2>/dev/null; systemctl list-units --no-legend '*outbox*'")
    assert all((spool(outbox) / "outbox" / target / item["id"]).exists() for target in TARGETS)
    outbox.proves_itself()
    del outbox.operator.variables["outbox_targets"]["nas"]
    back = outbox.operator.play("--tags", "ingest,outbox")
    assert back.status == 0, back.said
    assert "the nas" not in outbox.machine.said(f"cat {UNIT}.d/targets.conf")
    await_delivered(outbox, "archive", item)
    assert (spool(outbox) / "outbox/nas" / item["id"]).exists()


def test_a_target_that_cannot_be_is_said_before_anything_changes(outbox: Gateway) -> None:
    before = outbox.state()
    for targets, told in (
        ({"nas": {"kind": "folder", "folder": "/home/traps"}}, "cannot put anything into /home/traps"),
        ({"nas": {"folder": "/mnt/nas"}}, "has no kind"),
        ({"nas": {"kind": "folder", "folder": "traps"}}, "folder is 'traps'; expected a path that starts with /."),
    ):
        refused = outbox.operator.play("--tags", "ingest,outbox", outbox_targets=targets)
        assert refused.status != 0 and told in refused.flat, refused.said
    named = outbox.operator.play("--tags", "outbox", outbox_secrets={"../x": SECRET})
    assert named.status != 0 and "expected for each a file's name" in named.flat, named.said
    assert SECRET not in named.said
    assert outbox.state() == before
