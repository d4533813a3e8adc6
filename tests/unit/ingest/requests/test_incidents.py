"""What people say of incidents is carried out, or refused with a sentence."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ingest.requests.actions import ACTIONS
from ingest.spool.incidents import TEST_REQUEST, Known, read_known, write_incident
from tests.unit.ingest.alerts.cases import incident

ONE = incident("battery:oak")


def ask(root: Path, action: str, **words: Any) -> list[tuple[str, str]]:
    index = sqlite3.connect(":memory:")
    results = ACTIONS[action](root, index, "request", {"by": "ann", **words}, lambda: None)
    index.close()
    return [(one.outcome, one.message) for one in results]


def test_somebody_knows_of_an_incident_until_a_moment(root: Path) -> None:
    write_incident(root, ONE)
    until = "2026-06-08T00:00:00.000000Z"
    assert ask(root, "know_incident", ids=[ONE.id], until=until, why="I go\nthere.") == [
        ("known", "It is not told again meanwhile.")
    ]
    known = read_known(root, ONE.id)
    assert known == Known(ONE.id, "ann", known.at if known else "", until, "I go\N{REPLACEMENT CHARACTER}there.")
    assert ask(root, "forget_incident", ids=[ONE.id]) == [("told again", "It is told again when it gets worse.")]
    assert read_known(root, ONE.id) is None


@pytest.mark.parametrize("until", ["Monday", 7, "2026-06-08"])
def test_a_moment_that_is_none_is_refused(root: Path, until: Any) -> None:
    write_incident(root, ONE)
    assert ask(root, "know_incident", ids=[ONE.id], until=until) == [("refused", "Until when is not a moment.")]


@pytest.mark.parametrize("action", ["know_incident", "forget_incident"])
def test_an_incident_that_there_is_not_is_refused(root: Path, action: str) -> None:
    refused = ("refused", "There is no such incident.")
    assert ask(root, action, ids=["20260601T120000.000000Z-00000001", "../x"]) == [refused, refused]


def test_who_wants_a_test_is_noted_for_the_alerts(root: Path) -> None:
    assert ask(root, "test_message") == [("asked", "A test message is on its way.")]
    assert (root / TEST_REQUEST).read_text() == "ann"
