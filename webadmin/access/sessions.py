"""Sessions of admins, kept on the server: they end by themselves, on log-out, and when the password changes."""

import hashlib
import secrets
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from flask_login import UserMixin

from webadmin.access.admins import read_admins
from webadmin.state import state_of

IDLE_S = 8 * 3600
LONGEST_S = 7 * 86400
_SEEN_STEP_S = 60


class Admin(UserMixin):  # type: ignore[misc]
    """The admin of this request. `get_id` is the session's id, never the name: a session can be ended."""

    def __init__(self, session_id: str, name: str) -> None:
        self.id, self.name = session_id, name


def begin(cache: Path, name: str, password_hash: str) -> Admin:
    """Start a session, and clear away those that have ended."""
    session_id, now = secrets.token_urlsafe(32), time.time()
    with state_of(cache) as state:
        state.execute("DELETE FROM sessions WHERE seen_at < ? OR began_at < ?", (now - IDLE_S, now - LONGEST_S))
        state.execute(
            "INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", (_mark(session_id), name, _mark(password_hash), now, now)
        )
    return Admin(session_id, name)


def find(cache: Path, password_file: Path, session_id: str) -> Admin | None:
    """Return the admin of a session that still holds."""
    now = time.time()
    with state_of(cache) as state:
        row = state.execute(
            "SELECT admin, password_mark, began_at, seen_at FROM sessions WHERE id = ?", (_mark(session_id),)
        ).fetchone()
        if row is None or now - row[3] > IDLE_S or now - row[2] > LONGEST_S:
            return None
        if now - row[3] > _SEEN_STEP_S:
            # A session that cannot be written ends too early at worst; a page that was asked for is shown.
            with suppress(sqlite3.OperationalError):
                state.execute("UPDATE sessions SET seen_at = ? WHERE id = ?", (now, _mark(session_id)))
    hash_ = hash_now(password_file, row[0])
    return Admin(session_id, row[0]) if hash_ and _mark(hash_) == row[1] else None


def end(cache: Path, session_id: str) -> None:
    """End a session for good: a copy of its cookie is worth nothing afterwards."""
    with state_of(cache) as state:
        state.execute("DELETE FROM sessions WHERE id = ?", (_mark(session_id),))


def hash_now(password_file: Path, name: str) -> str | None:
    """Return the hash of an admin's password as it is now; None where there is no such admin."""
    try:
        return read_admins(password_file).get(name)
    except OSError:
        return None


def _mark(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
