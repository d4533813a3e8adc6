"""A deployed gateway as tests meet it: cameras that upload from outside, and what the spool says of it inside."""

import json
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from ingest.ftps.sender import FtpsServer, upload
from ingest.simulation.photos import simulated_imei, willfine_photo
from tests.host.machine import Machine
from tests.host.playbook import Operator, Run

_SEEDS = count(1)


@dataclass
class Gateway:
    """One host, its operator, how the first deployment went, and the figures that are reported at the end."""

    machine: Machine
    operator: Operator
    first: Run
    figures: dict[str, str] = field(default_factory=dict)

    def server(self, *, implicit: bool = False, account: str = "camera", password: str = "") -> FtpsServer:
        """Return one of the two ports as a camera has it typed in; the password is the present one unless given."""
        known = password or str(self.operator.variables["ftps_password"])
        return FtpsServer(self.machine.address, 990 if implicit else 21, implicit, account, known)

    def send_photo(self, name: str, server: FtpsServer | None = None) -> None:
        """Upload a photo that will be accepted. Raise UploadError when it is not acknowledged."""
        upload(server or self.server(), name, new_photo())

    def send_many(self, number: int, at_once: int = 8) -> list[str]:
        """Upload photos over both ports at the same time; return their names."""
        names = [f"many-{next(_SEEDS)}.jpg" for _ in range(number)]
        with ThreadPoolExecutor(at_once) as cameras:
            list(cameras.map(lambda at: self.send_photo(names[at], self.server(implicit=at % 2 == 1)), range(number)))
        return names

    def sidecars(self, verdict: str = "accepted") -> list[dict[str, Any]]:
        """Return the sidecars of a verdict, but for those of the host's own test photos."""
        folder = self.machine.root / "srv/camspool" / verdict
        found: list[dict[str, Any]] = []
        for file in folder.rglob("*.json"):
            # The canary deletes its photos again, perhaps just now.
            with suppress(FileNotFoundError):
                if is_committed(file):
                    found.append(json.loads(file.read_text("utf-8")))
        return [sidecar for sidecar in found if sidecar["camera_id"] != "canary"]

    def accepted(self) -> set[str]:
        """Return the upload paths of what was accepted."""
        return {sidecar["upload_path"] for sidecar in self.sidecars()}

    def await_accepted(self, *names: str, patience_s: float = 90) -> None:
        """Return when all of these are accepted."""
        missing: set[str] = set()

        def look() -> bool:
            missing.clear()
            missing.update(set(names) - self.accepted())
            return not missing

        assert wait_until(look, patience_s), f"no verdict for {sorted(missing)[:5]}, {len(missing)} in all"

    def proves_itself(self) -> None:
        """A photo over each port still gets through."""
        for implicit in (False, True):
            name = f"proof-{next(_SEEDS)}.jpg"
            self.send_photo(name, self.server(implicit=implicit))
            self.await_accepted(name)

    def state(self) -> str:
        """Return what must not change when a deployment fails: release, settings, units, rules, listening ports."""
        return self.machine.said(
            "readlink /opt/camspool/current; cd /etc; sha256sum camspool/* camspool/tls/* pam.d/camspool-ftps"
            " nginx/sites-enabled/* fail2ban/*.d/camspool* 2>/dev/null; nft list table inet camspool;"
            " systemctl is-active camspool-watch camspool-ftps.socket camspool-webadmin nginx fail2ban;"
            " systemctl show -p MainPID camspool-watch camspool-webadmin; ls /opt/camspool/releases"
        )


def is_committed(sidecar: Any) -> bool:
    """Say whether the file that a sidecar belongs to has arrived beside it."""
    return bool(sidecar.with_suffix("").exists())


def new_photo() -> bytes:
    """Return a photo that has never been sent before."""
    seed = next(_SEEDS)
    taken = datetime.now(UTC).replace(tzinfo=None) - timedelta(seconds=seed)
    return willfine_photo(simulated_imei(seed % 50), taken, 52.098737, 5.125504, seed=time.time_ns() + seed)


def wait_until(look: Callable[[], bool], patience_s: float) -> bool:
    """Look until it is so, or patience ends."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if look():
            return True
        time.sleep(0.2)
    return look()


def certificate_serial(text: str) -> str:
    """Return the serial number that `openssl x509 -serial` printed."""
    found = re.search(r"serial=([0-9A-F]+)", text)
    assert found, text
    return found[1]
