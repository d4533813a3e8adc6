"""`camspool alerts` shows what is wrong, and lets people say that they know."""

import json
from pathlib import Path

import pytest

from ingest.alerts.rules import rules_table
from ingest.commands.main import main
from ingest.spool.incidents import looked_at, read_known, write_incident
from ingest.spool.outbox import marked_ids
from tests.unit.ingest.alerts.cases import incident

ONE = incident("battery:oak", title="Oak: battery at 9 %")


def run(root: Path, *words: str) -> int:
    return main(["--root", str(root), "alerts", *words])


def test_the_rules_are_those_of_the_readme(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "rules") == 0
    assert capsys.readouterr().out == rules_table()


def test_what_is_open_is_listed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "list") == 0 and "Nothing is wrong" in capsys.readouterr().out
    write_incident(root, ONE)
    assert run(root, "list") == 0
    said = capsys.readouterr().out
    assert "Oak: battery at 9 %" in said and ONE.id in said and "notice" in said
    run(root, "list", "--json")
    assert [one["id"] for one in json.loads(capsys.readouterr().out)] == [ONE.id]


def test_a_person_knows_of_an_incident_until_a_day_and_takes_it_back(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_incident(root, ONE)
    assert run(root, "know", ONE.id, "--until", "2026-06-08", "--because", "I go there.") == 0
    known = read_known(root, ONE.id)
    assert known and (known.until, known.why) == ("2026-06-08T00:00:00.000000Z", "I go there.")
    capsys.readouterr()
    run(root, "list")
    assert "known to" in capsys.readouterr().out
    assert run(root, "unknow", ONE.id) == 0 and read_known(root, ONE.id) is None
    assert run(root, "know", ONE.id) == 0
    known = read_known(root, ONE.id)
    assert known and known.until is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["know", "x"], "There is no incident 'x'"),
        (["know", ONE.id, "--until", "Monday"], "'Monday' is not a day"),
        (["test"], "No target tells people of incidents"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    root: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    write_incident(root, ONE)
    assert run(root, *words) == 2
    assert said in capsys.readouterr().err


def test_a_look_by_hand_says_what_it_came_to(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "look") == 0
    assert capsys.readouterr().out == "0 incidents are open.\n" and looked_at(root)


def test_a_test_message_is_on_its_way(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = root.parent / "camspool.toml"
    file.write_text('[targets.people]\nkind = "message"\nurls_file = "/nowhere"\n')
    assert main(["--root", str(root), "--config", str(file), "alerts", "test"]) == 0
    assert "on its way to people" in capsys.readouterr().out and len(marked_ids(root, "people")) == 1
