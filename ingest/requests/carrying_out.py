"""What admins ask for: carries out request files and answers each. The answers are the log of what admins did."""

import json
import logging
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.errors import in_words
from ingest.index.store import forget
from ingest.requests.accounts import SECRETS
from ingest.requests.actions import ACTIONS, SETTINGS_ACTIONS
from ingest.requests.result import Result
from ingest.settings.values import Settings
from ingest.spool.durable import DISK_TROUBLE, flush_folder, replace_file
from ingest.spool.names import one_line
from ingest.spool.stamp import is_id, utc_text

log = logging.getLogger("camspool")

REQUEST_MAX_BYTES = 16 * 1024 * 1024


def carry_out_all(
    root: Path,
    index: sqlite3.Connection,
    alive: Callable[[], None] = lambda: None,
    settings: Settings | None = None,
) -> bool:
    """Carry out every request that waits, oldest first; say whether there was one. `alive` is called between items.

    What is asked of profiles and targets waits for somebody who has the settings, which name them. Raise OSError when
    the disk or the machine fails: then the request waits on.
    """
    files = sorted(file for file in (root / "requests").glob("*.json") if is_id(file.stem) and file.is_file())
    done = 0
    for file in files:
        if not done_file(root, file.stem).exists():
            ended = carry_out(root, index, file, alive, settings)
            if ended is None:
                continue
            answer(root, file, ended)
        finish(root, index, file)
        done += 1
    return done > 0


def carry_out(
    root: Path, index: sqlite3.Connection, file: Path, alive: Callable[[], None], settings: Settings | None = None
) -> tuple[dict[str, Any], list[Result]] | None:
    """Do what one request asks; return None when it must wait for somebody who has the settings.

    Doing it again after a crash changes nothing that is done already.
    """
    try:
        request = _read(file)
        if action := SETTINGS_ACTIONS.get(request["action"]):
            return (request, action(settings, index, file.stem, request, alive)) if settings else None
        return request, ACTIONS[request["action"]](root, index, file.stem, request, alive)
    except sqlite3.Error:
        raise
    except OSError as error:
        if error.errno in DISK_TROUBLE:
            raise
        return {"action": "unknown"}, [Result(file.stem, "refused", f"It cannot be done: {in_words(error)}.")]
    except Exception as error:  # whatever a request is, it gets its answer and the next one its turn
        return {"action": "unknown"}, [Result(file.stem, "refused", f"The request cannot be read: {error!r}.")]


def answer(root: Path, file: Path, done: tuple[dict[str, Any], list[Result]]) -> None:
    """Write how a request ended to requests/done/."""
    request, results = done
    told = {key: value for key, value in request.items() if key not in SECRETS}
    content = {**told, "done_at": utc_text(datetime.now(UTC)), "results": [vars(result) for result in results]}
    write_done(root, file.stem, content)
    refused = sum(result.outcome == "refused" for result in results)
    acted = sum(result.outcome not in ("refused", "kept") for result in results)
    who, action = one_line(str(request.get("by"))), one_line(str(request.get("action")))
    log.info("request id=%s action=%s by=%s done=%d refused=%d", file.stem, action, who, acted, refused)


def finish(root: Path, index: sqlite3.Connection, file: Path) -> None:
    """After the answer is written: let the index forget what was deleted, and remove the request."""
    results = json.loads(done_file(root, file.stem).read_bytes())["results"]
    forget(index, [result["id"] for result in results if result["outcome"] == "deleted"], deleted=True)
    file.unlink()
    flush_folder(file.parent)


def done_file(root: Path, request_id: str) -> Path:
    """Return where the answer to a request lies."""
    return root / "requests" / "done" / f"{request_id}.json"


def write_done(root: Path, request_id: str, content: dict[str, Any]) -> None:
    """Write one entry of the log of what was done: by admins, and by retention in its own name."""
    replace_file(done_file(root, request_id), _as_text(content))


def _read(file: Path) -> dict[str, Any]:
    with file.open("rb") as stream:
        content = stream.read(REQUEST_MAX_BYTES + 1)
    if len(content) > REQUEST_MAX_BYTES:
        raise ValueError("it is larger than 16 MB")
    request = json.loads(content)
    known = (*ACTIONS, *SETTINGS_ACTIONS)
    if not isinstance(request, dict) or request.get("action") not in known:
        raise ValueError(f"expected an action among {', '.join(known)}")
    # What can be read may still be nested too deeply to be written into its answer; three levels more, to be sure.
    _as_text({"a": {"b": [request]}})
    return request


def _as_text(content: dict[str, Any]) -> bytes:
    return json.dumps(content, indent=1).encode() + b"\n"
