"""People who use the admin, on somebody's word: one is added, changed, removed. A request brings hashes, no secrets.

Each change can be made again after a crash: the record names the request that changed it last.
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.requests.result import Alive, Result
from ingest.spool.camera_accounts import ACCOUNT
from ingest.spool.camera_records import tags_from
from ingest.spool.names import one_line
from ingest.spool.people import (
    HASH_START,
    ROLES,
    Person,
    forget_person,
    is_mark,
    is_name,
    read_person,
    write_person,
)
from ingest.spool.stamp import parse_utc, utc_text
from ingest.spool.tokens import forget_token, tokens_in

_SEALED_MAX = 400
_WRONG_ROLE = f"A person is one of: {', '.join(ROLES)}."
_OVER = "The invitation holds no more: it was used, taken back, or is too old. Ask for another one."

Request = Mapping[str, Any]


def add_person(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Let somebody be known, who comes in by the invitation that the request names."""
    name = request["person"]
    if not is_name(name):
        return [_refused(request_id, f"{one_line(str(name), 64)} cannot be a name: use letters, digits and . _ @ -.")]
    if (present := read_person(root, name)) and present.request != request_id:
        return [_refused(request_id, f"There is somebody called {name} already.")]
    made = Person(name, "", made_at=utc_text(datetime.now(UTC)), made_by=one_line(str(request.get("by")), 64))
    person = _with_invitation(_with_role(made, request), request)
    if person is None:
        return [_refused(request_id, _WRONG_ROLE)]
    write_person(root, replace(person, request=request_id))
    return [Result(name, "added", f"{name} is added, as {person.role}.")]


def change_person(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Give somebody another role, other cameras, or ask for a second factor."""
    return _change(root, request_id, request, lambda person: _with_role(person, request), "is changed", _WRONG_ROLE)


def invite_person(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Let somebody choose a password by a link; the present one holds until then."""
    said = "can choose a password by the link"
    return _change(root, request_id, request, lambda person: _with_invitation(person, request), said)


def set_password(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Give somebody the password that they chose themselves, by their invitation where the request names one."""

    def change(person: Person) -> Person | None:
        used, hashed = request.get("invitation_hash"), request["password_hash"]
        if (used and used != person.invitation_hash) or not str(hashed).startswith(HASH_START):
            return None
        return replace(person, password_hash=str(hashed), invitation_hash="", invited_until="")

    return _change(root, request_id, request, change, "has a new password", _OVER)


def set_second_factor(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Ask somebody for a code at every log-in, or no more where the request brings nothing sealed."""
    sealed = str(request.get("second_factor") or "")[:_SEALED_MAX]
    said = "logs in with a second factor" if sealed else "logs in without a second factor"
    return _change(root, request_id, request, lambda person: replace(person, second_factor=sealed), said)


def remove_person(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Let somebody in no more, nor their programs. A request may be carried out twice: who is gone stays gone."""
    name = request["person"]
    if not is_name(name):
        return [_refused(request_id, f"There is nobody called {one_line(str(name), 64)}.")]
    forget_person(root, name)
    for token in [one for one in tokens_in(root) if one.person == name]:
        forget_token(root, token.id)
    return [Result(name, "removed", f"{name} is let in no more.")]


def end_sessions(
    _root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Put down whose sessions were ended. The admin, who alone keeps them, has done so before it asked."""
    words = one_line(str(request.get("words") or ""), 200)
    return [Result(one_line(str(request.get("person") or request_id), 64), "ended", words or "A session was ended.")]


def _change(
    root: Path,
    request_id: str,
    request: Request,
    changed: Callable[[Person], Person | None],
    said: str,
    otherwise: str = "That cannot be.",
) -> list[Result]:
    person = _present(root, request)
    if person is None:
        name = one_line(str(request["person"]), 64)
        return [_refused(request_id, f"There is nobody called {name} who was made here.")]
    if person.request != request_id:
        if (new := changed(person)) is None:
            return [_refused(request_id, otherwise)]
        write_person(root, replace(new, request=request_id))
    return [Result(person.name, "changed", f"{person.name} {said}.")]


def _present(root: Path, request: Request) -> Person | None:
    """Return the person as they are; one of the deployment's begins here with the hash that the request brings."""
    name, mark = request["person"], request.get("replaces")
    person = read_person(root, name) if is_name(name) else None
    if not is_mark(mark) or not is_name(name) or (person and person.replaces == mark):
        return person
    hashed = str(request.get("deployed_hash") or "")
    return Person(name, "admin", password_hash=hashed, replaces=str(mark)) if hashed.startswith(HASH_START) else None


def _with_role(person: Person, request: Request) -> Person | None:
    if request.get("role") not in ROLES:
        return None
    accounts = (str(one) for one in request.get("accounts") or ())
    return replace(
        person,
        role=str(request["role"]),
        accounts=tuple(sorted({one for one in accounts if ACCOUNT.fullmatch(one)})),
        tags=tags_from(request.get("tags")),
        second_factor_due=request.get("second_factor_due") is True,
    )


def _with_invitation(person: Person | None, request: Request) -> Person | None:
    mark, until = request.get("invitation_hash"), request.get("invited_until")
    if person is None or not is_mark(mark):
        return None
    return replace(person, invitation_hash=str(mark), invited_until=utc_text(parse_utc(str(until))))


def _refused(request_id: str, sentence: str) -> Result:
    return Result(request_id, "refused", sentence)
