"""Partials: beginnings of files whose transfer broke off. In partial/ they wait for the whole, and go when it comes.

Each lies in a folder that is named after its first bytes, so that the whole finds its own among thousands. Beside it
lies its origin file, which is written before it comes and removed after it has gone.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from ingest.spool.names import origin_name, parse_incoming_name
from ingest.spool.origin import Origin, parse_origin
from ingest.spool.stamp import id_time

PARTIAL = "partial"
HEAD_BYTES = 4096
SHORT = "short"
"""The folder of those that have fewer bytes than are needed for a name; there are few, and they are small."""


@dataclass(frozen=True)
class Partial:
    """A file in partial/: `name` is its name there, as in incoming/, below the folder `head`."""

    id: str
    name: str
    head: str
    size_bytes: int

    def file(self, root: Path) -> Path:
        """Return where it lies."""
        return root / PARTIAL / self.head / self.name

    def origin_file(self, root: Path) -> Path:
        """Return where its origin lies."""
        return root / PARTIAL / self.head / origin_name(self.id)


def head_of(content: bytes) -> str:
    """Return the name of the folder for files that begin like `content`."""
    return sha256(content[:HEAD_BYTES]).hexdigest()[:16] if len(content) >= HEAD_BYTES else SHORT


def list_partials(root: Path) -> Iterator[Partial]:
    """Yield all that waits for its rest."""
    with suppress(FileNotFoundError):
        for folder in sorted((root / PARTIAL).iterdir()):
            yield from _in_folder(root, folder.name)


def beginnings_of(root: Path, content: bytes) -> list[Partial]:
    """Return the partials that are nothing but the beginning of this file, which may be one of them."""
    heads = {head_of(content), SHORT}
    return [one for head in sorted(heads) for one in _in_folder(root, head) if _begins(root, one, content)]


def is_beginning(root: Path, content: bytes) -> bool:
    """Say whether a partial that is here says all of this one, and more."""
    return any(
        one.size_bytes >= len(content) and _read(one.file(root), len(content)) == content
        for one in _in_folder(root, head_of(content))
    )


def origin_beside(root: Path, partial: Partial) -> Origin:
    """Return where a partial came from; what its name tells, and `unclosed`, where its origin file was lost."""
    with suppress(FileNotFoundError, ValueError):
        return parse_origin(partial.origin_file(root).read_bytes())
    parsed = parse_incoming_name(partial.name)
    if parsed is None:
        raise ValueError(f"{partial.name!r} is not the name of an item")
    return Origin(parsed.upload_path or b"unknown", "ftps", parsed.connection, transfer="unclosed")


def due_partials(root: Path, hours: int, now: datetime) -> list[Partial]:
    """Return those of which nothing more will come: the rest has had its time.

    One that is only the beginning of another that waits goes with that one, and is none of them.
    """
    due = [one for one in list_partials(root) if _is_due(one, hours, now)]
    return [one for one in due if not _has_more_in_another(root, one)]


def _is_due(partial: Partial, hours: int, now: datetime) -> bool:
    return now - id_time(partial.id) >= timedelta(hours=hours)


def _has_more_in_another(root: Path, partial: Partial) -> bool:
    longer = [
        one for one in _in_folder(root, partial.head) if (one.size_bytes, one.id) > (partial.size_bytes, partial.id)
    ]
    content = _read(partial.file(root), partial.size_bytes) if longer else None
    return content is not None and any(_read(one.file(root), len(content)) == content for one in longer)


def _in_folder(root: Path, head: str) -> Iterator[Partial]:
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(root / PARTIAL / head) as found:
        for entry in sorted(found, key=lambda entry: entry.name):
            if parsed := parse_incoming_name(entry.name):
                with suppress(FileNotFoundError):
                    yield Partial(parsed.id, entry.name, head, entry.stat(follow_symlinks=False).st_size)


def _begins(root: Path, partial: Partial, content: bytes) -> bool:
    if partial.size_bytes > len(content):
        return False
    head = _read(partial.file(root), partial.size_bytes)
    return head is not None and content.startswith(head)


def _read(file: Path, size_bytes: int) -> bytes | None:
    """Return the first bytes of a file; None when it has gone meanwhile."""
    with suppress(FileNotFoundError), file.open("rb") as opened:
        return opened.read(size_bytes)
    return None
