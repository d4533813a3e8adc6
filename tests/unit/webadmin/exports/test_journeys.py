"""How far packages are, as all workers see it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.exports.package import Progress
from webadmin.exports.journeys import AT_ONCE, FOLDER, KEPT, begin, journeys


def test_one_is_under_way_until_it_ends(tmp_path: Path) -> None:
    teller = begin(tmp_path, "anna", "everything", True)
    (journey,) = journeys(tmp_path)
    assert (journey.person, journey.words, journey.how, journey.percent) == ("anna", "everything", "under way", 0)
    teller.tell(Progress(50, 200, 49))
    teller.end("whole")
    (journey,) = journeys(tmp_path)
    assert (journey.done, journey.total, journey.taken, journey.how, journey.percent) == (50, 200, 49, "whole", 100)


def test_progress_is_told_twice_a_second_and_never_whole_before_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("webadmin.exports.journeys.monotonic", lambda: now[0])
    teller = begin(tmp_path, "anna", "everything", False)
    teller.tell(Progress(0, 2, 0))
    teller.tell(Progress(1, 2, 1))
    assert (journeys(tmp_path)[0].done, journeys(tmp_path)[0].total) == (0, 2)
    now[0] += 1
    teller.tell(Progress(2, 2, 2))
    assert (journeys(tmp_path)[0].done, journeys(tmp_path)[0].percent) == (2, 99)
    teller.end("broken off")


def test_what_a_worker_sent_that_was_killed_is_broken_off(tmp_path: Path) -> None:
    program = (
        "import os, sys, pathlib; from webadmin.exports.journeys import begin; "
        "begin(pathlib.Path(sys.argv[1]), 'anna', 'everything', True); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, tmp_path], check=False, env=dict(os.environ))
    assert [one.how for one in journeys(tmp_path)] == ["broken off"]


def test_only_so_many_go_at_once_and_the_last_are_remembered(tmp_path: Path) -> None:
    for _ in range(KEPT + 5):
        begin(tmp_path, "anna", "everything", False).end("whole")
    assert len(journeys(tmp_path)) == KEPT
    going = [begin(tmp_path, "anna", "everything", False) for _ in range(AT_ONCE)]
    with pytest.raises(CamspoolError, match="under way already"):
        begin(tmp_path, "bert", "everything", False)
    for one in going:
        one.end("whole")
    begin(tmp_path, "bert", "everything", False).end("whole")


def test_what_is_no_journey_is_passed_over(tmp_path: Path) -> None:
    assert journeys(tmp_path) == []
    begin(tmp_path, "anna", "everything", False).end("whole")
    (file,) = (tmp_path / FOLDER).iterdir()
    file.write_text("{")
    (tmp_path / FOLDER / "notes.json").write_text("{}")
    assert journeys(tmp_path) == []
