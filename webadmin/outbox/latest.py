"""The answers that a target gave last. Of the files of answers only the ends are read: they grow with every item."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ingest.spool.deliveries import DONE, Delivery
from ingest.spool.json_text import parse_json
from ingest.spool.outbox import target_folder

SHOWN_MAX = 100
FILES_READ = 10
"""There is one for each day on which items arrived, and an answer goes to the end of its item's: those that changed
last have the last answers."""

_TAIL_BYTES = 192 * 1024


def latest_deliveries(root: Path, target: str, most: int = SHOWN_MAX) -> list[Delivery]:
    """Return the last answers of a target, the newest first."""
    answers = [answer for file in _changed_last(root, target) for answer in _last_in(file, most)]
    return sorted(answers, key=lambda answer: answer.at, reverse=True)[:most]


def _changed_last(root: Path, target: str) -> list[str]:
    try:
        with os.scandir(target_folder(root, target) / DONE) as entries:
            changed = [(entry.stat().st_mtime_ns, entry.path) for entry in entries if entry.name.endswith(".jsonl")]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [path for _, path in sorted(changed, reverse=True)[:FILES_READ]]


def _last_in(file: str, most: int) -> Iterator[Delivery]:
    """Yield the last answers in a file; a line that is torn, or cut at the beginning of the tail, is none."""
    with open(file, "rb") as lines:  # noqa: PTH123 - the path comes from scandir
        size_bytes = lines.seek(0, os.SEEK_END)
        lines.seek(max(0, size_bytes - _TAIL_BYTES))
        found = lines.read().splitlines()
    for line in found[-most:]:
        with suppress(ValueError, TypeError):
            yield Delivery(**parse_json(line))
