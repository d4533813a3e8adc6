"""What to ask for when somebody enters a camera: its ID, its record, and the account that it gets.

The admin and the command line ask for the same thing in the same words; nothing is asked here.
"""

from collections.abc import Container
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Literal

from ingest.errors import CamspoolError
from ingest.ftps.accounts import hash_password, typable_password
from ingest.settings.values import Ftps
from ingest.spool.camera_accounts import account_name, account_of, camera_accounts
from ingest.spool.camera_ids import camera_id_from
from ingest.spool.camera_records import read_camera_record
from ingest.spool.known_cameras import KnownCameras
from ingest.spool.names import one_line
from ingest.spool.sites import Site, with_site

NAME_MAX_CHARACTERS = 100

_ANONYMOUS = ("anonymous", "ftp")
"""Log-ins that vsftpd takes for nobody's, whatever their password is."""

Way = Literal["account", "folder"]
"""How uploads of a camera are known to be its own: by an account, or by the folder that is set in it."""


@dataclass(frozen=True)
class NewCamera:
    """A camera as somebody enters it: its name is what people call it, `make` what is written on it."""

    name: str
    make: str = ""
    site: Site | None = None
    way: Way = "account"


@dataclass(frozen=True)
class Entry:
    """What to ask for: the words of the request `add_camera`; and the password, which no request holds."""

    camera_id: str
    account: str | None
    words: dict[str, Any]
    password: str | None = field(default=None, repr=False)


def entry_for(root: Path, ftps: Ftps, wish: NewCamera) -> Entry:
    """Return what to ask for to enter a new camera. Raise CamspoolError for a name that is none, or is taken."""
    name = one_line(wish.name.strip())[:NAME_MAX_CHARACTERS]
    camera_id = camera_id_from(wish.name.strip()[:NAME_MAX_CHARACTERS])
    if camera_id is None:
        raise CamspoolError(f"{name or 'Nothing'} cannot be a camera's name: expected letters or digits, no slashes.")
    known = KnownCameras(root).spelling(camera_id)
    if read_camera_record(root, known) is not None or (root / "accepted" / known).exists():
        raise CamspoolError(f"There is a camera {known} already. Open its page, or choose another name.")
    record: dict[str, Any] = {"name": name, "registered": True}
    if make := one_line(wish.make.strip())[:NAME_MAX_CHARACTERS]:
        record["make"] = make
    if wish.site:
        record = with_site(record, wish.site)
    if wish.way == "folder":
        return Entry(camera_id, None, {"camera_id": camera_id, "record": record | {"folder": True}})
    return _with_account(root, ftps, camera_id, record)


def account_for(root: Path, ftps: Ftps, camera_id: str) -> Entry:
    """Return what to ask for to give a camera that is here already an account. Raise CamspoolError when it has one."""
    own = account_of(root, camera_id)
    if own and not own.closed_at:
        raise CamspoolError(f"{camera_id} has the account {own.name} already; give it a new password instead.")
    return _with_account(root, ftps, camera_id, dict(read_camera_record(root, camera_id) or {"registered": False}))


def new_password() -> tuple[str, str]:
    """Return a new password and the hash of it that a request may hold."""
    password = typable_password()
    return password, hash_password(password)


def _with_account(root: Path, ftps: Ftps, camera_id: str, record: dict[str, Any]) -> Entry:
    own = account_of(root, camera_id)
    account = own.name if own else _free_name(record.get("name") or camera_id, camera_id, _taken(root, ftps))
    password, hashed = new_password()
    words = {"camera_id": camera_id, "record": record, "account": account, "password_hash": hashed}
    return Entry(camera_id, account, words, password)


def _taken(root: Path, ftps: Ftps) -> frozenset[str]:
    """Return the names, in lower case, that no new account can have: those of the deployment, and those made here."""
    names = (*_ANONYMOUS, ftps.account, *ftps.accounts, *ftps.shared_accounts, *camera_accounts(root))
    return frozenset(name.lower() for name in names)


def _free_name(name: str, camera_id: str, taken: Container[str]) -> str:
    """Return an account name like the camera's; where it is taken, with a number behind it.

    >>> _free_name("Gate North", "Gate_North", ()), _free_name("Camera", "Camera", {"camera", "camera-2"})
    ('gate-north', 'camera-3')
    """
    wanted = account_name(name) or account_name(camera_id) or "cam"
    numbered = (wanted if number == 1 else f"{wanted[:28].rstrip('-.')}-{number}" for number in count(1))
    return next(one for one in numbered if one not in taken)
