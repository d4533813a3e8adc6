"""How the command line changes the spool: it asks the watcher that runs, or does it itself when none does."""

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from ingest.errors import CamspoolError
from ingest.index.store import open_index
from ingest.requests.carrying_out import carry_out_all, done_file
from ingest.requests.writing import ask
from ingest.settings.values import Settings
from ingest.spool.lock import SpoolLockedError, spool_lock

PATIENCE_S = 60.0
_STEP_S = 0.05

OnWait = Callable[[float], None]
"""Hears again and again for how many seconds an answer has been waited for."""


def have_done(
    root: Path,
    action: str,
    by: str,
    on_wait: OnWait = lambda _: None,
    settings: Settings | None = None,
    **words: Any,
) -> dict[str, Any]:
    """Have a request carried out and return its answer. Raise CamspoolError when the watcher gives none in time.

    What is asked of profiles and targets needs the settings, too.
    """
    request_id = ask(root, action, by, **words)
    done = done_file(root, request_id)
    began = time.monotonic()
    while (passed_s := time.monotonic() - began) < PATIENCE_S:
        _do_it_ourselves(root, settings)
        if done.exists():
            answer: dict[str, Any] = json.loads(done.read_text("utf-8"))
            return answer
        on_wait(passed_s)
        time.sleep(_STEP_S)
    raise CamspoolError(f"The watcher has not answered request {request_id} yet; it will when it can.")


def _do_it_ourselves(root: Path, settings: Settings | None) -> None:
    try:
        with spool_lock(root), closing(open_index(root)) as index:
            carry_out_all(root, index, settings=settings)
    except SpoolLockedError:
        return
    except sqlite3.Error as error:
        raise CamspoolError(f"The index cannot be used: {error}. Rebuild it: camspool reindex.") from error
