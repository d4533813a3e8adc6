"""Who logged in: account and client of connections, each read once, because a connection's log may be long."""

import logging
from pathlib import Path

from ingest.connections.store import account_and_client

log = logging.getLogger("camspool")

REMEMBERED_MAX = 1000


class Logins:
    """State that lives with the queue: the log-ins of the connections whose items came by last."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, tuple[str | None, str | None]] = {}

    def of(self, connection: str) -> tuple[str | None, str | None]:
        """Return account and client address; None for what is not known."""
        known = self._known.get(connection)
        if known is None:
            known = self._read(connection)
            if known[0] is not None:
                self._known[connection] = known
            if len(self._known) > REMEMBERED_MAX:
                del self._known[next(iter(self._known))]
        return known

    def _read(self, connection: str) -> tuple[str | None, str | None]:
        """Read a log-in. One log that nobody can make sense of costs its photos only the account."""
        try:
            return account_and_client(self._root, connection)
        except OSError:
            raise
        except Exception:
            log.exception("Who logged in for connection %s cannot be told.", connection)
            return None, None
