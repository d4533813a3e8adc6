"""Tokens with which a program reads what a person may see: `tokens/<id>.json`, written by who carries out requests.

A token is `camspool_` and 43 random characters. Only its SHA-256 is kept, and its id is how that begins: nobody who
reads the files can use one.
"""

import json
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path

from ingest.spool.durable import remove_file, replace_file
from ingest.spool.json_text import parse_json

FOLDER = "tokens"
PREFIX = "camspool_"
"""Lets people and programs that look for secrets in texts know what this is."""

LABEL_MAX = 60
_ID, _HASH = re.compile(r"[0-9a-f]{16}"), re.compile(r"[0-9a-f]{64}")
_TOKEN = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")


@dataclass(frozen=True)
class Token:
    """What is known of a token: whose it is, what its owner calls it, its SHA-256 in hex, and since when (UTC text)."""

    id: str
    person: str
    label: str
    token_hash: str
    made_at: str


def new_token() -> tuple[str, str]:
    """Return a new token and its hash."""
    token = PREFIX + secrets.token_urlsafe(32)
    return token, hash_of(token)


def hash_of(token: str) -> str:
    """Return the SHA-256 of a token, in hex: of 256 random bits nobody guesses one, however fast the hash is."""
    return sha256(token.encode()).hexdigest()


def is_token_hash(text: object) -> bool:
    """Say whether this can be the hash of a token."""
    return isinstance(text, str) and bool(_HASH.fullmatch(text))


def token_id(token_hash: str) -> str:
    """Return the id of the token with this hash."""
    return token_hash[:16]


def write_token(root: Path, token: Token) -> None:
    """Let a token be valid from now on. Raise OSError."""
    replace_file(root / FOLDER / f"{token.id}.json", json.dumps(asdict(token), ensure_ascii=False).encode())


def forget_token(root: Path, id_: str) -> bool:
    """Let a token be valid no more; say whether it was. Raise OSError."""
    return bool(_ID.fullmatch(id_)) and remove_file(root / FOLDER / f"{id_}.json")


def find_token(root: Path, token: str) -> Token | None:
    """Return what is known of a token that somebody shows; None when it is not valid."""
    if not _TOKEN.fullmatch(token):
        return None
    hashed = hash_of(token)
    found = _read(root / FOLDER / f"{token_id(hashed)}.json")
    return found if found and compare_digest(found.token_hash, hashed) else None


def tokens_in(root: Path) -> Iterator[Token]:
    """Yield all tokens, by their persons, the oldest first; a file that cannot be read is left out."""
    found = (_read(file) for file in (root / FOLDER).glob("*.json") if _ID.fullmatch(file.stem))
    yield from sorted((one for one in found if one), key=lambda one: (one.person, one.made_at, one.id))


def _read(file: Path) -> Token | None:
    with suppress(OSError, ValueError, TypeError):
        token = Token(**parse_json(file.read_bytes()))
        return token if token.id == file.stem and all(isinstance(one, str) for one in vars(token).values()) else None
    return None
