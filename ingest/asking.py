"""How the command line changes the spool: it asks the watcher that runs, or does it itself when none does."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.errors import CamspoolError
from ingest.index.store import open_index
from ingest.progress import progress_bar
from ingest.requests import carry_out_all
from ingest.spool.durable import replace_file
from ingest.spool.lock import SpoolLockedError, spool_lock
from ingest.spool.stamp import new_id, utc_text

PATIENCE_S = 60.0


def ask(root: Path, action: str, by: str, **words: Any) -> dict[str, Any]:
    """Have a request carried out and return its answer. Raise CamspoolError when the watcher gives none in time."""
    request_id = new_id()
    request = {"action": action, "by": by, "at": utc_text(datetime.now(UTC)), **words}
    replace_file(root / "requests" / f"{request_id}.json", json.dumps(request).encode())
    done = root / "requests" / "done" / f"{request_id}.json"
    for _ in _seconds_passing():
        _do_it_ourselves(root)
        if done.exists():
            break
    else:
        raise CamspoolError(f"The watcher has not answered request {request_id} yet; it will when it can.")
    answer: dict[str, Any] = json.loads(done.read_text("utf-8"))
    return answer


def _seconds_passing() -> Iterator[int]:
    """Yield again and again until our patience is over; a person at a terminal sees how much of it is left."""
    with progress_bar(total=round(PATIENCE_S), unit="s", desc="waiting for the watcher") as bar:
        began = time.monotonic()
        while (passed_s := time.monotonic() - began) < PATIENCE_S:
            yield int(passed_s)
            bar.update(int(passed_s) - bar.n)
            time.sleep(0.05)


def _do_it_ourselves(root: Path) -> None:
    try:
        with spool_lock(root), closing(open_index(root)) as index:
            carry_out_all(root, index)
    except SpoolLockedError:
        return
    except sqlite3.Error as error:
        raise CamspoolError(f"The index cannot be used: {error}. Rebuild it: camspool reindex.") from error
