"""Tells whether vsftpd accepts a configuration, by letting it serve one connection: it has no test of its own.

`python -m ingest.ftps.validate CONF` exits 2 with one sentence when it does not; Ansible may use it too.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.ftps.programs import OPENSSL_CONF, VSFTPD

EMPTY_FOLDER = Path("/run/vsftpd/empty")
"""vsftpd's secure_chroot_dir: gone after a boot without systemd-tmpfiles."""

_PATIENCE_S = 10.0


def check_configuration(conf: Path) -> None:
    """Return when vsftpd greets with this configuration. Raise CamspoolError with vsftpd's own words otherwise.

    vsftpd tells what it does not like to whoever has connected only; that includes a certificate that it cannot load.
    """
    if os.geteuid() == 0:
        EMPTY_FOLDER.mkdir(0o755, parents=True, exist_ok=True)
    # A copy of our own, because vsftpd reads no file of another user, as a draft under examination may be.
    with tempfile.NamedTemporaryFile(prefix="camspool-vsftpd-") as own:
        own.write(conf.read_bytes())
        own.flush()
        said = _greeting(Path(own.name))
    if said.startswith("220"):
        return
    reason = re.sub(r"^(500 )?OOPS: ", "", said.strip()) or "it ended without a word"
    raise CamspoolError(f"vsftpd does not accept {conf}: {reason}.")


def _greeting(conf: Path) -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        caller = socket.create_connection(listener.getsockname(), _PATIENCE_S)
        server, _ = listener.accept()
    with caller:
        process = _serve(conf, server)
        try:
            return _first_line(caller)
        finally:
            process.terminate()
            process.wait()


def _first_line(caller: socket.socket) -> str:
    """Return the first line that vsftpd says: it writes a complaint in pieces."""
    said = b""
    try:
        while b"\n" not in said and (more := caller.recv(4096)):
            said += more
    except (TimeoutError, ConnectionResetError):
        pass
    return said.decode("utf-8", "replace")


def _serve(conf: Path, connection: socket.socket) -> subprocess.Popen[bytes]:
    # Without implicit TLS, so that the greeting comes at once and in clear; what comes later wins over the file.
    try:
        with connection:
            return subprocess.Popen(
                [str(VSFTPD), str(conf), "-oimplicit_ssl=NO", "-olocal_root=/", "-ovsftpd_log_file=/dev/null"],
                stdin=connection.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "OPENSSL_CONF": str(OPENSSL_CONF)},
            )
    except FileNotFoundError:
        raise CamspoolError(f"{VSFTPD} is missing; install it: apt install vsftpd.") from None


if __name__ == "__main__":
    try:
        check_configuration(Path(sys.argv[1]))
    except CamspoolError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command
        sys.exit(2)
