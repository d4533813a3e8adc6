"""The watcher's index: it knows what it missed, and outlives that somebody deletes cache/ under it."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from ingest.index.reindex import NEW_FILE
from ingest.spool.moves import forget_aside
from ingest.watching import kept_index
from ingest.watching.kept_index import KeptIndex
from tests.spools import put_item
from tests.unit.ingest.watching.driving import in_index


def _put(root: Path, path: str) -> None:
    sidecar, _ = put_item(root, upload_path=path)
    forget_aside(root, [sidecar.id])


def test_an_index_that_stays_is_left_alone(root: Path) -> None:
    _put(root, "a.jpg")
    with closing(KeptIndex(root)) as kept:
        before = kept.connection
        assert in_index(before) == ["a.jpg"]
        assert not kept.keep(lambda: None)
        assert kept.connection is before


def test_one_that_was_deleted_is_made_anew_with_signs_of_life_meanwhile(root: Path) -> None:
    _put(root, "a.jpg")
    beats: list[None] = []
    with closing(KeptIndex(root)) as kept:
        shutil.rmtree(root / "cache")
        _put(root, "b.jpg")
        assert kept.keep(lambda: beats.append(None))
        assert in_index(kept.connection) == ["a.jpg", "b.jpg"]
        assert beats
        assert not kept.keep(lambda: None)


def test_one_that_cannot_be_made_is_tried_again_a_while_later(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _put(root, "a.jpg")
    with closing(KeptIndex(root)) as kept:
        shutil.rmtree(root / "cache")
        in_the_way = root / NEW_FILE
        in_the_way.mkdir(parents=True)
        with pytest.raises(OSError, match=in_the_way.name):
            kept.keep(lambda: None)
        in_the_way.rmdir()
        assert not kept.keep(lambda: None)
        monkeypatch.setattr(kept_index, "monotonic", lambda: 2.0**40)
        assert kept.keep(lambda: None)
        assert in_index(kept.connection) == ["a.jpg"]
