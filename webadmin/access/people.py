"""Who may log in: the deployment's admins and who was made here, and the one check of a password."""

from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ingest.spool.people import HASH_START, Person, holding, is_name, people_in, read_person

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody has this password")
PASSWORD_MAX_CHARACTERS = 1024


def read_deployed(file: Path) -> dict[str, str]:
    """Return the hash of each of the deployment's admins; lines that are not `name:hash` are passed over.

    Raise OSError.
    """
    pairs = (line.strip().partition(":") for line in file.read_text("utf-8").splitlines())
    return {name: hash_ for name, _, hash_ in pairs if is_name(name) and hash_.startswith(HASH_START)}


def everybody(root: Path, file: Path) -> list[Person]:
    """Return who may log in, or is invited to, by name. Raise OSError where the deployment's file cannot be read."""
    deployed, own = read_deployed(file), {one.name: one for one in people_in(root)}
    found = (holding(name, own.get(name), deployed.get(name)) for name in {*deployed, *own})
    return sorted((one for one in found if one), key=lambda one: one.name.casefold())


def find_person(root: Path, file: Path, name: str) -> Person | None:
    """Return who somebody is now; None for nobody. Raise OSError."""
    return holding(name, read_person(root, name), read_deployed(file).get(name))


def known_person(root: Path, file: Path, name: str) -> Person | None:
    """Return who somebody is now; nobody is anybody where the deployment's file cannot be read."""
    try:
        return find_person(root, file, name)
    except OSError:
        return None


def is_password(person: Person | None, password: str) -> bool:
    """Say whether this is the person's password; it takes the same time for nobody, and for who has none."""
    hash_ = person.password_hash if person and person.password_hash else _NOBODY
    try:
        _HASHER.verify(hash_, password[:PASSWORD_MAX_CHARACTERS])
    except (VerificationError, InvalidHashError):
        return False
    return hash_ is not _NOBODY


def hash_password(password: str) -> str:
    """Return what is kept of a password."""
    return _HASHER.hash(password[:PASSWORD_MAX_CHARACTERS])
