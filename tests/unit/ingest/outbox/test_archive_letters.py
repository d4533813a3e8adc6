"""Letters become objects of their own in an archive, each proved."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.outbox.answers import Answer, Job
from ingest.outbox.archive_letters import deliver_letters, object_of
from ingest.spool.letters import Letter, letter_text
from ingest.spool.stamp import new_id
from tests.unit.ingest.outbox.jobs import job_for

AT = "2026-06-01T12:00:00.000000Z"


def letter(kind: Any = "incident", about: str = "x", **changes: Any) -> Letter:
    return Letter(new_id(), kind, about, AT, **{"content": {"message": {"what": "opened"}}, **changes})


def deliver(job: Job, *letters: Letter) -> list[Answer]:
    answers: list[Answer] = []

    def tell(told: Sequence[Answer]) -> None:
        answers.extend(told)

    deliver_letters(job, letters, tell)
    return answers


def test_each_kind_lies_in_a_folder_of_its_own_and_is_proved(root: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (root / "connections/2026-06-01.jsonl").write_bytes(b'{"id": 1}\n')
    day = letter("connection_records", "2026-06-01", place="connections/2026-06-01.jsonl", content={})
    letters = [letter(), letter("camera_record", "oak"), day]
    job = job_for(root, "archive", remote=str(store))
    answers = deliver(job, *letters)
    assert sorted(one.outcome for one in answers) == ["delivered"] * 3
    assert (store / "north" / object_of(day)).read_bytes() == b'{"id": 1}\n'
    for one in letters[:2]:
        assert (store / "north" / object_of(one)).read_bytes() == letter_text(one)
    assert all(one.proof["hash"].startswith("sha256:") for one in answers)
    again = deliver(job, *letters)
    assert sorted(one.outcome for one in again) == ["delivered"] * 3


def test_what_is_not_here_any_more_is_set_aside(root: Path, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    gone = letter("connection_records", "2026-06-01", place="connections/2026-06-01.jsonl")
    (answer,) = deliver(job_for(root, "archive", remote=str(tmp_path / "store")), gone)
    assert (answer.outcome, answer.said) == ("failed", "What it is about has been deleted here.")


def test_other_bytes_under_its_name_are_neither_overwritten_nor_taken_for_it(root: Path, tmp_path: Path) -> None:
    store, one = tmp_path / "store", letter()
    (store / "north" / object_of(one)).parent.mkdir(parents=True)
    (store / "north" / object_of(one)).write_text("other")
    (answer,) = deliver(job_for(root, "archive", remote=str(store)), one)
    assert answer.outcome == "failed" and "other bytes" in answer.said
    assert (store / "north" / object_of(one)).read_text() == "other"


def test_a_name_that_a_stranger_chose_leads_nowhere_else() -> None:
    assert object_of(letter("camera_record", "../../etc")).startswith("cameras/")
    assert ".." not in object_of(letter("camera_record", "../../etc")).split("/")
