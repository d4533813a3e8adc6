"""What people say of incidents: that they know of one, that it shall be told again; and that a test be sent."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.requests.result import Alive, Result
from ingest.spool.incidents import TEST_REQUEST, Known, forget_known, read_incident, write_known
from ingest.spool.names import one_line
from ingest.spool.stamp import parse_utc, utc_text

WHY_MAX = 300


def know_incident(
    root: Path, _index: sqlite3.Connection, _id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Note that somebody knows of incidents, until a moment or until they end."""
    until = request.get("until")
    if until is not None and not _is_moment(until):
        return [Result(one_line(str(one), 80), "refused", "Until when is not a moment.") for one in request["ids"]]
    by, why = one_line(str(request.get("by")), 64), one_line(str(request.get("why") or ""), WHY_MAX)
    now = utc_text(datetime.now(UTC))
    return [_know(root, Known(str(one), by, now, until, why)) for one in request["ids"]]


def _know(root: Path, known: Known) -> Result:
    if read_incident(root, known.incident) is None:
        return _unknown(known.incident)
    write_known(root, known)
    return Result(known.incident, "known", "It is not told again meanwhile.")


def forget_incident(
    root: Path, _index: sqlite3.Connection, _id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Take back that somebody knows of incidents."""
    return [_forget(root, str(one)) for one in request["ids"]]


def _forget(root: Path, incident_id: str) -> Result:
    if read_incident(root, incident_id) is None:
        return _unknown(incident_id)
    forget_known(root, incident_id)
    return Result(incident_id, "told again", "It is told again when it gets worse.")


def test_message(
    root: Path, _index: sqlite3.Connection, request_id: str, request: dict[str, Any], _alive: Alive
) -> list[Result]:
    """Have a test message sent: the alerts take who asked for it from a file."""
    (root / TEST_REQUEST).write_text(one_line(str(request.get("by")), 64), "utf-8")
    return [Result(request_id, "asked", "A test message is on its way.")]


def _unknown(incident_id: str) -> Result:
    return Result(one_line(incident_id, 80), "refused", "There is no such incident.")


def _is_moment(text: Any) -> bool:
    try:
        return isinstance(text, str) and utc_text(parse_utc(text)) == text
    except ValueError:
        return False
