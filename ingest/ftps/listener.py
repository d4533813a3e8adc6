"""Prepares what FTPS needs on this machine and gives the command that listens on one port, without systemd as PID 1."""

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.ftps.intake import find_intake, intake_variables
from ingest.ftps.programs import INTAKE_CONF, LAUNCHER
from ingest.ftps.render import installed_version, render_vsftpd
from ingest.ftps.validate import check_configuration
from ingest.settings.values import Settings
from ingest.spool.write_through import NOT_WRITTEN_THROUGH, set_write_through

UNIT_PROGRAMS = ("systemd-socket-activate", "setpriv", "flock", "openssl")


def write_configurations(settings: Settings, folder: Path) -> dict[str, Path]:
    """Render and try vsftpd's configuration of both ports; return the files by mode, `explicit` and `implicit`.

    Raise CamspoolError when a program is missing or vsftpd does not accept what the settings say.
    """
    for program in UNIT_PROGRAMS:
        if shutil.which(program) is None:
            raise CamspoolError(f"The program {program} is missing; ./dev setup installs what Camspool needs.")
    version = installed_version()
    files = {mode: folder / f"vsftpd-{mode}.conf" for mode in ("explicit", "implicit")}
    for mode, file in files.items():
        text = render_vsftpd(settings.ftps, implicit=mode == "implicit", vsftpd_version=version)
        file.write_text(text, "utf-8")
        check_configuration(file)
    # A copy of our own, because vsftpd reads no file of another user, as a checkout may be.
    (folder / INTAKE_CONF.name).write_bytes(INTAKE_CONF.read_bytes())
    return files


def prepare_folders(settings: Settings) -> str | None:
    """Give the folders that FTPS writes to the owner and the rights that the launcher counts on.

    Return a sentence when what is acknowledged is not on the disk though it should be. Raise CamspoolError when the
    guest user does not exist or cannot reach its folder.
    """
    uploads, connections = settings.root / "uploads", settings.root / "connections"
    guest = settings.ftps.guest_user
    try:
        user = pwd.getpwnam(guest)
    except KeyError:
        raise CamspoolError(f"There is no system user {guest}, named by ftps.guest_user.") from None
    os.chown(uploads, user.pw_uid, -1)
    uploads.chmod(0o2771)
    connections.chmod(0o2770)
    if not can_reach(guest, uploads):
        raise CamspoolError(
            f"The user {guest} cannot enter {uploads}: a folder above it is closed to others; expected o+x on each."
        )
    # Each connection's folder has the attribute, where it is needed: on uploads/ all would wait for all.
    can_be = set_write_through(uploads, True) and set_write_through(uploads, False)
    return None if can_be or find_intake() or not settings.ftps.write_through else NOT_WRITTEN_THROUGH


def can_reach(user: str, folder: Path) -> bool:
    """Say whether a system user may enter a folder. Needs root."""
    words = ["setpriv", "--reuid", user, "--clear-groups", "--regid", str(pwd.getpwnam(user).pw_gid)]
    return subprocess.run([*words, "test", "-x", str(folder)], check=False).returncode == 0


def acceptor_command(settings: Settings, conf: Path, port: int) -> list[str]:
    """Return the command that listens on a port and starts vsftpd for each connection, from one warm process."""
    acceptor = [sys.executable, "-P", "-m", "ingest.ftps.acceptor", settings.ftps.bind, str(port)]
    return ["env", *_variables(settings), *acceptor, *_launcher_words(settings, conf)]


def listen_command(settings: Settings, conf: Path, port: int) -> list[str]:
    """Return the command that does what the units do on a host: it starts connection.sh for each connection."""
    bind = settings.ftps.bind
    address = f"[{bind}]:{port}" if ":" in bind else f"{bind}:{port}"
    return [
        *("systemd-socket-activate", "--accept", "--inetd", "-l", address),
        *(f"--setenv={variable}" for variable in _variables(settings)),
        *(str(LAUNCHER), *_launcher_words(settings, conf)),
    ]


def _variables(settings: Settings) -> list[str]:
    return [f"{name}={value}" for name, value in intake_variables(settings).items()]


def _launcher_words(settings: Settings, conf: Path) -> list[str]:
    return [str(settings.root), str(conf), settings.ftps.guest_user, str(settings.limits.reserve_bytes)]
