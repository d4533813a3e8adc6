"""Tells systemd and the pages that the watcher lives: called after a scan, and within a long one."""

import json
import os
import socket
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

FILE = Path("cache/watcher.json")


@dataclass(frozen=True)
class Heartbeat:
    """What the watcher knows of itself. `at` is UTC text; `oldest` the id of the item that waits longest.

    `out_of_reach` has sentences on files that lie in the spool and cannot be taken. What follows it is a
    `tally.Tally` since the start.
    """

    pid: int
    version: str
    started_at: str
    at: str
    waiting: int
    arriving: int
    oldest: str | None
    decided: int
    trouble: str | None
    broken_profiles: dict[str, str]
    out_of_reach: list[str] = field(default_factory=list)
    verdicts: dict[str, int] = field(default_factory=dict)
    verdict_slots: list[int] = field(default_factory=list)
    verdict_sum_s: float = 0.0


def write_heartbeat(root: Path, heartbeat: Heartbeat) -> None:
    """Write the heartbeat for `camspool status` and the admin. A full disk must not stop the watcher here."""
    file = root / FILE
    aside, text = file.with_suffix(".new"), json.dumps(asdict(heartbeat)).encode()
    try:
        aside.write_bytes(text)
        aside.replace(file)
    except OSError:
        # What is there already can be overwritten where nothing new has room: "it waits" must not stay unsaid.
        with suppress(OSError), file.open("r+b") as kept:
            kept.write(text.ljust(file.stat().st_size))


def read_heartbeat(root: Path) -> Heartbeat | None:
    """Return the last heartbeat, None when there is none that can be read."""
    try:
        return Heartbeat(**json.loads((root / FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def notify(message: str) -> None:
    """Send systemd a message such as `READY=1` (sd_notify(3)); nothing happens without systemd."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
        channel.connect(f"\0{address[1:]}" if address.startswith("@") else address)
        channel.sendall(message.encode())
