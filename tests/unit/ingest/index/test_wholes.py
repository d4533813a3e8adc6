"""The whole of which another item is the beginning: the same camera, the same moment, the same first bytes."""

import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ingest.index.store import enter
from ingest.index.wholes import find_whole
from tests.spools import make_sidecar, put_item

PHOTO = b"the whole photo"
MOMENT = "2026-04-01T12:00:00"


def put(root: Path, index: sqlite3.Connection, content: bytes = PHOTO, **changes: Any) -> str:
    sidecar, place = put_item(root, content, captured_at=MOMENT, sha256=sha256(content).hexdigest(), **changes)
    enter(index, [(sidecar, place)])
    return sidecar.id


def test_the_whole_is_found_by_its_first_bytes(root: Path, index: sqlite3.Connection) -> None:
    put(root, index, b"another of that second")
    whole = put(root, index)
    cut = make_sidecar(captured_at=MOMENT, size_bytes=5, sha256=sha256(PHOTO[:5]).hexdigest())
    assert find_whole(root, index, cut) == whole


@pytest.mark.parametrize(
    "changes",
    [
        {"camera_id": "other"},
        {"captured_at": "2026-04-01T12:00:01"},
        {"size_bytes": 500},
        {"sha256": sha256(b"else").hexdigest()},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_differs_is_another_photo(root: Path, index: sqlite3.Connection, changes: dict[str, Any]) -> None:
    put(root, index)
    values = {"captured_at": MOMENT, "size_bytes": 5, "sha256": sha256(PHOTO[:5]).hexdigest(), **changes}
    assert find_whole(root, index, make_sidecar(**values)) is None


def test_a_photo_is_not_its_own_whole_and_one_that_is_gone_is_none(root: Path, index: sqlite3.Connection) -> None:
    whole = put(root, index)
    same: dict[str, Any] = {"captured_at": MOMENT, "size_bytes": len(PHOTO), "sha256": sha256(PHOTO).hexdigest()}
    assert find_whole(root, index, make_sidecar(whole, **same)) is None
    for file in (root / "accepted").rglob("*.JPG"):
        file.unlink()
    assert find_whole(root, index, make_sidecar(**same)) is None
