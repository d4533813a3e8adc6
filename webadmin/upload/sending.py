"""Sends an uploaded file through the machine's own FTPS port, as a camera would, and finds what became of it."""

import hashlib
import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from ingest.ftps.own import own_server, read_ftps_password
from ingest.ftps.relay import ask_relay
from ingest.ftps.sender import upload
from ingest.index.rows import first_number
from ingest.settings.values import Settings

PATIENCE_S = 8.0
_STEP_S = 0.1

OpenIndex = Callable[[], AbstractContextManager[sqlite3.Connection]]


def send_over_ftps(
    settings: Settings, relay: Path | None, open_index: OpenIndex, content: bytes, path: str, *, implicit: bool
) -> str | None:
    """Upload and return the id of the item it became; None when no verdict came in time. Raise CamspoolError."""
    since = first_number(datetime.now(UTC))
    _send(settings, relay, path, content, implicit=implicit)
    return _wait_for_item(open_index, since, path, hashlib.sha256(content).hexdigest())


def _send(settings: Settings, relay: Path | None, path: str, content: bytes, *, implicit: bool) -> None:
    """Upload; where this process has no network, through the relay that has."""
    if relay:
        ask_relay(relay, path, content, implicit=implicit)
    else:
        password = read_ftps_password(settings.admin.ftps_password_file)
        upload(own_server(settings.ftps, password, implicit=implicit), path.encode(), content)


def _wait_for_item(open_index: OpenIndex, since: int, path: str, sha256: str) -> str | None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with open_index() as index:
            row = index.execute(
                "SELECT id FROM items WHERE number >= ? AND upload_path = ? AND (sha256 = ? OR sha256 IS NULL) LIMIT 1",
                (since, path, sha256),
            ).fetchone()
        if row:
            return str(row[0])
        time.sleep(_STEP_S)
    return None
