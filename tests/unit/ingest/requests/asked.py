"""Requests put down and carried out at once, as the watcher would, and the answers to them."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from ingest.index.store import enter
from ingest.requests.carrying_out import carry_out_all
from ingest.settings.values import Settings
from ingest.spool.stamp import new_id
from tests.spools import put_item

Answer = dict[str, Any]


def ask(
    root: Path,
    index: sqlite3.Connection,
    text: Any,
    request_id: str | None = None,
    settings: Settings | None = None,
) -> Answer:
    """Put a request down, have it carried out, return its answer. Without settings the defaults hold."""
    request_id = request_id or new_id()
    file = root / "requests" / f"{request_id}.json"
    file.write_text(text if isinstance(text, str) else json.dumps(text))
    assert carry_out_all(root, index, settings=settings or Settings(root=root, profiles=()))
    assert not file.exists()
    answer: Answer = json.loads((root / "requests" / "done" / f"{request_id}.json").read_text())
    return answer


def put_rejected(root: Path, index: sqlite3.Connection, **changes: Any) -> str:
    """Put down a rejected item that the index knows; return its id."""
    values = {"verdict": "rejected", "reason": "missing_location", **changes}
    item = put_item(root, **values)
    enter(index, [item])
    return item[0].id
