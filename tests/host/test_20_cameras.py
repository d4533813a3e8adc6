"""What arrives from outside, through the firewall."""

import json
import shlex
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from ingest.ftps.sender import UploadError, upload
from tests.host.gateway import Gateway, new_photo, wait_until
from tests.reconyx import PROFILE, SERIAL, hyperfire_photo

NORTH = "north-camera-secret"

pytestmark = [pytest.mark.each_debian, pytest.mark.timeout(600)]


def test_two_hundred_uploads_over_both_ports_are_all_accepted(gateway: Gateway) -> None:
    began = time.monotonic()
    names = gateway.send_many(200)
    gateway.figures["200 uploads, 8 at once"] = f"{time.monotonic() - began:.1f} s"
    gateway.await_accepted(*names, patience_s=60)
    clients = {sidecar["client"] for sidecar in gateway.sidecars() if sidecar["upload_path"] in names}
    assert clients == {gateway.machine.outside}
    # An audit counts a connection once it has been folded.
    assert wait_until(lambda: gateway.machine.run("camspool audit", check=False).returncode == 0, 60)


def test_a_makernote_is_read_in_the_watchers_sandbox(gateway: Gateway) -> None:
    folder = "/etc/camspool/profiles/reconyx"
    gateway.machine.run(f"install -d {folder} && printf %s {shlex.quote(PROFILE)} > {folder}/profile.toml")
    upload(gateway.server(), "IMG_0001.JPG", hyperfire_photo())
    gateway.await_accepted("IMG_0001.JPG")
    (sidecar,) = (one for one in gateway.sidecars() if one["upload_path"] == "IMG_0001.JPG")
    assert (sidecar["camera_id"], sidecar["captured_at"]) == (SERIAL, "2026-11-21T01:15:30")
    gateway.machine.run(f"rm -r {folder}")


@pytest.fixture(scope="module")
def former_password(gateway: Gateway) -> str:
    """Deploy a second account, an address that is never banned, and a new password beside the former; return that."""
    former = str(gateway.operator.variables["ftps_password"])
    gateway.operator.variables |= {
        "ftps_accounts": [{"name": "north", "password": NORTH}],
        "fail2ban_allow": [f"{gateway.machine.subnet}.67"],
        "ftps_password": "a-new-password-7",
        "ftps_password_old": former,
    }
    changed = gateway.operator.play("--tags", "ftps,fail2ban")
    assert changed.status == 0, changed.said
    return former


@pytest.mark.usefixtures("former_password")
def test_a_second_account_serves_one_camera(gateway: Gateway) -> None:
    gateway.send_photo("north.jpg", gateway.server(account="north", password=NORTH))
    gateway.await_accepted("north.jpg")
    (sidecar,) = (one for one in gateway.sidecars() if one["upload_path"] == "north.jpg")
    assert sidecar["account"] == "north"
    gateway.proves_itself()


def test_the_former_password_holds_until_every_camera_has_moved(gateway: Gateway, former_password: str) -> None:
    for password in (former_password, gateway.server().password):
        for implicit in (False, True):
            upload(gateway.server(implicit=implicit, password=password), "rotation.jpg", new_photo())
    # Every camera has moved: the former one goes.
    gateway.operator.variables["ftps_password_old"] = ""
    assert gateway.operator.play("--tags", "ftps").status == 0
    with pytest.raises(UploadError, match="530"):
        upload(gateway.server(password=former_password), "too-late.jpg", new_photo())
    gateway.proves_itself()


@pytest.mark.usefixtures("former_password")
def test_strangers_are_banned_and_cameras_that_try_again_are_not(gateway: Gateway) -> None:
    machine = gateway.machine
    stranger, office = f"{machine.subnet}.66", f"{machine.subnet}.67"
    for address in (stranger, office):
        subprocess.run(["ip", "address", "add", f"{address}/24", "dev", f"ve-{machine.name}"], check=True)
    machine.run("camspool camera add Gate")
    # Cameras with a wrong password, behind one address: four times what bans a stranger. The office is on the allow
    # list.
    attempts = [(machine.outside, "camera")] * 20 + [(machine.outside, "gate")] * 20
    attempts += [(office, "admin")] * 12 + [(stranger, "admin")] * 12
    with ThreadPoolExecutor(16) as callers:
        list(callers.map(lambda attempt: _attempt(machine.address, *attempt), attempts))
    assert wait_until(lambda: stranger in machine.said("fail2ban-client status camspool-stranger"), 60)
    assert wait_until(lambda: _connect(machine.address, stranger) != 0, 60)
    assert wait_until(
        lambda: machine.said("journalctl -u camspool-watch -o cat").count(f"refused to {office}") >= 12, 60
    )
    banned = machine.said("fail2ban-client banned")
    assert machine.outside not in banned and office not in banned
    gateway.proves_itself()
    machine.run("fail2ban-client unban --all")


def _attempt(address: str, source: str, account: str) -> None:
    words = ["curl", "-sk", "--ssl-reqd", "--tls-max", "1.2", "--interface", source, "--max-time", "20"]
    words += ["--user", f"{account}:wrong-password", f"ftp://{address}/"]
    subprocess.run(words, capture_output=True, check=False)


def _connect(address: str, source: str) -> int:
    words = ["curl", "-sk", "--interface", source, "--connect-timeout", "2", f"telnet://{address}:21"]
    try:
        return subprocess.run(words, input=b"QUIT\r\n", capture_output=True, timeout=10, check=False).returncode
    except subprocess.TimeoutExpired:
        # It got in, and the ban came then: its packets go nowhere.
        return 0


def test_what_a_connection_was_is_told(gateway: Gateway) -> None:
    gateway.send_photo("told.jpg", gateway.server(implicit=True))
    gateway.await_accepted("told.jpg")
    (sidecar,) = (one for one in gateway.sidecars() if one["upload_path"] == "told.jpg")

    def is_folded() -> bool:
        records = json.loads(gateway.machine.said("camspool connections --json"))
        return any(record["id"] == sidecar["connection"] and record["mode"] == "implicit" for record in records)

    assert wait_until(is_folded, 60)
