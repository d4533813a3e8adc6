"""The admins: names and argon2id hashes from the password file, and the one check of a password."""

import re
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody has this password")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
PASSWORD_MAX_CHARACTERS = 1024


def read_admins(file: Path) -> dict[str, str]:
    """Return the hash of each admin; lines that are not `name:hash` are passed over. Raise OSError."""
    pairs = (line.strip().partition(":") for line in file.read_text("utf-8").splitlines())
    return {name: hash_ for name, _, hash_ in pairs if NAME.fullmatch(name) and hash_.startswith("$argon2id$")}


def check_password(file: Path, name: str, password: str) -> str | None:
    """Return the admin's hash when the password is right, else None; both take the same time for unknown names."""
    hash_ = read_admins(file).get(name)
    try:
        _HASHER.verify(hash_ or _NOBODY, password[:PASSWORD_MAX_CHARACTERS])
    except (VerificationError, InvalidHashError):
        return None
    return hash_
