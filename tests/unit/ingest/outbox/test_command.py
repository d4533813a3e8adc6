"""A program's exit status says what becomes of its item; it can change neither item nor verdict."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.outbox.answers import Answer, Job, TargetDownError
from ingest.outbox.command import answer_of, deliver, deliver_letters, try_out
from ingest.outbox.hook_runner import Ended
from ingest.outbox.parcels import parcels_of
from ingest.spool.letters import Letter, write_letter
from ingest.spool.outbox import has_mark
from ingest.spool.stamp import new_id
from tests.unit.ingest.outbox.hooks import program
from tests.unit.ingest.outbox.jobs import job_for, put_waiting


def run_all(root: Path, ids: Sequence[str], script: str, tmp_path: Path, **options: Any) -> dict[str, Answer]:
    told: list[Answer] = []
    job = job_for(root, "command", "hook", command=(program(tmp_path, script), "first"), **options)
    deliver(job, parcels_of(root, ids), told.extend)
    return {answer.id: answer for answer in told}


def test_a_program_gets_the_item_its_sidecar_and_json(root: Path, tmp_path: Path) -> None:
    item_id, place = put_waiting(root, "hook", b"photo")
    script = 'cat "$2" "$3" > both; wc -c < both; echo "$1 $#"; cat'
    answer = run_all(root, [item_id], f"{{ {script}; }} > {tmp_path}/told", tmp_path, writes=(tmp_path,))[item_id]
    size, words, told = (tmp_path / "told").read_text().split("\n", 2)
    assert (answer.outcome, words) == ("delivered", "first 3")
    assert int(size) == len(b"photo") + (root / f"{place}.json").stat().st_size
    content = json.loads(told)
    assert (content["gateway"], content["target"], content["key"]) == ("north", "hook", item_id)
    assert (content["place"], content["item"]) == (place, str(root / place))
    assert content["sidecar"] == json.loads((root / f"{place}.json").read_bytes())


@pytest.mark.parametrize(
    ("ended", "outcome", "said"),
    [
        (Ended(0), "delivered", "The program has taken it."),
        (Ended(0, said="a\nstored as 17\n\n"), "delivered", "stored as 17"),
        (Ended(65, complained="not\nan animal\n"), "failed", "The program refuses it for good. It says: an animal"),
        (Ended(75), "later", "The program cannot take it now."),
        (Ended(1, said="busy"), "later", "The program ended with exit status 1. It says: busy"),
        (Ended(-9), "later", "The program was ended by SIGKILL."),
        (Ended(-99), "later", "The program was ended by signal 99."),
        (Ended(0, is_late=True), "later", "The program took longer than it may, and was ended."),
    ],
)
def test_what_an_end_means(ended: Ended, outcome: str, said: str) -> None:
    assert answer_of("x", ended) == Answer("x", outcome, said)  # type: ignore[arg-type]


def test_hostile_words_are_one_line() -> None:
    said = answer_of("x", Ended(1, complained="\x1b[31mred\x00\n" + "y" * 5000)).said
    assert said.isprintable() and len(said) < 400


def test_it_can_change_neither_item_nor_sidecar_nor_mark(root: Path, tmp_path: Path) -> None:
    item_id, place = put_waiting(root, "hook", b"photo")
    before = (root / f"{place}.json").read_bytes()
    script = f'rm -f "$2" "$3" {root}/outbox/hook/{item_id}; echo x >> "$2"; exit 0'
    assert run_all(root, [item_id], script, tmp_path)[item_id].outcome == "delivered"
    assert ((root / place).read_bytes(), (root / f"{place}.json").read_bytes()) == (b"photo", before)
    assert has_mark(root, "hook", item_id)


def test_a_program_that_is_missing_or_may_not_run_lets_everything_wait(root: Path, tmp_path: Path) -> None:
    item_id, _ = put_waiting(root, "hook")
    missing = job_for(root, "command", command=(str(tmp_path / "none"),))
    (tmp_path / "plain").write_text("#!/bin/sh\n")
    plain = job_for(root, "command", command=(str(tmp_path / "plain"),))
    (tmp_path / "broken").write_text("#!/no/such/shell\n")
    (tmp_path / "broken").chmod(0o755)
    broken = job_for(root, "command", command=(str(tmp_path / "broken"),))
    for job, sentence in (
        (missing, "There is no program"),
        (plain, "may not be executed"),
        (broken, "cannot be started"),
    ):
        with pytest.raises(TargetDownError, match=sentence):
            deliver(job, parcels_of(root, [item_id]), lambda _: None)


def test_it_stops_soon_when_the_service_does(root: Path, tmp_path: Path) -> None:
    item_id, _ = put_waiting(root, "hook")
    job = job_for(
        root, "command", command=(program(tmp_path, f"touch {tmp_path}/began; exec sleep 600"),), writes=(tmp_path,)
    )
    stopping = Job(root, "north", job.target, (tmp_path / "began").exists)
    told: list[Answer] = []
    deliver(stopping, parcels_of(root, [item_id]), told.extend)
    assert told == []


def test_trying_it_out_does_not_run_it(root: Path, tmp_path: Path) -> None:
    job = job_for(root, "command", command=(program(tmp_path, f"touch {tmp_path}/ran"),))
    assert "is there and can be started (it was not)" in try_out(job)
    assert not (tmp_path / "ran").exists()


def test_a_letter_comes_as_its_file_and_as_json(root: Path, tmp_path: Path) -> None:
    letter = Letter(new_id(), "camera_record", "oak", "2026-06-01T12:00:00.000000Z", {"name": "Oak"})
    write_letter(root, letter)
    script = f'{{ cat "$2"; echo; echo "$#"; cat; }} > {tmp_path}/told'
    job = job_for(root, "command", "hook", command=(program(tmp_path, script), "first"), writes=(tmp_path,))
    answers: list[Answer] = []
    deliver_letters(job, [letter], answers.extend)
    file, words, told = (tmp_path / "told").read_text().split("\n", 2)
    assert [one.outcome for one in answers] == ["delivered"] and words == "2"
    assert json.loads(file)["content"] == json.loads(told)["letter"]["content"] == {"name": "Oak"}
