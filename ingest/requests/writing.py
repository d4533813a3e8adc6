"""The one writer of request files: each is whole and on the disk before anyone can find it. Nothing else is changed."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from ingest.errors import CamspoolError
from ingest.spool.durable import replace_file
from ingest.spool.stamp import is_id, new_id, utc_text

IDS_MAX = 100_000
IDS_PER_REQUEST = 20_000


def ask(root: Path, action: str, by: str, **words: Any) -> str:
    """Write one request and return its id. Raise CamspoolError when it cannot be written."""
    return ask_as(root, new_id(), action, by, **words)


def ask_as(root: Path, request_id: str, action: str, by: str, **words: Any) -> str:
    """Write one request under an id that is known already: that of the file it is about."""
    content = {"action": action, "by": by, "at": utc_text(datetime.now(UTC)), **words}
    _write(root / "requests" / f"{request_id}.json", json.dumps(content).encode())
    return request_id


def ask_about_items(root: Path, action: str, by: str, ids: Iterable[str], **words: Any) -> list[str]:
    """Write as many requests as the number of items needs; return their ids."""
    rest = iter(dict.fromkeys(item_id for item_id in ids if is_id(item_id)))
    requests = []
    while batch := list(islice(rest, IDS_PER_REQUEST)):
        requests.append(ask(root, action, by, ids=batch, **words))
    return requests


def ask_to_process(root: Path, by: str, content: bytes, upload_path: str, account: str | None) -> str:
    """Hand a file over to the watcher; the request's id becomes the item's."""
    request_id = new_id()
    _write(root / "requests" / f"{request_id}.upload", content)
    words = {"file": f"{request_id}.upload", "upload_path": upload_path, "account": account}
    return ask_as(root, request_id, "process_upload", by, **words)


def _write(file: Path, content: bytes) -> None:
    try:
        replace_file(file, content)
    except OSError as error:
        raise CamspoolError(f"The request could not be written to {file.parent}: {error.strerror}.") from error
