"""Checks a gateway from outside, as a camera or a stranger meets it: what ansible/verify.yml runs on the controller.

`outside.py HOST ACCOUNT ADMIN_PORT OLD_TLS OTHERS`, with the password as one line of standard input; True or False for
OLD_TLS, as ftps_old_tls is set; OTHERS: the ports that others keep open, with commas between them, or `any`. Prints one
line for each check; ends with status 1 when one failed.
"""

import ftplib
import io
import os
import secrets
import socket
import ssl
import sys
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ingest.errors import CamspoolError
from ingest.ftps.sender import FtpsServer, Sender

PATIENCE_S = 5.0
ENOUGH_S = 15.0
"""Whoever waits for what is wrong hears it within this time; what has not ended then is wrong."""
CLOSED_PORTS = (20, 23, 80, 2121, 3306, 8000, 8080)

SENT: list[str] = []
"""Names of what the checks leave behind: files that are no photos, and are rejected."""


class CheckError(Exception):
    """A check found something else than it should."""


def servers(host: str, account: str, password: str) -> list[FtpsServer]:
    """Return both ports."""
    return [FtpsServer(host, port, port == 990, account, password) for port in (21, 990)]


def check_tls(server: FtpsServer, *, old_tls: bool) -> str:
    """TLS 1.2 is spoken, and nothing older, unless the settings let it in, or newer."""
    spoken = [version.name for version in _versions() if _speaks(server, version)]
    expected = ["TLSv1_1", "TLSv1_2"] if old_tls else ["TLSv1_2"]
    if spoken != expected:
        raise CheckError(f"it speaks {', '.join(spoken) or 'no TLS'}; expected {' and '.join(expected)} only")
    return "TLS 1.2, older TLS as ftps_old_tls says, nothing newer" if old_tls else "TLS 1.2 and nothing else"


def _versions() -> list[ssl.TLSVersion]:
    return [ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]


def _speaks(server: FtpsServer, version: ssl.TLSVersion) -> bool:
    context = _trusting()
    with warnings.catch_warnings():
        # Python warns of TLS 1.1; here it is asked for in order to be refused.
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = version
    with socket.create_connection((server.host, server.port), PATIENCE_S) as connection:
        if not server.implicit:
            _line(connection)
            connection.sendall(b"AUTH TLS\r\n")
            _line(connection)
        try:
            with context.wrap_socket(connection):
                return True
        except (ssl.SSLError, OSError):
            return False


def _trusting() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def _line(connection: socket.socket) -> str:
    return connection.recv(1000).decode("utf-8", "replace")


def check_plain_text(server: FtpsServer) -> str:
    """A log-in without TLS gets no further than its name."""
    if server.implicit:
        return "no plain text on this port at all"
    with socket.create_connection((server.host, server.port), PATIENCE_S) as connection:
        _line(connection)
        connection.sendall(f"USER {server.account}\r\n".encode())
        if _line(connection).startswith("331"):
            raise CheckError("it asks for the password without TLS")
    return "no log-in without TLS"


@contextmanager
def _logged_in(server: FtpsServer) -> Iterator[Sender]:
    with Sender(server, PATIENCE_S) as client:
        client.log_in()
        yield client


def check_rights(server: FtpsServer) -> str:
    """Upload works, and a camera finds what it sent; it cannot read back, append, or reach what the gateway keeps."""
    name = _new_name()
    with _logged_in(server) as client:
        client.storbinary(f"STOR {name}", _content())
        if not client.size(name):
            raise CheckError("SIZE says nothing of a file that has just been sent")
        for command in ("CWD .camspool", "MKD .camspool/x", "SITE CHMOD 777 .", f"RETR {name}", f"APPE {name}"):
            _must_be_refused(client, command)
    return "upload works, and what was sent is found; download and append do not"


