"""`camspool run`: everything in the foreground on this machine: FTPS on both ports, watcher, alerts, outbox, admin."""

import argparse
import errno
import importlib.util
import os
import socket
import sys
import tempfile
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.ftps.listener import acceptor_command, prepare_folders, write_configurations
from ingest.ftps.supervise import Part, supervise
from ingest.settings.values import Settings
from ingest.spool.root import prepare_spool

HELP = "everything in the foreground on this machine: vsftpd, watcher, alerts, outbox, admin"

_LISTENING = "Listening on"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("--without-admin", action="store_true", help="without the admin")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run until Ctrl-C or SIGTERM (exit 0), or until a part dies (exit 1)."""
    if os.geteuid() != 0:
        raise CamspoolError("camspool run must be root: vsftpd changes into the user that owns the uploads. Use sudo.")
    if not settings.root.is_dir():
        settings.root.mkdir(parents=True)
    prepare_spool(settings.root)
    if warning := prepare_folders(settings):
        _say(warning)
    with_admin = not arguments.without_admin and importlib.util.find_spec("webadmin.app") is not None
    check_ports(settings, with_admin=with_admin)
    with tempfile.TemporaryDirectory(prefix="camspool-run-") as folder:
        configurations = write_configurations(settings, Path(folder))
        parts = _parts(arguments, settings, configurations, with_admin=with_admin)
        return supervise(parts, _say, lambda: _say(_ready_sentence(settings, with_admin=with_admin)))


def check_ports(settings: Settings, *, with_admin: bool) -> None:
    """Raise CamspoolError naming the setting when a port cannot be listened on."""
    ftps = settings.ftps
    wanted = [("ftps.port", ftps.bind, ftps.port), ("ftps.implicit_port", ftps.bind, ftps.implicit_port)]
    if with_admin:
        host, _, port = settings.admin.bind.rpartition(":")
        wanted.append(("admin.bind", host.strip("[]"), int(port) if port.isdecimal() else -1))
    for setting, address, number in wanted:
        _check_port(setting, address, number)


def _check_port(setting: str, host: str, port: int) -> None:
    if not 0 < port < 65536:
        raise CamspoolError(f"{setting} has no port; expected an address such as 127.0.0.1:8080.")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CamspoolError(
                f"Port {port} of {host} is in use by another program; stop that, or change {setting}."
            ) from None
        raise CamspoolError(f"{setting}: cannot listen on {host} port {port}: {error.strerror or error}.") from None


def _parts(
    arguments: argparse.Namespace, settings: Settings, configurations: dict[str, Path], *, with_admin: bool
) -> list[Part]:
    ports = {"explicit": settings.ftps.port, "implicit": settings.ftps.implicit_port}
    parts = [
        Part(mode, acceptor_command(settings, configurations[mode], port), ready=_LISTENING)
        for mode, port in ports.items()
    ]
    # What was typed, by the environment: it means the same to the watcher and to the admin.
    typed = {"CAMSPOOL_ROOT": arguments.root, "CAMSPOOL_CONFIG": arguments.config}
    environment = {name: str(path.absolute()) for name, path in typed.items() if path}
    camspool = str(Path(sys.executable).with_name("camspool"))
    parts.append(Part("watcher", [camspool, "watch"], environment, "Watching "))
    parts.append(Part("alerts", [camspool, "alerts", "watch"], environment, "Looking after "))
    if settings.targets or settings.ping.is_set:
        parts.append(Part("outbox", [camspool, "outbox", "deliver"], environment, "Carrying items to "))
    if with_admin:
        parts.append(Part("admin", _admin_command(settings), environment))
    return parts


def _admin_command(settings: Settings) -> list[str]:
    # gunicorn 26 and later put a control socket into $HOME; nobody asks for one here.
    options = ["--bind", settings.admin.bind, "--workers", "2", "--threads", "4"]
    options += ["--log-level", "warning", "--no-control-socket"]
    return [sys.executable, "-m", "gunicorn", *options, "webadmin.app:create_app()"]


def _ready_sentence(settings: Settings, *, with_admin: bool) -> str:
    ftps = settings.ftps
    admin = f" Admin: http://{settings.admin.bind}/" if with_admin else ""
    return (
        f"Camspool runs. FTPS on {ftps.bind}: port {ftps.port} explicit TLS, port {ftps.implicit_port} implicit TLS."
        f"{admin} Ctrl-C stops it."
    )


def _say(line: str) -> None:
    print(line, flush=True)
