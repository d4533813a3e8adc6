"""Links to check pages on somebody's word."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ingest.requests.actions import ACTIONS
from ingest.requests.result import Result
from ingest.spool.check_links import links_in

LINK, ENDS_AT = "ab" * 16, "2026-06-08T12:00:00.000000Z"
WORDS = {"link": LINK, "camera_id": "gate", "label": "ranger\nRose", "ends_at": ENDS_AT, "health": True}


def _do(root: Path, index: sqlite3.Connection, action: str, **words: Any) -> Result:
    (result,) = ACTIONS[action](root, index, "r1", {"action": action, "by": "anna", **words}, lambda: None)
    return result


def test_a_link_is_made_and_revoked_however_often_it_is_carried_out(root: Path, index: sqlite3.Connection) -> None:
    for _ in range(2):
        assert _do(root, index, "make_check_link", **WORDS).outcome == "made"
    (link,) = links_in(root)
    assert (link.label, link.ends_at, link.position, link.health) == ("ranger�Rose", ENDS_AT, False, True)
    assert link.made_by == "anna"
    said = [_do(root, index, "revoke_check_link", link=LINK) for _ in range(2)]
    assert [one.outcome for one in said] == ["revoked", "revoked"] and "ranger" in str(said[0].message)
    assert list(links_in(root)) == []


@pytest.mark.parametrize("changed", [{"link": "../x"}, {"camera_id": "../x"}, {"label": " "}])
def test_what_is_no_link_is_refused(root: Path, index: sqlite3.Connection, changed: dict[str, Any]) -> None:
    assert _do(root, index, "make_check_link", **{**WORDS, **changed}).outcome == "refused"
    assert list(links_in(root)) == []


def test_an_end_that_is_no_time_makes_no_link(root: Path, index: sqlite3.Connection) -> None:
    with pytest.raises(ValueError):
        _do(root, index, "make_check_link", **{**WORDS, "ends_at": "soon"})
    assert list(links_in(root)) == []


def test_the_cards_of_a_camera_are_revoked_once_and_its_record_stays(root: Path, index: sqlite3.Connection) -> None:
    file = root / "cameras" / "gate.json"
    file.write_text('{"name": "Gate", "registered": true}')
    for _ in range(2):
        assert _do(root, index, "revoke_card_links", camera_id="gate", number=0).outcome == "revoked"
    assert json.loads(file.read_text()) == {"name": "Gate", "registered": True, "card_links": 1}
    _do(root, index, "revoke_card_links", camera_id="gate", number=1)
    assert json.loads(file.read_text())["card_links"] == 2


def test_a_camera_without_a_record_is_not_registered_by_it(root: Path, index: sqlite3.Connection) -> None:
    _do(root, index, "revoke_card_links", camera_id="gate", number=0)
    assert json.loads((root / "cameras" / "gate.json").read_text()) == {"registered": False, "card_links": 1}
    assert _do(root, index, "revoke_card_links", camera_id="../x", number=0).outcome == "refused"
