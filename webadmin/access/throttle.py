"""Counts attempts in the admin's database, so that limits hold across workers and restarts."""

import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from limits.storage import Storage

from webadmin.state import state_of


class SqliteStorage(Storage):
    """Storage of Flask-Limiter (library `limits`, fixed windows) in SQLite: it has none that needs no server."""

    STORAGE_SCHEME = ["camspool"]  # noqa: RUF012 - the name and form that the library asks for

    def __init__(self, uri: str, wrap_exceptions: bool = False, **options: str) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._cache = Path(unquote(urlsplit(uri).path))

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the library may take for a failure of the storage."""
        return OSError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Add to a counter that lives `expiry` seconds from its first hit; return it."""
        now = time.time()
        with state_of(self._cache) as state:
            state.execute("DELETE FROM throttle WHERE ends_at <= ?", (now,))
            row = state.execute(
                "INSERT INTO throttle VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET hits = hits + excluded.hits "
                "RETURNING hits",
                (key, amount, now + expiry),
            ).fetchone()
        return int(row[0])

    def get(self, key: str) -> int:
        """Return a counter, 0 when it has ended."""
        with state_of(self._cache) as state:
            row = state.execute(
                "SELECT hits FROM throttle WHERE key = ? AND ends_at > ?", (key, time.time())
            ).fetchone()
        return int(row[0]) if row else 0

    def get_expiry(self, key: str) -> float:
        """Return when a counter ends, as seconds since 1970."""
        with state_of(self._cache) as state:
            row = state.execute("SELECT ends_at FROM throttle WHERE key = ?", (key,)).fetchone()
        return float(row[0]) if row else time.time()

    def check(self) -> bool:
        """Say whether the storage works."""
        return self.get("") == 0

    def reset(self) -> int | None:
        """Forget every counter."""
        with state_of(self._cache) as state:
            return state.execute("DELETE FROM throttle").rowcount

    def clear(self, key: str) -> None:
        """Forget one counter."""
        with state_of(self._cache) as state:
            state.execute("DELETE FROM throttle WHERE key = ?", (key,))
