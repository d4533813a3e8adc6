"""FTPS accounts of single cameras, on somebody's word: one is made, gets a new password, or lets nobody in any more.

A request brings the hash of a password, never the password. Each change can be made again after a crash: what it has
done already it does not do twice.
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.ftps.accounts import old_passwords, read_accounts, write_accounts
from ingest.requests.result import Alive, Result
from ingest.spool.camera_accounts import (
    ACCOUNT,
    PASSWORDS,
    CameraAccount,
    account_of,
    camera_accounts,
    write_camera_accounts,
)
from ingest.spool.camera_records import write_camera_record
from ingest.spool.names import is_camera_id, one_line
from ingest.spool.stamp import utc_text

SECRETS = ("password_hash", "token_hash", "deployed_hash", "second_factor", "invitation_hash")
"""Words of a request that its answer does not keep: anybody who may see the log of requests may read that."""

_HASH_START = "$6$"
_MODE = 0o640
"""On a host the group of hashes/ is root, and vsftpd's PAM reads by that group, without another right."""


def add_camera(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Enter a camera with its record and, where the request names one, with an account of its own."""
    camera_id, record, name = request["camera_id"], request["record"], request.get("account")
    if not is_camera_id(camera_id) or not isinstance(record, dict):
        return [Result(request_id, "refused", f"{one_line(str(camera_id))} is not a camera ID.")]
    if name is not None and (refusal := _open(root, request_id, request)):
        return [Result(camera_id, "refused", refusal)]
    write_camera_record(root, camera_id, record)
    said = f"The camera is entered, with the FTPS account {name}." if name else "The camera is entered."
    return [Result(camera_id, "added", said)]


def _open(root: Path, request_id: str, request: dict[str, Any]) -> str | None:
    """Open an account for a camera, a closed one again; return a sentence when that cannot be."""
    name, camera_id, accounts = str(request["account"]), request["camera_id"], camera_accounts(root)
    present, own = accounts.get(name), account_of(root, camera_id)
    if present and present.request == request_id:
        return None
    if not ACCOUNT.fullmatch(name):
        return f"{one_line(name, 40)} cannot be an FTPS account: expected up to 32 letters, digits, dots, _ and -."
    if own and not own.closed_at:
        return f"{camera_id} has the account {own.name} already; give it a new password instead."
    if present and present.camera_id != camera_id:
        return f"The account {name} belongs to {present.camera_id} already; choose another name."
    _set_passwords(root, name, _hash_in(request), former=None)
    now = utc_text(datetime.now(UTC))
    made = CameraAccount(name, camera_id, made_at=present.made_at if present else now, request=request_id)
    write_camera_accounts(root, {**accounts, name: replace(made, renewed_at=now) if present else made})
    return None


def renew_password(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Give a camera's account a new password. The former one stays valid until somebody ends it."""

    def renew(account: CameraAccount) -> CameraAccount:
        present, hashed = read_accounts(root / PASSWORDS).get(account.name), _hash_in(request)
        kept = read_accounts(old_passwords(root / PASSWORDS)).get(account.name)
        _set_passwords(root, account.name, hashed, former=kept if present == hashed else present)
        return replace(account, renewed_at=utc_text(datetime.now(UTC)), has_former=True)

    return _change(root, request_id, request, renew, "has a new password; the former one is valid until you end it")


def end_former_password(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Let nobody in any more with the password before the present one."""

    def end(account: CameraAccount) -> CameraAccount:
        _set_passwords(root, account.name, read_accounts(root / PASSWORDS)[account.name], former=None)
        return replace(account, has_former=False)

    return _change(root, request_id, request, end, "is entered with its present password only")


def close_account(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Let nobody in any more with an account. A connection that is open goes on to its end; nothing of it is lost."""

    def close(account: CameraAccount) -> CameraAccount:
        _set_passwords(root, account.name, None, former=None)
        return replace(account, has_former=False, closed_at=utc_text(datetime.now(UTC)))

    return _change(root, request_id, request, close, "is closed")


def _change(
    root: Path,
    request_id: str,
    request: dict[str, Any],
    change: Callable[[CameraAccount], CameraAccount],
    said: str,
) -> list[Result]:
    name, accounts = str(request["account"]), camera_accounts(root)
    account = accounts.get(name)
    if account is None or (account.closed_at and account.request != request_id):
        return [Result(request_id, "refused", f"There is no open account {one_line(name, 40)} that was made here.")]
    if account.request != request_id:
        write_camera_accounts(root, {**accounts, name: replace(change(account), request=request_id)})
    return [Result(account.camera_id, "changed", f"The account {name} {said}.")]


def _set_passwords(root: Path, name: str, present: str | None, *, former: str | None) -> None:
    """Write an account's hashes; None takes it out. A wanted former one first: no camera is ever without a password."""
    file = root / PASSWORDS
    write_accounts(old_passwords(file), _with(read_accounts(old_passwords(file)), name, former), mode=_MODE)
    write_accounts(file, _with(read_accounts(file), name, present), mode=_MODE)


def _with(hashes: Mapping[str, str], name: str, hashed: str | None) -> dict[str, str]:
    rest = {account: one for account, one in hashes.items() if account != name}
    return {**rest, name: hashed} if hashed else rest


def _hash_in(request: dict[str, Any]) -> str:
    """Return the hash a request brings. Raise ValueError for what would make a damaged password file."""
    hashed = request["password_hash"]
    if not isinstance(hashed, str) or not hashed.startswith(_HASH_START) or not hashed.isprintable() or ":" in hashed:
        raise ValueError("the password's hash is not of SHA-512 crypt")
    return hashed
