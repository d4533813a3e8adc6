"""Writes the password files that pam_pwdfile checks FTPS log-ins against: one `name:SHA-512 hash` a line.

SHA-512, because yescrypt, Debian's default, costs 40 ms more CPU on every connection. An account has one password in
the file and, while cameras move to a new one, its former password in a second file with the suffix `.old`: see pam.j2.
"""

import os
import secrets
import subprocess
from collections.abc import Mapping
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.spool.camera_accounts import ACCOUNT
from ingest.spool.durable import flush_folder

_PASSWORD_DIGITS = 12


def old_passwords(password_file: Path) -> Path:
    """Return the file with the passwords that are still valid beside the present ones."""
    return password_file.with_name(password_file.name + ".old")


def hash_password(password: str) -> str:
    """Return the SHA-512 crypt hash of a password. Raise CamspoolError when it is not one line of text."""
    if not password or not password.isprintable():
        raise CamspoolError("An FTPS password must be one line of printable characters.")
    made = subprocess.run(
        ["openssl", "passwd", "-6", "-stdin"], input=password + "\n", capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise CamspoolError(f"openssl cannot hash the password: {made.stderr.strip()}")
    return made.stdout.strip()


def typable_password() -> str:
    """Return a new password for a camera's menu: twelve digits, which every keypad has and four buttons reach soonest.

    A trillion possibilities: at the rate of log-ins that fail2ban allows a thousand addresses, half of them take years.
    """
    return "".join(secrets.choice("0123456789") for _ in range(_PASSWORD_DIGITS))


def read_accounts(password_file: Path) -> dict[str, str]:
    """Return the accounts of a password file with their hashes; none when there is no file."""
    try:
        lines = password_file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return {name: hashed for name, colon, hashed in (line.partition(":") for line in lines) if colon}


def write_accounts(password_file: Path, hashes: Mapping[str, str], *, mode: int = 0o600) -> None:
    """Replace a password file, whole or not at all; only its owner can read it. Raise CamspoolError for a bad name."""
    for account in hashes:
        if not ACCOUNT.fullmatch(account):
            raise CamspoolError(f"{account!r} cannot be an FTPS account: expected letters, digits, dot, _ and -.")
    aside = password_file.with_name(f".{password_file.name}.new")
    aside.unlink(missing_ok=True)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{account}:{hashed}\n" for account, hashed in hashes.items())
        file.flush()
        os.fsync(file.fileno())
    aside.replace(password_file)
    flush_folder(password_file.parent)


def set_password(password_file: Path, account: str, password: str, *, keep_old: bool = False) -> None:
    """Give an account a new password; other accounts stay. `keep_old`: its former password stays valid beside it."""
    hashes = read_accounts(password_file)
    former = read_accounts(old_passwords(password_file))
    if keep_old and account in hashes:
        former[account] = hashes[account]
    else:
        former.pop(account, None)
    # The former one first: at no moment is a camera without a password that works.
    write_accounts(old_passwords(password_file), former)
    write_accounts(password_file, {**hashes, account: hash_password(password)})
