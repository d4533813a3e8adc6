"""Plays a part of the playbook for real, on this machine: with folders and a systemd of its own, which vanish after it.

The host tests play the whole on a booted Debian; this is for what they take ten minutes to reach.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
ANSIBLE = REPOSITORY / "ansible"
PROGRAMS = Path(sys.executable).parent
_SHADOWED = """set -e
mount -t tmpfs none "$1"
for folder in etc opt usr/local; do
    mkdir -p "$1/$folder/upper" "$1/$folder/work"
    test -d "/$folder" || continue
    mount -t overlay none -o "lowerdir=/$folder,upperdir=$1/$folder/upper,workdir=$1/$folder/work" "/$folder"
done
mkdir -p /etc/camspool /opt/camspool/releases
shift
exec "$@"
"""
_SYSTEMCTL = """#!/bin/sh
# Knows the watcher only: it starts when the release in force says so.
case "$*" in
    *show*) printf 'Id=camspool-watch.service\\nLoadState=loaded\\nActiveState=active\\nUnitFileState=enabled\\n' ;;
    *is-enabled*) echo enabled ;;
    *restart*|*start*) /opt/camspool/current/bin/camspool start-the-watcher ;;
esac
"""


@dataclass(frozen=True)
class Played:
    """How some steps ended: each step's exit status and all that was printed, last."""

    statuses: tuple[int, ...]
    said: str


def put_release(folder: Path, name: str, script: str) -> None:
    """Write a release whose command is a shell script; `$*` is what it was asked."""
    command = folder / name / "bin" / "camspool"
    command.parent.mkdir(parents=True)
    command.write_text(f"#!/bin/sh\n{script}\n")
    command.chmod(0o755)


def play(folder: Path, steps: list[list[str]]) -> Played:
    """Run commands one after the other on a machine whose /etc, /opt and /usr/local are not this machine's own."""
    (folder / "bin").mkdir()
    systemctl = folder / "bin" / "systemctl"
    systemctl.write_text(_SYSTEMCTL)
    systemctl.chmod(0o755)
    (folder / "shadow").mkdir()
    lines = "".join(f"{subprocess.list2cmdline(step)}; echo status=$?\n" for step in steps)
    words = ["unshare", "--mount", "sh", "-c", _SHADOWED, "sh", str(folder / "shadow"), "sh", "-c", lines]
    environment = {
        **os.environ,
        "PATH": f"{folder / 'bin'}:{PROGRAMS}:{os.environ['PATH']}",
        "ANSIBLE_ROLES_PATH": str(ANSIBLE / "roles"),
        "ANSIBLE_LOCAL_TEMP": str(folder / "ansible-tmp"),
        "NO_COLOR": "1",
    }
    done = subprocess.run(words, capture_output=True, text=True, timeout=240, check=False, env=environment)
    statuses = [int(line.partition("=")[2]) for line in done.stdout.splitlines() if line.startswith("status=")]
    return Played(tuple(statuses), done.stdout + done.stderr)


def put_playbook(folder: Path, name: str, tasks: list[str], variables: dict[str, Any]) -> list[str]:
    """Write a playbook of some of the ingest role's tasks; return the command that plays it here."""
    (folder / "ansible").mkdir(exist_ok=True)
    systemd = folder / "systemd"
    if not systemd.exists():
        systemd.symlink_to(REPOSITORY / "systemd")
    content = {
        "hosts": "localhost",
        "connection": "local",
        "gather_facts": False,
        "vars": {**_defaults(), "ansible_python_interpreter": sys.executable, **variables},
        "tasks": [{"ansible.builtin.include_role": {"name": "ingest", "tasks_from": task}} for task in tasks],
        "handlers": [{"name": "Restart the admin", "ansible.builtin.meta": "noop"}],
    }
    playbook = folder / "ansible" / f"{name}.yml"
    playbook.write_text(yaml.safe_dump([content]), "utf-8")
    return ["ansible-playbook", "-i", "localhost,", str(playbook)]


def _defaults() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for role in ("certificate", "ftps", "webadmin"):
        found |= yaml.safe_load((ANSIBLE / "roles" / role / "defaults" / "main.yml").read_text("utf-8"))
    return {name: value for name, value in found.items() if not name.endswith("_packages")}