def check_overwriting(server: FtpsServer) -> str:
    """A second upload under a name never replaces the first: it is refused, or the first is kept already."""
    name = _new_name()
    with _logged_in(server) as client:
        client.storbinary(f"STOR {name}", _content())
        try:
            client.storbinary(f"STOR {name}", _content())
        except ftplib.error_perm as error:
            if not str(error).startswith("553"):
                raise
            return "a name that is taken is refused"
    return "a name can be used again, as the first file under it is kept"


def _new_name() -> str:
    name = f"check-{secrets.token_hex(6)}.jpg"
    SENT.append(name)
    return name


def _content() -> io.BytesIO:
    return io.BytesIO(b"Camspool's check from outside: not a photo. " + secrets.token_bytes(16))


def _must_be_refused(client: Sender, command: str) -> None:
    try:
        answer = client.sendcmd(command)
    except (ftplib.error_perm, ftplib.error_temp):
        return
    raise CheckError(f"{command.split()[0]} is answered with: {answer}")


def check_admin(host: str, port: int) -> str:
    """The admin speaks HTTPS, and asks for a log-in."""
    with urllib.request.urlopen(f"https://{host}:{port}/", timeout=PATIENCE_S, context=_trusting()) as answer:
        page = answer.read().decode("utf-8", "replace")
        if "/log-in" not in answer.geturl() or "password" not in page:
            raise CheckError("it shows a page without a log-in")
    return "HTTPS, behind a log-in"


def check_closed(host: str, others: str) -> str:
    """Other ports do not answer, but for those that others keep open."""
    if others == "any":
        return "other ports are not our matter, as firewall_manage says"
    for port in set(CLOSED_PORTS) - set(_ports(others)):
        try:
            with socket.create_connection((host, port), 0.5):
                raise CheckError(f"port {port} answers; it should be closed")
        except OSError:
            continue
    return "no other port answers"


def _ports(text: str) -> Iterator[int]:
    """Read ports as firewall_keep_ports has them."""
    for word in text.split(","):
        ports, _, protocol = word.partition("/")
        first, _, last = ports.partition("-")
        if first and protocol != "udp":
            yield from range(int(first), int(last or first) + 1)


def checks(
    host: str, account: str, password: str, admin_port: int, *, old_tls: bool, others: str
) -> list[tuple[str, Callable[[], str]]]:
    """Return every check with the name of what it looks at."""
    found: list[tuple[str, Callable[[], str]]] = []
    for server in servers(host, account, password):
        found.append((f"port {server.port}", lambda server=server: check_tls(server, old_tls=old_tls)))
        for check in (check_plain_text, check_rights, check_overwriting):
            found.append((f"port {server.port}", lambda check=check, server=server: check(server)))
    found.append((f"port {admin_port}", lambda: check_admin(host, admin_port)))
    found.append(("other ports", lambda: check_closed(host, others)))
    return found


def main(host: str, account: str, admin_port: int, *, old_tls: bool, others: str) -> NoReturn:
    """Run every check, print one line for each; end with the exit status."""
    password = sys.stdin.readline().rstrip("\n")
    failed = False
    with ThreadPoolExecutor(16) as hands:
        wanted = checks(host, account, password, admin_port, old_tls=old_tls, others=others)
        asked = [(name, hands.submit(check)) for name, check in wanted]
        wait([answer for _, answer in asked], ENOUGH_S)
        for name, answer in asked:
            failed = not _tell(name, answer) or failed
        if SENT:
            print(f"ok     left behind, to be rejected: {', '.join(SENT)}")
        sys.stdout.flush()
        # What still waits would be waited for.
        os._exit(1 if failed else 0)


def _tell(name: str, answer: Future[str]) -> bool:
    """Print how a check ended; return whether it passed."""
    try:
        print(f"ok     {name}: {answer.result(0)}")
    except TimeoutError:
        print(f"FAILED {name}: no end after {ENOUGH_S:.0f} s")
        return False
    except (CheckError, OSError, EOFError, CamspoolError, *ftplib.all_errors) as error:
        print(f"FAILED {name}: {error}")
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), old_tls=sys.argv[4].lower() == "true", others=sys.argv[5])
