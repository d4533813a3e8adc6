"""Spools for tests: made on a real file system, filled by the same calls that the gateway uses."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.index.store import enter, open_index, read_index
from ingest.spool.moves import Decided, commit
from ingest.spool.root import prepare_spool
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import new_id, utc_text


def make_spool(folder: Path) -> Path:
    """Return the root of a new, empty spool."""
    root = folder / "spool"
    root.mkdir()
    prepare_spool(root)
    return root


def make_sidecar(item_id: str | None = None, **changes: Any) -> Sidecar:
    """Return a sidecar of an accepted photo, with changes."""
    item_id = item_id or new_id()
    values: dict[str, Any] = {
        "id": item_id,
        "verdict": "accepted",
        "kind": "image",
        "source": "ftps",
        "connection": None,
        "account": "camera",
        "client": "100.64.1.7",
        "upload_path": "E1000159.JPG",
        "received_at": utc_text(datetime.now(UTC)),
        "decided_at": utc_text(datetime.now(UTC)),
        "size_bytes": 3,
        "sha256": "00",
        "camera_id": "861943070068027",
    }
    return Sidecar(**{**values, **changes})


def put_item(root: Path, content: bytes = b"jpg", **changes: Any) -> tuple[Sidecar, str]:
    """Commit an item with a verdict; return its sidecar and place."""
    sidecar = make_sidecar(**{"size_bytes": len(content), **changes})
    name = f"{sidecar.id}~local~x"
    (root / "incoming" / name).write_bytes(content)
    return sidecar, commit(root, [Decided(name, sidecar)])[0]


def put_listed_item(root: Path, content: bytes = b"jpg", **changes: Any) -> tuple[Sidecar, str]:
    """Commit an item with a verdict and enter it into the index, as the watcher does; return its sidecar and place."""
    sidecar, place = put_item(root, content, **changes)
    with closing(open_index(root)) as index:
        enter(index, [(sidecar, place)])
    return sidecar, place


def newest_item(root: Path, **values: str) -> str:
    """Return the id of the newest item with these values in the index.

    A test that wants a photo says so, with kind="image": the newest item of all is a report at some hours of the day.
    """
    conditions = " AND ".join(f"{column} = ?" for column in values)
    query = f"SELECT id FROM items WHERE {conditions} ORDER BY number DESC LIMIT 1"  # noqa: S608
    with closing(read_index(root)) as index:
        row = index.execute(query, tuple(values.values())).fetchone()
    assert row, f"the index has no item with {values}"
    return str(row["id"])
