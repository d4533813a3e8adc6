"""The command line has its way: by the watcher that runs, or by its own hands."""

import json
import sqlite3
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.requests import asking
from ingest.requests.asking import have_done
from ingest.requests.carrying_out import carry_out_all, done_file
from ingest.spool.lock import spool_lock
from tests.spools import put_item


def test_without_a_watcher_the_request_is_carried_out_at_once(root: Path) -> None:
    sidecar, place = put_item(root)
    answer = have_done(root, "delete", by="anna", ids=[sidecar.id])
    assert (answer["action"], answer["by"]) == ("delete", "anna")
    assert [result["outcome"] for result in answer["results"]] == ["deleted"]
    assert not (root / place).exists()
    assert [file.name for file in (root / "requests").iterdir()] == ["done"]


def test_a_watcher_that_holds_the_spool_is_waited_for(root: Path, index: sqlite3.Connection) -> None:
    sidecar, _ = put_item(root)
    waits: list[float] = []

    def watcher_works(passed_s: float) -> None:
        waits.append(passed_s)
        if len(waits) == 2:
            carry_out_all(root, index)

    with spool_lock(root):
        answer = have_done(root, "delete", by="anna", on_wait=watcher_works, ids=[sidecar.id])
    assert [result["outcome"] for result in answer["results"]] == ["deleted"]
    assert len(waits) == 2 and waits == sorted(waits)


def test_a_request_that_gets_no_answer_in_time_is_named_and_stays(
    root: Path, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    sidecar, _ = put_item(root)

    def patience_ends(_passed_s: float) -> None:
        monkeypatch.setattr(asking, "PATIENCE_S", 0.0)

    with spool_lock(root), pytest.raises(CamspoolError) as refusal:
        have_done(root, "delete", by="anna", on_wait=patience_ends, ids=[sidecar.id])
    (waiting,) = (root / "requests").glob("*.json")
    assert waiting.stem in str(refusal.value)
    carry_out_all(root, index)
    assert json.loads(done_file(root, waiting.stem).read_text())["results"][0]["outcome"] == "deleted"


def test_an_index_that_cannot_be_used_is_a_sentence(root: Path) -> None:
    (root / "cache" / "index.sqlite").mkdir()
    with pytest.raises(CamspoolError, match=r"The index cannot be used: .* camspool reindex"):
        have_done(root, "delete", by="anna", ids=[])
