"""Listens on one FTPS port for `camspool run` and turns each connection into a vsftpd with a folder and log of its own.

On a host systemd listens and starts connection.sh for each connection. This does the same from one warm process: no
shell and none of the four programs that the shell must start, which cost as much as vsftpd's own start. Whatever is
out of the ordinary (no log, no folder, no space) is left to connection.sh, the one place that knows how to refuse.

Usage: python -m ingest.ftps.acceptor BIND PORT SPOOL_ROOT CONF GUEST_USER RESERVE_BYTES
"""

import fcntl
import os
import pwd
import resource
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.ftps.programs import INTAKE_CONF, LAUNCHER, OPENSSL_CONF, OPENSSL_OLD_TLS_CONF, VSFTPD
from ingest.spool.intake import INTAKE
from ingest.spool.stamp import new_id
from ingest.spool.write_through import set_write_through

_BACKLOG = 256
_STDIN, _LOCK = 0, 3
_REST_S = 0.2

_FILE_MAX_BYTES = 512 * 1024 * 1024
"""As in connection.sh. Python ignores the signal, and so does what it starts: vsftpd says 451 then."""


@dataclass(frozen=True)
class Port:
    """What every connection of one port has in common. `guest_id` is the user that owns the folders."""

    root: Path
    conf: Path
    guest: str
    guest_id: int
    reserve_bytes: int
    intake: str
    flush: bool
    old_tls: bool


def main(words: list[str]) -> None:
    """Accept connections until a signal ends this process; its sessions then get theirs from the kernel."""
    bind, number, root, conf, guest, reserve_bytes = words
    intake, flush = os.environ.get("CAMSPOOL_INTAKE", ""), os.environ.get("CAMSPOOL_FLUSH") != "0"
    old_tls = bool(os.environ.get("CAMSPOOL_OLD_TLS"))
    intake = intake if os.access(intake, os.R_OK) else ""
    port = Port(Path(root), Path(conf), guest, pwd.getpwnam(guest).pw_uid, int(reserve_bytes), intake, flush, old_tls)
    # Ended sessions are collected by the kernel; vsftpd gets the default back, see _start.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # Others may enter the connection's folder, not list it: see connection.sh.
    os.umask(0o006)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_MAX_BYTES, _FILE_MAX_BYTES))
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    both = bind == "::"
    with socket.create_server((bind, int(number)), family=family, backlog=_BACKLOG, dualstack_ipv6=both) as listener:
        print(f"Listening on {bind} port {number}", flush=True)  # noqa: T201 - `camspool run` waits for it
        while True:
            _accept(listener, port)


def _accept(listener: socket.socket, port: Port) -> None:
    try:
        connection, _ = listener.accept()
        with connection:
            serve(connection, port)
    except OSError as error:
        # A camera that has gone again, or a machine short of descriptors or processes: it is worth another try.
        print(f"camspool: a connection was lost: {error}", file=sys.stderr, flush=True)  # noqa: T201 - the journal
        time.sleep(_REST_S)


def serve(connection: socket.socket, port: Port) -> None:
    """Start vsftpd for a connection, or connection.sh where something is out of the ordinary. Raise OSError."""
    id_ = new_id()
    log = port.root / "connections" / f"{id_}.log"
    try:
        lock = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o660)
    except OSError:
        _start(_launcher(port), connection, port)
        return
    try:
        # The shared lock lives as long as any process of this connection: by it the watcher knows that it goes on.
        fcntl.flock(lock, fcntl.LOCK_SH)
        folder = port.root / "uploads" / id_
        if _make_folder(folder, port):
            _start(_vsftpd(port, folder, log), connection, port, lock)
        else:
            log.unlink()
            _start(_launcher(port), connection, port)
    finally:
        os.close(lock)


def _make_folder(folder: Path, port: Port) -> bool:
    """Make a connection's folder, owned by the guest; False when it cannot be or when space runs out."""
    try:
        disk = os.statvfs(folder.parent)
        if disk.f_bavail * disk.f_frsize < port.reserve_bytes:
            return False
        # As the guest, who owns uploads/: the folder is then the guest's, and the guest's rights are those that count.
        os.seteuid(port.guest_id)
        folder.mkdir()
        if port.intake:
            (folder / INTAKE).mkdir()
        elif port.flush:
            set_write_through(folder, True)
    except OSError:
        return False
    finally:
        os.seteuid(0)
    return True


def _vsftpd(port: Port, folder: Path, log: Path) -> list[str]:
    # Only together: the configuration that allows more, and what keeps every byte all the same.
    more = [str(port.conf.with_name(INTAKE_CONF.name))] if port.intake else []
    return [str(VSFTPD), str(port.conf), *more, f"-olocal_root={folder}", f"-ovsftpd_log_file={log}"]


def _launcher(port: Port) -> list[str]:
    return [str(LAUNCHER), str(port.root), str(port.conf), port.guest, str(port.reserve_bytes)]


def _start(words: list[str], connection: socket.socket, port: Port, lock: int | None = None) -> None:
    """Start a program with the connection as its standard input, and with the lock, where there is one."""
    actions = [(os.POSIX_SPAWN_DUP2, connection.fileno(), _STDIN)]
    if lock is not None:
        actions.append((os.POSIX_SPAWN_DUP2, lock, _LOCK))
    # vsftpd 3.0.3 has no option against TLS 1.3, and writes its log in local time.
    environment = {
        **os.environ,
        "OPENSSL_CONF": str(OPENSSL_OLD_TLS_CONF if port.old_tls else OPENSSL_CONF),
        "TZ": "UTC0",
    }
    if lock is not None:
        environment |= {"LD_PRELOAD": port.intake, "CAMSPOOL_RESERVE_BYTES": str(port.reserve_bytes)}
    os.posix_spawn(words[0], words, environment, file_actions=actions, setsigdef=[signal.SIGCHLD])


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main(sys.argv[1:])
