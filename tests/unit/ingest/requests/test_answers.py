"""How requests ended: what waits, what is answered, and what was asked for last."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.requests.answers import read_answer, recent_answers, recent_summaries, wait_for
from ingest.requests.carrying_out import done_file, write_done
from ingest.requests.writing import ask, ask_as
from ingest.spool.stamp import new_id

NOW = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
DONE_AT = "2026-04-01T12:00:00.000000Z"
RESULTS = [{"id": "a", "outcome": "deleted"}, {"id": "b", "outcome": "refused"}, {"id": "c", "outcome": "deleted"}]


def answered(root: Path, request_id: str, by: str = "anna") -> str:
    """Have a request answered; return its id."""
    write_done(root, request_id, {"action": "delete", "by": by, "done_at": DONE_AT, "results": RESULTS})
    return request_id


def ids_of_days(days: int) -> list[str]:
    """Return an id of each of the last days, newest first."""
    return [new_id(NOW - timedelta(days=day)) for day in range(days)]


def test_a_request_waits_until_its_answer_is_there(root: Path) -> None:
    request_id = ask(root, "delete", "anna", ids=["a", "b", "c"])
    waiting = read_answer(root, request_id)
    assert waiting
    assert (waiting.done_at, waiting.results, waiting.request["ids"]) == (None, [], ["a", "b", "c"])
    answered(root, request_id)
    done = read_answer(root, request_id)
    assert done
    assert done.done_at == DONE_AT
    assert [result["id"] for result in done.done] == ["a", "c"]
    assert [result["id"] for result in done.refused] == ["b"]


def test_a_request_that_claims_to_be_answered_still_waits(root: Path) -> None:
    request_id = ask(root, "delete", "anna", done_at=DONE_AT)
    waiting = read_answer(root, request_id)
    assert waiting
    assert waiting.done_at is None


@pytest.mark.parametrize("request_id", ["", "x", "../cameras/x", "20251205T154647.120034Z-4f2a"])
def test_what_was_not_asked_has_no_answer(root: Path, request_id: str) -> None:
    (root / "cameras" / "x.json").write_text("{}")
    assert read_answer(root, request_id) is None


def test_an_answer_is_looked_for_by_what_it_names(root: Path) -> None:
    request_id = answered(root, new_id())
    assert read_answer(root, request_id, "anna")
    assert read_answer(root, request_id, "berta") is None


def test_waiting_ends_when_all_are_answered_or_patience_ends(root: Path) -> None:
    done, waiting, unknown = answered(root, new_id()), ask(root, "delete", "anna"), new_id()
    (answer,) = wait_for(root, [done])
    assert answer.done_at == DONE_AT
    answers = wait_for(root, [done, waiting, unknown], patience_s=0.0)
    assert [one.id for one in answers] == [done, waiting, unknown]
    assert [one.done_at for one in answers] == [DONE_AT, None, None]


def test_the_last_requests_come_first(root: Path) -> None:
    newest, second, third, oldest = ids_of_days(4)
    for request_id in (second, oldest):
        answered(root, request_id, by="berta")
    for request_id in (third, newest):
        ask_as(root, request_id, "delete", "anna")
    (root / "requests" / "done" / "notes.json").write_text("{}")
    assert [one.id for one in recent_answers(root, 3)] == [newest, second, third]
    assert [one.id for one in recent_answers(root, 9, waiting_only=True)] == [newest, third]
    assert [one.id for one in recent_answers(root, 9, naming="berta")] == [second, oldest]


def test_summaries_count_what_was_done_and_what_was_refused(root: Path) -> None:
    newest, second, torn = ids_of_days(3)
    ask_as(root, newest, "edit_camera", "anna", camera_id="x", record={"name": "By the river"})
    answered(root, second)
    done_file(root, torn).write_text("{")
    waiting, done = recent_summaries(root, 9)
    assert (waiting.id, waiting.done, waiting.refused, waiting.done_at) == (newest, 0, 0, None)
    assert waiting.request == {"action": "edit_camera", "by": "anna", "camera_id": "x"}
    assert (done.id, done.done, done.refused, done.done_at) == (second, 2, 1, DONE_AT)


def test_there_are_no_answers_where_there_are_no_folders(tmp_path: Path) -> None:
    assert list(recent_answers(tmp_path, 9)) == []
    assert list(recent_summaries(tmp_path, 9)) == []
