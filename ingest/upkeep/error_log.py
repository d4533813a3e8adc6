"""The last unexpected errors of commands, kept in cache/ for a bug report: a terminal forgets, and so do people."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.spool.stamp import utc_text

FILE = Path("cache/errors.jsonl")
KEPT_MAX = 20
_READ_BYTES = 1024 * 1024


@dataclass(frozen=True)
class CommandError:
    """An error that nobody foresaw: when (UTC text), in which command, and Python's traceback."""

    at: str
    command: str
    traceback: str


def note_error(root: Path, command: str, traceback: str) -> None:
    """Keep an error. What cannot be kept is on the terminal or in the journal anyway, so nothing is raised."""
    error = CommandError(utc_text(datetime.now(UTC)), command, traceback)
    lines = [json.dumps(asdict(one)) for one in (*read_errors(root)[-KEPT_MAX + 1 :], error)]
    file = root / FILE
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    with suppress(OSError):
        aside.write_text("\n".join(lines) + "\n", "utf-8")
        _give_to_owner(aside, file.parent)
        aside.replace(file)


def _give_to_owner(file: Path, folder: Path) -> None:
    """A command of root must leave no file that the spool's own user cannot replace."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.chown(file, owner.st_uid, owner.st_gid)


def read_errors(root: Path) -> list[CommandError]:
    """Return the errors kept, oldest first; none where there are none that can be read."""
    try:
        with (root / FILE).open("rb") as stream:
            lines = stream.read(_READ_BYTES).decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    errors = []
    for line in lines:
        with suppress(ValueError, TypeError):
            errors.append(CommandError(**json.loads(line)))
    return errors
