"""A gateway with one target that is a web server: real photos get their verdicts, and the real command carries them."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.simulation.photos import simulated_imei, willfine_name, willfine_photo
from ingest.spool.deliveries import Delivery, done_days, done_on
from ingest.spool.names import LOCAL, incoming_name
from ingest.spool.outbox import marked_ids
from ingest.spool.stamp import new_id
from tests.integration.gateway import process
from tests.integration.watching import CAMSPOOL, drain
from tests.samples.willfine import POSITION, WHEN
from tests.spools import make_spool


@dataclass
class WebGateway:
    """A spool, and the settings file that names its targets."""

    root: Path

    @property
    def settings_file(self) -> Path:
        """Where the settings are."""
        return self.root.parent / "camspool.toml"

    def set(self, name: str, **keys: Any) -> None:
        """Set one target more, or this one anew."""
        file = self.root.parent / f"{name}.target"
        lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items())
        file.write_text(f"[targets.{name}]\n{lines}", "utf-8")
        tables = (one.read_text("utf-8") for one in sorted(self.root.parent.glob("*.target")))
        self.settings_file.write_text("".join(tables), "utf-8")

    def take(self, count: int) -> dict[str, bytes]:
        """Let photos come and get their verdicts; return their bytes by their ids."""
        taken = {}
        for number in range(count):
            item_id = new_id()
            taken[item_id] = willfine_photo(
                simulated_imei(1), WHEN, *POSITION, size=(160, 120), seed=int(item_id[9:15] + item_id[16:22]) + number
            )
            name = incoming_name(item_id, LOCAL, willfine_name(7).encode())
            (self.root / "incoming" / name).write_bytes(taken[item_id])
        drain(self.root, "--config", str(self.settings_file))
        return taken

    def outbox(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `camspool outbox`."""
        command = [CAMSPOOL, "--root", str(self.root), "--config", str(self.settings_file), "outbox", *words]
        return subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)

    def carry(self, name: str) -> str:
        """Let what waits go now, once; return what the list says of a target then."""
        self.outbox("resume", name)
        carried = self.outbox("deliver", "--once")
        assert carried.returncode in (0, 1), carried.stderr
        return self.said(name)

    def said(self, name: str) -> str:
        """What the list says of a target."""
        listed = json.loads(self.outbox("list", "--json").stdout)
        return next(str(one["said"]) for one in listed if one["name"] == name)

    @contextmanager
    def service(self) -> Iterator[subprocess.Popen[bytes]]:
        """Run the outbox service while the block lasts."""
        words = [CAMSPOOL, "--root", str(self.root), "--config", str(self.settings_file), "outbox", "deliver"]
        with process(words, self.root.parent) as running:
            yield running

    def waiting(self, name: str) -> list[str]:
        """The ids of what still has to go."""
        return marked_ids(self.root, name)

    def done(self, name: str) -> list[Delivery]:
        """Every answer of a target."""
        return [one for day in done_days(self.root, name) for one in done_on(self.root, name, day)]


def web_gateway(folder: Path) -> WebGateway:
    """Return a gateway without targets."""
    return WebGateway(make_spool(folder))
