"""Ends what is left of FTPS connections: their empty folders go, their logs become one record each."""

import logging
import time
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from math import inf
from pathlib import Path
from time import monotonic

from ingest.connections.record import ConnectionRecord
from ingest.connections.store import fold, has_ended, live_logs, log_path
from ingest.errors import CamspoolError
from ingest.spool.camera_accounts import camera_accounts
from ingest.spool.moves import remove_ended
from ingest.spool.names import one_line, parse_incoming_name
from ingest.spool.patience import SetAside, apart
from ingest.spool.stamp import is_id
from ingest.spool.uploads import connection_folders

journal = logging.getLogger("camspool")

UNTOUCHED_S = 60.0
"""How long an empty folder without a log must have been untouched before it goes."""

FOLD_MAX = 500
"""How many logs become records in one go: a tenth of a second's work."""


def close_connections(
    root: Path,
    waiting: Iterable[str],
    budget_s: float = inf,
    set_aside: SetAside = lambda _path, _error: None,
    on_record: Callable[[ConnectionRecord], None] = lambda _: None,
) -> bool:
    """Close connections that have ended, have no file in uploads/ and none among the `waiting` items; oldest first.

    Say whether time ran out: where many come and go at once, verdicts must not wait until all their folders are gone.
    `set_aside` hears of each folder or log that went wrong in a way nobody foresaw: it stays, and the others are
    closed. `on_record` hears of each connection that is closed now; what it raises comes after the journal's lines.
    """
    deadline = monotonic() + budget_s
    is_late = _remove_folders(root, deadline, set_aside)
    busy = {parsed.connection for name in waiting if (parsed := parse_incoming_name(name))}
    done = _done(root, busy, set_aside)
    records = fold(root, islice(done, FOLD_MAX), deadline, set_aside)
    for record in records:
        if record.logins_refused:
            journal.warning("%s", refusal_line(record, _made_here(root)))
    for record in records:
        on_record(record)
    return is_late or next(done, None) is not None


def _remove_folders(root: Path, deadline: float, set_aside: SetAside) -> bool:
    """Remove the empty folders of connections that have ended; say whether the deadline came first."""
    for folder in connection_folders(root):
        if monotonic() > deadline:
            return True
        with apart(folder, set_aside):
            if is_id(folder.name) and _is_over(folder, log_path(root, folder.name)):
                remove_ended(folder, deadline)
    return False


def refusal_line(record: ConnectionRecord, made_here: Container[str] = ()) -> str:
    """Return the journal's line on refused log-ins. fail2ban reads it: the address stands before what was typed.

    It counts `our` accounts, those made here for single cameras, as it counts the deployment's: a camera with a former
    password knocks often, and many share the address of their provider.
    """
    typed = list(dict.fromkeys(record.logins_refused))
    names = '", "'.join(one_line(name, 40) for name in typed)
    whose = "our " if all(name in made_here for name in typed) else ""
    return f'FTPS log-in refused to {record.client} as {whose}"{names}" in connection {record.id}'


def _made_here(root: Path) -> Container[str]:
    try:
        return camera_accounts(root)
    except CamspoolError:
        return ()


def _done(root: Path, busy: Container[str | None], set_aside: SetAside) -> Iterator[str]:
    """Yield the connections that have ended and of which no file is on its way."""
    for log in live_logs(root):
        with apart(log, set_aside):
            if log.stem not in busy and not (root / "uploads" / log.stem).exists() and has_ended(log):
                yield log.stem


def _is_over(folder: Path, log: Path) -> bool:
    """Say whether nobody uploads into a folder any more; one without a log may be in somebody's hands."""
    if log.exists():
        return has_ended(log)
    with suppress(FileNotFoundError):
        return abs(time.time() - folder.stat().st_mtime) > UNTOUCHED_S
    return False
