"""Sessions of people, kept on the server: they end by themselves, on log-out, and when the password changes."""

import secrets
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask_login import UserMixin

from ingest.spool.people import Person, hash_of
from webadmin.access.people import known_person
from webadmin.state import state_of

IDLE_S = 8 * 3600
LONGEST_S = 7 * 86400
_SEEN_STEP_S = 60
_AGENT_MAX = 300
_HELD = "seen_at >= ? AND began_at >= ?"
_BY_PROVIDER = "id IN (SELECT id FROM provider_sessions)"
_SELECT = """
SELECT id, admin, coalesce(address, ''), coalesce(agent, ''), began_at, seen_at, password_mark
FROM sessions LEFT JOIN session_origins USING (id)
"""


class LoggedIn(UserMixin):  # type: ignore[misc]
    """The person of this request. `get_id` is the session's id, never the name: a session can be ended."""

    def __init__(self, session_id: str, person: Person, *, by_provider: bool = False) -> None:
        self.id, self.person, self.name, self.role = session_id, person, person.name, person.role
        self.by_provider = by_provider


@dataclass(frozen=True)
class Session:
    """One session: its mark, whose it is, from where and with which browser, since when, used when."""

    mark: str
    person: str
    address: str
    agent: str
    began_at: datetime
    seen_at: datetime


def begin(cache: Path, person: Person, address: str = "", agent: str = "", *, by_provider: bool = False) -> LoggedIn:
    """Start a session, and clear away those that have ended."""
    session_id, now = secrets.token_urlsafe(32), time.time()
    row = (hash_of(session_id), person.name, hash_of(person.password_hash), now, now)
    with state_of(cache) as state:
        state.execute("DELETE FROM sessions WHERE seen_at < ? OR began_at < ?", (now - IDLE_S, now - LONGEST_S))
        state.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", row)
        for table in ("session_origins", "provider_sessions"):
            state.execute(f"DELETE FROM {table} WHERE id NOT IN (SELECT id FROM sessions)")  # noqa: S608 - one of two
        state.execute("INSERT INTO session_origins VALUES (?, ?, ?)", (row[0], address, agent[:_AGENT_MAX]))
        if by_provider:
            state.execute("INSERT INTO provider_sessions VALUES (?)", (row[0],))
    return LoggedIn(session_id, person, by_provider=by_provider)


def find(cache: Path, root: Path, password_file: Path, session_id: str) -> LoggedIn | None:
    """Return the person of a session that still holds, as they are now."""
    now = time.time()
    with state_of(cache) as state:
        row = state.execute(
            f"SELECT admin, password_mark, seen_at, {_BY_PROVIDER} FROM sessions WHERE id = ? AND {_HELD}",  # noqa: S608
            (hash_of(session_id), now - IDLE_S, now - LONGEST_S),
        ).fetchone()
        if row is None:
            return None
        if now - row[2] > _SEEN_STEP_S:
            # A session that cannot be written ends too early at worst; a page that was asked for is shown.
            with suppress(sqlite3.OperationalError):
                state.execute("UPDATE sessions SET seen_at = ? WHERE id = ?", (now, hash_of(session_id)))
    person = known_person(root, password_file, row[0])
    if person is None or hash_of(person.password_hash) != row[1]:
        return None
    return LoggedIn(session_id, person, by_provider=bool(row[3]))


def sessions_of(cache: Path, people: Mapping[str, Person]) -> list[Session]:
    """Return the sessions of these people that hold, the one used last first."""
    now = time.time()
    with state_of(cache) as state:
        rows = state.execute(
            f"{_SELECT} WHERE {_HELD} ORDER BY seen_at DESC", (now - IDLE_S, now - LONGEST_S)
        ).fetchall()
    passwords = {name: hash_of(person.password_hash) for name, person in people.items()}
    return [_session(row) for row in rows if passwords.get(row[1]) == row[6]]


def end(cache: Path, session_id: str) -> None:
    """End a session for good: a copy of its cookie is worth nothing afterwards."""
    end_marked(cache, hash_of(session_id))


def end_marked(cache: Path, mark: str) -> Session | None:
    """End the session of this mark for good; return what it was."""
    with state_of(cache) as state:
        row = state.execute(f"{_SELECT} WHERE id = ?", (mark,)).fetchone()
        state.execute("DELETE FROM sessions WHERE id = ?", (mark,))
    return _session(row) if row else None


def is_session(session: Session, session_id: str) -> bool:
    """Say whether a session is the one of this id."""
    return session.mark == hash_of(session_id)


def _session(row: Sequence[Any]) -> Session:
    mark, person, address, agent, began_at, seen_at = row[:6]
    return Session(mark, person, address, agent, *(datetime.fromtimestamp(one, UTC) for one in (began_at, seen_at)))
