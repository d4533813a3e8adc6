"""Starts real gateways for tests: vsftpd for each connection, and, when asked for, a real watcher."""

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from ingest.connections.record import ConnectionRecord
from ingest.connections.store import live_connections, read_connection_records
from ingest.ftps.listener import acceptor_command, prepare_folders, write_configurations
from ingest.ftps.local import PAM_FOLDER, pam_service_name, prepare
from ingest.ftps.sender import FtpsServer
from ingest.settings.file import read_settings
from ingest.settings.values import Settings
from ingest.spool.intake import INTAKE, list_intake
from ingest.spool.root import prepare_spool
from ingest.spool.uploads import connection_folders, walk_all
from tests.integration.credentials import put_credentials

ListenCommand = Callable[[Settings, Path, int], list[str]]

CAMSPOOL = str(Path(sys.executable).with_name("camspool"))


@dataclass(frozen=True)
class Gateway:
    """A gateway that runs: its folder, its settings and where to upload."""

    folder: Path
    settings_file: Path
    settings: Settings
    explicit: FtpsServer
    implicit: FtpsServer

    @property
    def root(self) -> Path:
        """The spool root."""
        return self.settings.root


@contextmanager
def open_folder() -> Iterator[Path]:
    """Yield an empty folder that other users can enter: pytest's own folders are closed to them."""
    with tempfile.TemporaryDirectory(prefix="camspool-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@contextmanager
def prepared_gateway(make_folder: Callable[[], AbstractContextManager[Path]] = open_folder) -> Iterator[Gateway]:
    """Yield a gateway in a folder of its own, with free ports, that nothing serves yet."""
    with make_folder() as folder:
        port, implicit_port, admin_port = free_ports(3)
        passive_first = random.randrange(20000, 32000, 100)
        put_credentials(folder)
        settings_file = prepare(
            folder, port=port, implicit_port=implicit_port, passive_first=passive_first, admin_port=admin_port
        )
        settings = read_settings(settings_file)
        prepare_spool(settings.root)
        prepare_folders(settings)
        password = settings.admin.ftps_password_file.read_text("utf-8").strip()
        explicit = FtpsServer("127.0.0.1", port, False, settings.ftps.account, password, ca=settings.ftps.certificate)
        implicit = replace(explicit, port=implicit_port, implicit=True)
        try:
            yield Gateway(folder, settings_file, settings, explicit, implicit)
        finally:
            (PAM_FOLDER / pam_service_name(folder)).unlink(missing_ok=True)


@contextmanager
def ftps(
    gateway: Gateway, settings: Settings | None = None, listen: ListenCommand = acceptor_command
) -> Iterator[None]:
    """Serve FTPS on both ports, with other settings than the gateway's own where a test wants them.

    `listen` gives the command for one port: acceptor_command as for `camspool run`, listen_command as on a host.
    """
    settings = settings or gateway.settings
    configurations = write_configurations(settings, gateway.folder)
    ports = {"explicit": settings.ftps.port, "implicit": settings.ftps.implicit_port}
    with ExitStack() as stack:
        for mode, port in ports.items():
            stack.enter_context(process(listen(settings, configurations[mode], port), gateway.folder))
        for mode, port in ports.items():
            wait_until(partial(is_listening, port), f"the {mode} port listens")
        yield


@contextmanager
def watcher(gateway: Gateway) -> Iterator[subprocess.Popen[bytes]]:
    """Run `camspool watch`; on return it has stopped."""
    with process([CAMSPOOL, "--config", str(gateway.settings_file), "watch"], gateway.folder) as running:
        yield running


@contextmanager
def process(words: Sequence[str], log_folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command in a process group of its own, and end the whole group afterwards."""
    with (log_folder / "processes.log").open("ab") as log:
        running = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield running
    finally:
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(running.pid, number)
            except ProcessLookupError:
                break
            try:
                running.wait(20)
            except subprocess.TimeoutExpired:
                continue
        running.wait()


def free_ports(count: int) -> list[int]:
    """Return ports that nothing listens on at the moment."""
    with ExitStack() as stack:
        listeners = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [listener.getsockname()[1] for listener in listeners]


def is_listening(port: int) -> bool:
    """Say whether something listens on a TCP port, without connecting: each connection leaves a record."""
    state_listen = "0A"
    for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]:
        _, local, _, state, *_ = line.split()
        if state == state_listen and int(local.partition(":")[2], 16) == port:
            return True
    return False


def wait_until(is_so: Callable[[], bool], what: str, patience_s: float = 30.0) -> None:
    """Return when it is so; fail, saying what did not come about, when it takes longer than `patience_s`."""
    deadline = time.monotonic() + patience_s
    while not is_so():
        assert time.monotonic() < deadline, f"not within {patience_s} s: {what}"
        time.sleep(0.05)


def sidecars(root: Path) -> list[dict[str, Any]]:
    """Return every sidecar that has its item, in order of arrival."""
    files = [file for folder in ("accepted", "rejected") for file in (root / folder).glob("*/*/*.json")]
    found = [json.loads(file.read_text("utf-8")) for file in files if file.with_suffix("").exists()]
    return sorted(found, key=lambda sidecar: str(sidecar["id"]))


def uploaded(root: Path) -> list[Path]:
    """Return the files in uploads/ as their cameras see them."""
    found = (upload.top / os.fsdecode(upload.below) for upload in walk_all(root / "uploads"))
    return sorted(file for file in found if file.parent.name != INTAKE)


def left_in_intake(root: Path) -> list[tuple[str, bytes, bytes]]:
    """Return how each upload ended that waits to be taken, with its path and its content."""
    found = [one for folder in connection_folders(root) for one in list_intake(folder)[0]]
    return [(transfer, upload.path, Path(upload.name).read_bytes()) for upload, transfer in found]


def records(root: Path) -> list[ConnectionRecord]:
    """Return what is known of every connection, folded or not, in order of start."""
    by_id = {record.id: record for record in [*live_connections(root), *read_connection_records(root)]}
    return [by_id[connection_id] for connection_id in sorted(by_id)]


def program(name: str) -> str:
    """Return the path of a program that a test needs; a missing one is a failure, not a skip."""
    path = shutil.which(name)
    assert path, f"{name} is missing: ./dev setup installs it"
    return path
