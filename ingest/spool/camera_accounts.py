"""The FTPS accounts that people made for single cameras: accounts/accounts.json says which camera has which.

Their password hashes lie below it, for root and the watcher alone (`ingest.ftps.accounts`); this list holds none.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ingest.errors import CamspoolError
from ingest.spool.camera_ids import camera_id_from
from ingest.spool.durable import replace_file
from ingest.spool.names import is_camera_id

ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
"""What an account may be called: it stands in a file with colons, in logs, and is typed into cameras."""

PASSWORDS = "accounts/hashes/passwd"
"""The password file that PAM reads after the deployment's own; the former passwords lie in its `.old`."""

_LIST = "accounts/accounts.json"


@dataclass(frozen=True)
class CameraAccount:
    """An FTPS account of one camera. Times are UTC texts; a closed account lets nobody in and stays listed.

    `has_former`: the password before the present one is valid too. `request` is the last one that changed it.
    """

    name: str
    camera_id: str
    made_at: str
    renewed_at: str | None = None
    has_former: bool = False
    closed_at: str | None = None
    request: str = ""


def camera_accounts(root: Path) -> Mapping[str, CameraAccount]:
    """Return the accounts by name, closed ones too. Raise CamspoolError when the list cannot be understood."""
    file = root / _LIST
    try:
        status = file.stat()
        return _read(file, (status.st_ino, status.st_mtime_ns, status.st_size))
    except FileNotFoundError:
        return MappingProxyType({})


def account_of(root: Path, camera_id: str) -> CameraAccount | None:
    """Return the account of a camera that was made last, an open one before closed ones; None when it has none."""
    own = [one for one in camera_accounts(root).values() if one.camera_id == camera_id]
    return max(own, key=lambda one: (one.closed_at is None, one.made_at), default=None)


@lru_cache(maxsize=16)
def _read(file: Path, _version: tuple[int, int, int]) -> Mapping[str, CameraAccount]:
    """Read the list once for each version of it: every photo of a camera with an account asks for it."""
    try:
        listed = json.loads(file.read_bytes())
        found = [_account(name, entry) for name, entry in listed.items()]
    except (ValueError, TypeError, AttributeError) as error:
        raise CamspoolError(f"{file} is damaged: {error}. Take it from a backup.") from error
    return MappingProxyType({one.name: one for one in found})


def _account(name: str, entry: dict[str, Any]) -> CameraAccount:
    known = {field.name for field in fields(CameraAccount)} - {"name"}
    account = CameraAccount(name, **{key: value for key, value in entry.items() if key in known})
    if not ACCOUNT.fullmatch(name) or not is_camera_id(account.camera_id):
        raise ValueError(f"{name!r} is not an account of a camera")
    return account


def write_camera_accounts(root: Path, accounts: Mapping[str, CameraAccount]) -> None:
    """Replace the list of all accounts."""
    entries = {
        name: {key: value for key, value in asdict(one).items() if key != "name"} for name, one in accounts.items()
    }
    replace_file(root / _LIST, json.dumps(entries, indent=1).encode() + b"\n")


def account_name(text: str) -> str | None:
    """Return the account name for a camera's name: lower case, so that it can be typed with four buttons.

    >>> account_name("Gate North"), account_name("861943070068027"), account_name("Höhle 2"), account_name("??")
    ('gate-north', '861943070068027', 'hoehle-2', None)
    """
    made = camera_id_from(text)
    return made.lower().replace("_", "-")[:32].rstrip("-.") if made else None
