"""FTPS as a host serves it: systemd itself listens, with the limits of the shipped socket unit.

systemd runs here as a user's manager, with a /run and a control group of its own, so that nothing else on the machine
takes it for the system's. It goes first, as PID 1 does on a host, whose share of the processor is its own. The service
unit is the bare command: what a sandbox allows is for the tests of hosts.
"""

import os
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.ftps.listener import listen_command, write_configurations
from ingest.ftps.programs import LAUNCHER
from tests.integration.gateway import Gateway, is_listening, process, wait_until

REPOSITORY = Path(__file__).parents[2]
SOCKET = REPOSITORY / "systemd" / "camspool-ftps.socket"

_SERVICE = """\
[Unit]
CollectMode=inactive-or-failed
[Service]
ExecStart={words}
StandardInput=socket
StandardOutput=null
StandardError=null
SuccessExitStatus=1
Nice=0
"""
_TARGET = "[Unit]\nWants=camspool-ftps.socket\n"
_MANAGER = """\
set -eu
for hierarchy in /sys/fs/cgroup/systemd /sys/fs/cgroup/unified /sys/fs/cgroup; do
    [ -e "$hierarchy/cgroup.procs" ] || continue
    mkdir -p "$hierarchy/$NAME"
    echo $$ > "$hierarchy/$NAME/cgroup.procs"
done
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system /run/vsftpd/empty
exec /lib/systemd/systemd --user --log-target=console
"""


def limit(name: str) -> int:
    """Return a limit of the shipped socket unit."""
    found = re.search(rf"^{name}=(\d+)$", SOCKET.read_text("utf-8"), re.MULTILINE)
    assert found, f"{SOCKET} has no {name}"
    return int(found[1])


@contextmanager
def managed_ftps(gateway: Gateway) -> Iterator[None]:
    """Serve FTPS with explicit TLS as a host does."""
    settings = gateway.settings
    words = listen_command(settings, write_configurations(settings, gateway.folder)["explicit"], settings.ftps.port)
    units = gateway.folder / "units"
    _write_units(units, f"{settings.ftps.bind}:{settings.ftps.port}", words[words.index(str(LAUNCHER)) :])
    environment = [f"SYSTEMD_UNIT_PATH={units}:/usr/lib/systemd/user", f"XDG_RUNTIME_DIR={units}", f"HOME={units}"]
    environment.append(f"NAME={gateway.folder.name}")
    try:
        with process(["env", *environment, "nice", "-n", "-15", "unshare", "--mount", "sh", "-c", _MANAGER], units):
            wait_until(lambda: is_listening(settings.ftps.port), "systemd listens")
            yield
    finally:
        _remove_control_groups(gateway.folder.name)


def _remove_control_groups(name: str) -> None:
    for group in Path("/sys/fs/cgroup").glob(f"*/{name}"):
        for folder, _, _ in os.walk(group, topdown=False):
            Path(folder).rmdir()


def _write_units(folder: Path, address: str, words: list[str]) -> None:
    folder.mkdir()
    socket, replaced = re.subn(r"^ListenStream=.*$", f"ListenStream={address}", SOCKET.read_text("utf-8"), flags=re.M)
    assert replaced == 1
    (folder / "camspool-ftps.socket").write_text(socket, "utf-8")
    (folder / "camspool-ftps@.service").write_text(_SERVICE.format(words=shlex.join(words)), "utf-8")
    (folder / "default.target").write_text(_TARGET, "utf-8")
