"""A rejected item goes back for a new verdict: once for each request, however often that is begun."""

import sqlite3
from pathlib import Path

from ingest.index.places import waiting_ids
from ingest.index.store import enter
from ingest.requests.retrying import requeue_item, requeue_items
from ingest.spool.origin import parse_origin
from tests.spools import put_item
from tests.unit.ingest.requests.asked import ask, put_rejected


def test_a_rejected_item_goes_back_with_its_id_and_counts_its_attempts(root: Path, index: sqlite3.Connection) -> None:
    item_id = put_rejected(root, index, upload_path="INSTAR/a\\xff.jpg", upload_path_quoted="INSTAR%2Fa%FF.jpg")
    answer = ask(root, index, {"action": "requeue", "ids": [item_id], "by": "anna"})
    assert [result["outcome"] for result in answer["results"]] == ["requeued"]
    origin = parse_origin((root / "incoming" / f"{item_id}~origin").read_bytes())
    assert (origin.upload_path, origin.attempts, origin.account) == (b"INSTAR/a\xff.jpg", 2, "camera")
    assert index.execute("SELECT count(*) FROM items").fetchone() == (0,)


def test_an_accepted_item_is_not_tried_again(root: Path, index: sqlite3.Connection) -> None:
    sidecar, place = put_item(root)
    enter(index, [(sidecar, place)])
    answer = ask(root, index, {"action": "requeue", "ids": [sidecar.id]})
    assert answer["results"][0]["outcome"] == "refused"
    assert (root / place).exists()


def test_a_request_to_try_again_counts_once_however_often_it_is_begun(root: Path, index: sqlite3.Connection) -> None:
    """A full disk or a crash makes the watcher begin a request anew."""
    item_id = put_rejected(root, index)
    asked_at = "2999-01-01T00:00:00.000000Z"
    for _ in range(2):
        result = requeue_item(root, index, item_id, asked_at, waiting_ids(root))
        assert (result.outcome, result.message) == ("requeued", "Waits for a new verdict.")
    assert waiting_ids(root) == [item_id]
    assert parse_origin((root / "incoming" / f"{item_id}~origin").read_bytes()).attempts == 2


def test_an_item_that_has_been_tried_again_since_is_left_as_it_is(root: Path, index: sqlite3.Connection) -> None:
    times = {"attempts": 2, "decided_at": "2026-03-02T00:00:00.000000Z"}
    item_id = put_rejected(root, index, **times)
    since = requeue_item(root, index, item_id, "2026-03-01T00:00:00.000000Z", ())
    assert (since.outcome, since.message) == ("requeued", "Has got its new verdict.")
    assert waiting_ids(root) == []
    again = requeue_item(root, index, item_id, "2026-03-03T00:00:00.000000Z", ())
    assert again.message == "Waits for a new verdict."
    assert waiting_ids(root) == [item_id]


def test_an_item_whose_sidecar_is_torn_is_not_tried_again(root: Path, index: sqlite3.Connection) -> None:
    sidecar, place = put_item(root, verdict="rejected", reason="no_metadata")
    (root / f"{place}.json").write_text("{")
    result = requeue_item(root, index, sidecar.id, "2026-03-01T00:00:00.000000Z", ())
    assert (result.outcome, "sidecar cannot be read" in result.message) == ("refused", True)
    assert (root / place).exists()


def test_several_items_are_sent_back_and_what_is_none_is_refused(root: Path, index: sqlite3.Connection) -> None:
    item_id = put_rejected(root, index)
    signs: list[int] = []
    results = requeue_items(root, index, [item_id, "x"], "2026-03-01T00:00:00.000000Z", lambda: signs.append(1))
    assert [(one.id, one.outcome) for one in results] == [(item_id, "requeued"), ("x", "refused")]
    assert (waiting_ids(root), len(signs)) == ([item_id], 2)


def test_an_item_that_waits_and_lies_there_as_well_is_refused_and_costs_the_others_nothing(
    root: Path, index: sqlite3.Connection
) -> None:
    doubled, other = put_rejected(root, index), put_rejected(root, index, upload_path="other.jpg")
    place = index.execute("SELECT place FROM items WHERE id = ?", (doubled,)).fetchone()[0]
    sidecar = (root / f"{place}.json").read_bytes()
    requeue_items(root, index, [doubled], "2026-03-01T00:00:00.000000Z", lambda: None)
    (root / place).write_bytes(b"again")
    (root / f"{place}.json").write_bytes(sidecar)
    results = requeue_items(root, index, [doubled, other], "2026-03-01T00:00:00.000000Z", lambda: None)
    assert [one.outcome for one in results] == ["refused", "requeued"]
    assert (root / place).read_bytes() == b"again"
