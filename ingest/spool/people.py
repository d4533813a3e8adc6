"""Who may use the admin: `people/<name>.json`, written by who carries out requests. Nothing in it lets anybody in.

A password is kept as its argon2id hash, the secret of a second factor is sealed by the admin, an invitation is kept as
its SHA-256. The deployment's own admins stand in a file of their own; `holding` says who counts where both know one.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from ingest.spool.durable import remove_file, replace_file
from ingest.spool.json_text import parse_json

FOLDER = "people"
ROLES = ("admin", "viewer", "field")
"""Admins see and change everything, viewers see everything, people in the field see the visits of their cameras."""

PASSWORD_LEAST = 10
HASH_START = "$argon2id$"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Person:
    """One person. Times are UTC texts, empty for never.

    `accounts` and `tags` say whose cameras somebody in the field sees. `second_factor` is sealed; who has none although
    it is `second_factor_due` sets it up first. `invitation_hash`: the holder of that link chooses a password until
    `invited_until`. `replaces`: the mark of the deployment's hash for this name that the person has put another
    password in place of. `request`: the last one that changed this.
    """

    name: str
    role: str
    accounts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    password_hash: str = ""
    second_factor: str = ""
    second_factor_due: bool = False
    invitation_hash: str = ""
    invited_until: str = ""
    replaces: str = ""
    made_at: str = ""
    made_by: str = ""
    request: str = ""


def is_name(text: object) -> bool:
    """Say whether somebody can be called this: it stands in a file with colons, in logs, and names a file."""
    return isinstance(text, str) and bool(_NAME.fullmatch(text))


def hash_of(secret: str) -> str:
    """Return the mark of a secret that nobody guesses, in hex: a random one, or what a password became."""
    return sha256(secret.encode()).hexdigest()


def is_mark(text: object) -> bool:
    """Say whether this can be the mark of a secret."""
    return isinstance(text, str) and bool(_HASH.fullmatch(text))


def holding(name: str, own: Person | None, deployed_hash: str | None) -> Person | None:
    """Return who somebody is by what was made here and by the deployment's hash; None for nobody. Pure.

    The deployment's people are admins. What they changed here holds as long as the deployment has that same hash: a
    new password from the host is the way in for who has lost everything else.
    """
    if deployed_hash is None:
        return None if own is None or own.replaces else own
    if own and own.replaces == hash_of(deployed_hash):
        return replace(own, role="admin")
    return Person(name, "admin", password_hash=deployed_hash, replaces=hash_of(deployed_hash))


def read_person(root: Path, name: str) -> Person | None:
    """Return what was made here of one person; None for nobody, or where it cannot be read."""
    return _read(root / FOLDER / f"{name}.json") if is_name(name) else None


def people_in(root: Path) -> Iterator[Person]:
    """Yield everybody who was made here, by name."""
    found = (_read(file) for file in (root / FOLDER).glob("*.json") if is_name(file.stem))
    yield from sorted((one for one in found if one), key=lambda one: one.name.casefold())


def invited(root: Path, token: str, now: str) -> Person | None:
    """Return whose invitation this is, as long as it holds."""
    mark = hash_of(token)
    return next((one for one in people_in(root) if one.invitation_hash == mark and now < one.invited_until), None)


def write_person(root: Path, person: Person) -> None:
    """Let a person be as this says from now on. Raise OSError."""
    text = json.dumps(asdict(person), ensure_ascii=False, indent=1)
    replace_file(root / FOLDER / f"{person.name}.json", f"{text}\n".encode())


def forget_person(root: Path, name: str) -> bool:
    """Let somebody in no more; say whether somebody was there. Raise OSError."""
    return remove_file(root / FOLDER / f"{name}.json")


def _read(file: Path) -> Person | None:
    with suppress(OSError, ValueError, TypeError, AttributeError):
        person = _person(parse_json(file.read_bytes()))
        return person if person.name == file.stem and person.role in ROLES else None
    return None


def _person(entry: Mapping[str, Any]) -> Person:
    """Read a person, passing over what a newer release has added. Raise TypeError where it is of another kind."""
    known = {field.name for field in fields(Person)}
    kept = {key: value for key, value in entry.items() if key in known}
    for key in ("accounts", "tags"):
        kept[key] = tuple(str(one) for one in kept.get(key, ()))
    person = Person(**kept)
    words = (value for key, value in vars(person).items() if key not in ("accounts", "tags", "second_factor_due"))
    if not all(isinstance(value, str) for value in words):
        raise TypeError(f"{person.name!r} is not a person's record")
    return person
