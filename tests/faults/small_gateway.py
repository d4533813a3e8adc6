"""A gateway whose spool lies on a small disk of its own, which a test can fill."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.ftps.listener import prepare_folders
from ingest.ftps.sender import upload
from ingest.spool.root import prepare_spool
from tests.faults.disks import MEGABYTE, new_disk
from tests.faults.scene import PROFILE, picture
from tests.integration.gateway import CAMSPOOL, Gateway, ftps, prepared_gateway

RESERVE = 6 * MEGABYTE


@dataclass(frozen=True)
class SmallGateway:
    """A gateway whose spool lies on a disk of its own, of 32 MB."""

    gateway: Gateway
    disk: Path

    @property
    def root(self) -> Path:
        """The spool root."""
        return self.gateway.root

    def send(self, number: int) -> None:
        """Upload one photo."""
        upload(self.gateway.explicit, f"{number}.jpg", picture(number))

    def status(self) -> dict[str, dict[str, str]]:
        """Return the parts of `camspool status` by name."""
        words = [CAMSPOOL, "--config", str(self.gateway.settings_file), "status", "--json"]
        done = subprocess.run(words, capture_output=True, check=False)
        return {part["name"]: part for part in json.loads(done.stdout)["parts"]}


@contextmanager
def small_gateway() -> Iterator[SmallGateway]:
    """Serve FTPS on both ports of a gateway on a disk of 32 MB, of which the reserve is kept free."""
    with prepared_gateway() as gateway, new_disk(gateway.folder, 32) as disk:
        root = disk.folder / "spool"
        root.mkdir()
        profile = gateway.folder / "profiles" / "faultcam" / "profile.toml"
        profile.parent.mkdir(parents=True)
        profile.write_text(PROFILE, "utf-8")
        text = gateway.settings_file.read_text("utf-8").replace(str(gateway.root), str(root))
        text = f'profiles = ["{gateway.folder / "profiles"}"]\n{text}\n[limits]\nreserve_bytes = {RESERVE}\n'
        gateway.settings_file.write_text(text, "utf-8")
        limits = replace(gateway.settings.limits, reserve_bytes=RESERVE)
        settings = replace(gateway.settings, root=root, limits=limits)
        prepare_spool(root)
        prepare_folders(settings)
        moved = replace(gateway, settings=settings)
        with ftps(moved):
            yield SmallGateway(moved, disk.folder)
