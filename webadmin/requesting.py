"""Asks the watcher for changes: writes request files and waits a moment for the answers. Nothing else is changed."""

import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from ingest.errors import CamspoolError
from ingest.stamp import is_id, new_id, utc_text

IDS_MAX = 100_000
IDS_PER_REQUEST = 20_000
PATIENCE_S = 5.0
"""A busy disk takes seconds for the flushes of a change; a page that knows how it ended is worth the wait."""

_STEP_S = 0.05


@dataclass(frozen=True)
class Answer:
    """How a request ended; `results` as the watcher wrote them, `done_at` None while it waits."""

    id: str
    request: dict[str, Any]
    results: list[dict[str, Any]]
    done_at: str | None

    @property
    def refused(self) -> list[dict[str, Any]]:
        """What was not done."""
        return [result for result in self.results if result.get("outcome") == "refused"]

    @property
    def done(self) -> list[dict[str, Any]]:
        """What was done."""
        return [result for result in self.results if result.get("outcome") != "refused"]


def ask(root: Path, action: str, by: str, **words: Any) -> str:
    """Write one request and return its id. Raise CamspoolError when it cannot be written."""
    return ask_as(root, new_id(), action, by, **words)


def ask_as(root: Path, request_id: str, action: str, by: str, **words: Any) -> str:
    """Write one request under an id that is known already: that of the file it is about."""
    content = {"action": action, "by": by, "at": utc_text(datetime.now(UTC)), **words}
    _write(root / "requests", f"{request_id}.json", json.dumps(content).encode())
    return request_id


def ask_about_items(root: Path, action: str, by: str, ids: Iterable[str]) -> list[str]:
    """Write as many requests as the number of items needs; return their ids."""
    rest = iter(dict.fromkeys(item_id for item_id in ids if is_id(item_id)))
    requests = []
    while batch := list(islice(rest, IDS_PER_REQUEST)):
        requests.append(ask(root, action, by, ids=batch))
    return requests


def ask_to_process(root: Path, by: str, content: bytes, upload_path: str, account: str | None) -> str:
    """Hand a file over to the watcher; the request's id becomes the item's."""
    request_id = new_id()
    _write(root / "requests", f"{request_id}.upload", content)
    words = {"file": f"{request_id}.upload", "upload_path": upload_path, "account": account}
    return ask_as(root, request_id, "process_upload", by, **words)


def read_answer(root: Path, request_id: str) -> Answer | None:
    """Return a request with its answer, or as it waits; None when there is no such request."""
    if not is_id(request_id):
        return None
    for folder, is_done in (("requests/done", True), ("requests", False), ("requests/done", True)):
        try:
            content = json.loads((root / folder / f"{request_id}.json").read_text("utf-8"))
        except (OSError, ValueError):
            continue
        results = [result for result in content.pop("results", []) if isinstance(result, dict)]
        done_at = content.pop("done_at", None)
        return Answer(request_id, content, results, done_at if is_done else None)
    return None


def wait_for(root: Path, request_ids: Sequence[str], patience_s: float | None = None) -> list[Answer]:
    """Return the answers that come in time, PATIENCE_S unless told otherwise, and the requests that still wait."""
    deadline = time.monotonic() + (PATIENCE_S if patience_s is None else patience_s)
    done = [root / "requests" / "done" / f"{request_id}.json" for request_id in request_ids]
    while not all(file.exists() for file in done) and time.monotonic() < deadline:
        time.sleep(_STEP_S)
    return [read_answer(root, request_id) or Answer(request_id, {}, [], None) for request_id in request_ids]


def recent_answers(root: Path, most: int, *, waiting_only: bool = False) -> Iterator[Answer]:
    """Yield what was asked for last, newest first: what waits and, unless told otherwise, what is done."""
    ids: set[str] = set()
    for folder in ("requests",) if waiting_only else ("requests", "requests/done"):
        try:
            with os.scandir(root / folder) as entries:
                names = [entry.name for entry in entries]
        except OSError:
            continue
        ids |= {name[:-5] for name in names if name.endswith(".json")}
    for request_id in sorted(filter(is_id, ids), reverse=True)[:most]:
        if answer := read_answer(root, request_id):
            yield answer


def _write(folder: Path, name: str, content: bytes) -> None:
    aside = folder / f".{name}"
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o660)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.rename(folder / name)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise CamspoolError(f"The request could not be written to {folder}: {error.strerror}.") from error
