"""Other FTP servers with TLS, each as its own manual sets it up: Pure-FTPd, ProFTPD, pyftpdlib.

Debian's packages of the first two cannot be installed beside vsftpd, so they are unpacked into a folder; pyftpdlib gets
a folder of its own too. All read the OpenSSL configuration that the gateway's vsftpd reads: TLS 1.2.
"""

import pwd
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ingest.ftps.accounts import read_accounts
from ingest.ftps.programs import OPENSSL_CONF
from ingest.ftps.sender import FtpsServer
from tests.integration.gateway import Gateway, free_ports, is_listening, process, wait_until

FOLDER = Path(__file__).resolve().parents[2] / "var" / "rivals"
_PACKAGES = ("pure-ftpd", "pure-ftpd-common", "proftpd-core", "proftpd-mod-crypto")
_MODULES = ("pyftpdlib", "pyopenssl")
_USER, _GROUP = "ftp", "nogroup"

_PROFTPD = """\
ServerName bench
DefaultAddress 127.0.0.1
Port {port}
UseIPv6 off
UseReverseDNS off
User {user}
Group {group}
MaxInstances 100
DelayEngine off
ScoreboardFile {folder}/scoreboard
PidFile {folder}/proftpd.pid
SystemLog {folder}/proftpd.log
TransferLog none
WtmpLog off
AuthOrder mod_auth_file.c
AuthUserFile {folder}/accounts
RequireValidShell off
AllowOverwrite on
DefaultRoot ~
ModulePath {root}/usr/lib/proftpd
LoadModule mod_tls.c
TLSEngine on
TLSRequired on
TLSProtocol TLSv1.2
TLSOptions NoSessionReuseRequired
TLSRSACertificateFile {certificate}
TLSRSACertificateKeyFile {key}
"""

_PYFTPDLIB = """\
import logging, sys
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import TLS_FTPHandler
from pyftpdlib.servers import FTPServer
port, account, password, home, certificate, key = sys.argv[1:]
logging.basicConfig(level=logging.ERROR)
authorizer = DummyAuthorizer()
authorizer.add_user(account, password, home, perm="elradfmw")
TLS_FTPHandler.authorizer = authorizer
TLS_FTPHandler.certfile, TLS_FTPHandler.keyfile = certificate, key
TLS_FTPHandler.tls_control_required = TLS_FTPHandler.tls_data_required = True
FTPServer(("127.0.0.1", int(port)), TLS_FTPHandler).serve_forever()
"""


@dataclass(frozen=True)
class Place:
    """Where a rival runs: its own folder, the folder that uploads go to, and the server as clients see it."""

    folder: Path
    uploads: Path
    server: FtpsServer
    accounts: Path
    certificate: Path
    key: Path


def fetch_rivals() -> None:
    """Get the rivals, once: Debian's packages with the libraries that are missing here, and pyftpdlib."""
    if (FOLDER / "complete").exists():
        return
    packages = FOLDER / "packages"
    packages.mkdir(parents=True, exist_ok=True)
    _run(["apt-get", "-qq", "download", *_PACKAGES, *_missing_libraries()], packages)
    for package in sorted(packages.glob("*.deb")):
        _run(["dpkg", "-x", str(package), str(FOLDER / "root")])
    _run([sys.executable, "-m", "pip", "install", "-q", "--target", str(FOLDER / "python"), *_MODULES])
    (FOLDER / "complete").touch()


def _missing_libraries() -> list[str]:
    """Return the libraries that the packages need and that are not installed, and those that these need."""
    found: set[str] = set()
    needed: set[str] = set(_PACKAGES)
    while needed:
        told = _run(["apt-cache", "depends", *sorted(needed)]).splitlines()
        names = {line.split()[-1] for line in told if line.strip(" |").startswith("Depends: lib")}
        needed = {name for name in names - found if not _is_installed(name)}
        found |= needed
    return sorted(found)


def _is_installed(package: str) -> bool:
    words = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.startswith("installed")


def _run(words: Sequence[str], folder: Path | None = None, told: str = "") -> str:
    return subprocess.run(words, cwd=folder, input=told, capture_output=True, text=True, check=True).stdout


def _account(here: Place) -> str:
    """Return a line of a password file with the hash that the gateway has, as a log-in costs what its hash costs."""
    account, user = here.server.account, pwd.getpwnam(_USER)
    return f"{account}:{read_accounts(here.accounts)[account]}:{user.pw_uid}:{user.pw_gid}::{here.uploads}"


def _pure_ftpd(here: Place) -> list[str]:
    accounts, database, both = (here.folder / name for name in ("accounts", "accounts.pdb", "both.pem"))
    accounts.write_text(f"{_account(here)}/./::::::::::::\n")
    _run([str(FOLDER / "root/usr/bin/pure-pw"), "mkdb", str(database), "-f", str(accounts)])
    both.write_bytes(here.certificate.read_bytes() + here.key.read_bytes())
    both.chmod(0o600)
    words = [str(FOLDER / "root/usr/sbin/pure-ftpd"), "-S", f"127.0.0.1,{here.server.port}", "-4", "-A", "-E", "-H"]
    return [*words, "-j", "-c", "100", "-C", "100", "-u", "1", "-Y", "2", "-2", str(both), "-l", f"puredb:{database}"]


def _proftpd(here: Place) -> list[str]:
    accounts, conf = here.folder / "accounts", here.folder / "proftpd.conf"
    accounts.write_text(f"{_account(here)}:/bin/sh\n")
    accounts.chmod(0o600)
    names = {"user": _USER, "group": _GROUP, "folder": here.folder, "root": FOLDER / "root"}
    conf.write_text(_PROFTPD.format(port=here.server.port, certificate=here.certificate, key=here.key, **names))
    return [str(FOLDER / "root/usr/sbin/proftpd"), "--nodaemon", "--config", str(conf)]


def _pyftpdlib(here: Place) -> list[str]:
    server = here.server
    given = [str(server.port), server.account, server.password, here.uploads, here.certificate, here.key]
    return [sys.executable, "-c", _PYFTPDLIB, *map(str, given)]


RIVALS: dict[str, Callable[[Place], list[str]]] = {
    "Pure-FTPd": _pure_ftpd,
    "ProFTPD": _proftpd,
    "pyftpdlib": _pyftpdlib,
}


@contextmanager
def rival(name: str, gateway: Gateway) -> Iterator[FtpsServer]:
    """Run a rival with account, certificate and uploads/ of a gateway that nothing serves; yield how to reach it."""
    fetch_rivals()
    (port,) = free_ports(1)
    ftps = gateway.settings.ftps
    server = FtpsServer("127.0.0.1", port, False, ftps.account, gateway.explicit.password, ca=ftps.certificate)
    uploads = gateway.root / "uploads"
    here = Place(gateway.folder, uploads, server, ftps.password_file, ftps.certificate, ftps.certificate_key)
    libraries = ":".join(sorted({str(file.parent) for file in (FOLDER / "root").rglob("lib*.so.*")}))
    variables = [f"OPENSSL_CONF={OPENSSL_CONF}", f"LD_LIBRARY_PATH={libraries}", f"PYTHONPATH={FOLDER / 'python'}"]
    with process(["env", *variables, *RIVALS[name](here)], gateway.folder):
        wait_until(partial(is_listening, port), f"{name} listens")
        yield server
