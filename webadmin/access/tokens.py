"""Which token a program shows: valid as long as nobody revoked it and its person is let in here."""

import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from ingest.errors import CamspoolError
from ingest.spool.tokens import find_token
from webadmin.access.people import known_person
from webadmin.access.sessions import LoggedIn
from webadmin.state import state_of

_USED_STEP_S = 60


def find(cache: Path, root: Path, password_file: Path, token: str) -> LoggedIn | None:
    """Return whose program shows a token, and note that it is used; None when it is not valid."""
    found = find_token(root, token)
    person = known_person(root, password_file, found.person) if found else None
    if found is None or person is None:
        return None
    # What cannot be noted, on a full disk, is no reason to answer nothing.
    with suppress(CamspoolError, sqlite3.Error):
        _note_use(cache, found.id)
    return LoggedIn(f"token {found.id}", person)


def _note_use(cache: Path, token_id: str) -> None:
    now = time.time()
    with state_of(cache) as state:
        row = state.execute("SELECT used_at FROM token_uses WHERE id = ?", (token_id,)).fetchone()
        if row is None or now - row[0] > _USED_STEP_S:
            state.execute("INSERT OR REPLACE INTO token_uses VALUES (?, ?)", (token_id, now))


def last_uses(cache: Path) -> dict[str, float]:
    """Return when each token was used last, as seconds since 1970; the minute is right."""
    with state_of(cache) as state:
        return dict(state.execute("SELECT id, used_at FROM token_uses").fetchall())
