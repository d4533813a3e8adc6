"""How requests ended: reads those that wait and those that are answered, and waits a moment for an answer."""

import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ingest.spool.stamp import is_id

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


@dataclass(frozen=True)
class Summary:
    """A request and how it ended, in figures: an answer may name ten thousand items, and a list shows many answers."""

    id: str
    request: dict[str, Any]
    done: int
    refused: int
    done_at: str | None


def read_answer(root: Path, request_id: str, naming: str = "") -> Answer | None:
    """Return a request with its answer, or as it waits; None when there is no such request, or none with `naming`."""
    if not is_id(request_id):
        return None
    for folder, is_done in (("requests/done", True), ("requests", False), ("requests/done", True)):
        try:
            content = (root / folder / f"{request_id}.json").read_bytes()
            # A night's clean-up names thousands of items: looking for one is much faster than reading them all.
            return _parsed(request_id, content, is_done=is_done) if naming.encode() in content else None
        except (OSError, ValueError):
            continue
    return None


def _parsed(request_id: str, content: bytes, *, is_done: bool) -> Answer:
    request = json.loads(content)
    results = [result for result in request.pop("results", []) if isinstance(result, dict)]
    done_at = request.pop("done_at", None)
    return Answer(request_id, request, results, done_at if is_done else None)


def wait_for(root: Path, request_ids: Sequence[str], patience_s: float | None = None) -> list[Answer]:
    """Return the answers that come in time, PATIENCE_S unless told otherwise, and the requests that still wait."""
    deadline = time.monotonic() + (PATIENCE_S if patience_s is None else patience_s)
    done = [root / "requests" / "done" / f"{request_id}.json" for request_id in request_ids]
    while not all(file.exists() for file in done) and time.monotonic() < deadline:
        time.sleep(_STEP_S)
    return [read_answer(root, request_id) or Answer(request_id, {}, [], None) for request_id in request_ids]


def recent_answers(root: Path, most: int, *, naming: str = "", waiting_only: bool = False) -> Iterator[Answer]:
    """Yield those of the `most` last requests that contain `naming`, newest first: what waits and what is done."""
    for request_id in _recent_ids(root, most, ("requests",) if waiting_only else ("requests", "requests/done")):
        if answer := read_answer(root, request_id, naming):
            yield answer


def recent_summaries(root: Path, most: int | None, *, before: str = "") -> Iterator[Summary]:
    """Yield what was asked for last, newest first: what waits and what is done; with `before`, only before that id."""
    for request_id in _recent_ids(root, most, ("requests", "requests/done"), before):
        try:
            yield _summary_of_done(root, request_id)
        except (OSError, ValueError):
            if answer := read_answer(root, request_id):
                yield _summary(answer)


@lru_cache(maxsize=2048)
def _summary_of_done(root: Path, request_id: str) -> Summary:
    """Return the summary of an answer, which never changes. Raise OSError, which is not remembered, without one."""
    content = (root / "requests" / "done" / f"{request_id}.json").read_bytes()
    return _summary(_parsed(request_id, content, is_done=True))


def _summary(answer: Answer) -> Summary:
    shown = {key: value for key, value in answer.request.items() if key in ("action", "by", "camera_id", "target")}
    return Summary(answer.id, shown, len(answer.done), len(answer.refused), answer.done_at)


def _recent_ids(root: Path, most: int | None, folders: Iterable[str], before: str = "") -> list[str]:
    ids: set[str] = set()
    for folder in folders:
        try:
            with os.scandir(root / folder) as entries:
                names = [entry.name for entry in entries]
        except OSError:
            continue
        ids |= {name[:-5] for name in names if name.endswith(".json")}
    return sorted((one for one in ids if is_id(one) and (not before or one < before)), reverse=True)[:most]
