"""Control groups of its own for each host: two in one group would take each other's services for their own."""

import contextlib
import os
from pathlib import Path

_ENTER = 'while [ "$1" != -- ]; do echo $$ >"$1/cgroup.procs"; shift; done; shift; exec "$@"'


def in_own_groups(name: str) -> list[str]:
    """Make a host's control groups; return the words to put before the command that is to run in them."""
    folders = _folders(name)
    for folder in folders:
        folder.mkdir(exist_ok=True)
    return ["sh", "-c", _ENTER, "sh", *map(str, folders), "--"]


def remove_groups(name: str) -> None:
    """Remove a host's control groups; one that a process still is in stays."""
    for top in _folders(name):
        for folder, _, _ in os.walk(top, topdown=False):
            with contextlib.suppress(OSError):
                Path(folder).rmdir()


def _folders(name: str) -> list[Path]:
    """Return where they lie: below this process's own, in the hierarchies that systemd keeps services in."""
    mounts = Path("/sys/fs/cgroup")
    unified = mounts / "unified" if (mounts / "unified").is_dir() else mounts
    places = {"": unified, "name=systemd": mounts / "systemd"}
    found = [line.split(":", 2)[1:] for line in Path("/proc/self/cgroup").read_text("utf-8").splitlines()]
    return [places[controllers] / path.strip("/") / name for controllers, path in found if controllers in places]
