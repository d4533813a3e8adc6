"""Prepares a gateway in one folder of this machine: `python -m ingest.ftps.local ./var` prints its settings file.

Everything lies in that folder, except the PAM service file. What is there already stays as it is: run it as often as
you like. Nothing listens on anything but this machine's own address.
"""

import hashlib
import os
import re
import secrets
import sys
from pathlib import Path

from argon2 import PasswordHasher

from ingest.errors import CamspoolError
from ingest.ftps.accounts import read_accounts, set_password
from ingest.ftps.certificate import make_self_signed
from ingest.ftps.listener import can_reach
from ingest.ftps.render import render_pam
from ingest.spool.camera_accounts import PASSWORDS
from ingest.spool.durable import replace_file

PAM_FOLDER = Path("/etc/pam.d")
_ACCOUNT = "camera"
_ADMIN = "admin"
# Without letters that look alike: people type it into cameras with a menu and four buttons.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"

_SETTINGS = """\
# Made by ./dev for this machine alone. Delete the file to have it made again.
root = "{folder}/spool"

[ftps]
host = "127.0.0.1"
bind = "127.0.0.1"
port = {port}
implicit_port = {implicit_port}
passive_first = {passive_first}
passive_last = {passive_last}
guest_user = "{guest}"
pam_service = "{pam_service}"
password_file = "{folder}/ftps.passwd"
certificate = "{folder}/tls/fullchain.pem"
certificate_key = "{folder}/tls/key.pem"

[admin]
bind = "127.0.0.1:{admin_port}"
password_file = "{folder}/admins"
secret_file = "{folder}/admin.secret"
ftps_password_file = "{folder}/ftps.password"
"""


def prepare(
    folder: Path, *, port: int = 2121, implicit_port: int = 2990, passive_first: int = 42000, admin_port: int = 8080
) -> Path:
    """Make what is missing for a gateway in `folder` and return its settings file. Raise CamspoolError."""
    folder = folder.resolve()
    _check(folder)
    (folder / "spool").mkdir(parents=True, exist_ok=True)
    certificate, key = folder / "tls" / "fullchain.pem", folder / "tls" / "key.pem"
    if not (certificate.exists() and key.exists()):
        make_self_signed(certificate, key, ["localhost", "127.0.0.1"])
    _prepare_passwords(folder)
    pam_service = pam_service_name(folder)
    _write_if_changed(PAM_FOLDER / pam_service, render_pam(folder / "ftps.passwd", folder / "spool" / PASSWORDS))
    settings = folder / "camspool.toml"
    if not settings.exists():
        text = _SETTINGS.format(
            folder=folder,
            port=port,
            implicit_port=implicit_port,
            passive_first=passive_first,
            passive_last=passive_first + 100,
            admin_port=admin_port,
            # A checkout in /root or another closed home: no other user can enter it, so root writes, in its chroot.
            guest="ftp" if can_reach("ftp", folder / "spool") else "root",
            pam_service=pam_service,
        )
        replace_file(settings, text.encode())
    return settings


def _check(folder: Path) -> None:
    if os.geteuid() != 0:
        raise CamspoolError("A gateway on this machine must be made and run as root. Use sudo.")
    if re.search(r'[\s"\\]', str(folder)) or not str(folder).isprintable():
        raise CamspoolError(f"The folder {folder} has characters in its path that vsftpd or PAM cannot read.")
    settings = folder / "camspool.toml"
    if settings.exists() and f'"{folder}/spool"' not in settings.read_text("utf-8"):
        raise CamspoolError(f"{settings} was made for another place; delete it to have it made again.")


def pam_service_name(folder: Path) -> str:
    """Return the PAM service of the gateway in a folder: each folder has its own accounts."""
    return f"camspool-{hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:10]}"


def _prepare_passwords(folder: Path) -> None:
    password = _secret(folder / "ftps.password")
    if _ACCOUNT not in read_accounts(folder / "ftps.passwd"):
        set_password(folder / "ftps.passwd", _ACCOUNT, password)
    admin_password = _secret(folder / "admin.password")
    if not (folder / "admins").exists():
        _write_secret(folder / "admins", f"{_ADMIN}:{PasswordHasher().hash(admin_password)}\n")
    if not (folder / "admin.secret").exists():
        _write_secret(folder / "admin.secret", secrets.token_hex(32) + "\n")


def _secret(file: Path) -> str:
    if not file.exists():
        _write_secret(file, "".join(secrets.choice(_ALPHABET) for _ in range(16)) + "\n")
    return file.read_text("utf-8").strip()


def _write_secret(file: Path, text: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)


def _write_if_changed(file: Path, text: str) -> None:
    if not file.exists() or file.read_text("utf-8") != text:
        file.write_text(text, "utf-8")


if __name__ == "__main__":
    try:
        print(prepare(Path(sys.argv[1])))  # noqa: T201 - a command
    except CamspoolError as error:
        print(f"camspool: {error}", file=sys.stderr)  # noqa: T201 - a command
        sys.exit(2)
