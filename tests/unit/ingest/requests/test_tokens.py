"""A token is made and revoked on somebody's word; its hash stays out of the log."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ingest.spool.tokens import find_token, new_token, token_id, tokens_in
from tests.unit.ingest.requests.asked import ask

TOKEN, HASH = new_token()


def made(**changes: Any) -> dict[str, Any]:
    return {"action": "make_token", "by": "anna", "person": "anna", "label": "map", "token_hash": HASH, **changes}


def test_a_token_is_made_and_revoked_twice(root: Path, index: sqlite3.Connection) -> None:
    answer = ask(root, index, made())
    assert answer["results"][0]["message"] == "The token map of anna is valid." and HASH not in str(answer)
    found = find_token(root, TOKEN)
    assert found and (found.person, found.label) == ("anna", "map")
    for said in ("The token is valid no more.", "No such token is valid."):
        answer = ask(root, index, {"action": "revoke_token", "by": "anna", "token": token_id(HASH)})
        assert (answer["results"][0]["outcome"], answer["results"][0]["message"]) == ("revoked", said)
    assert find_token(root, TOKEN) is None


@pytest.mark.parametrize("changes", [{"token_hash": "x"}, {"token_hash": 7}, {"person": ""}, {"label": " "}])
def test_half_a_token_is_refused(root: Path, index: sqlite3.Connection, changes: dict[str, Any]) -> None:
    assert ask(root, index, made(**changes))["results"][0]["outcome"] == "refused"
    assert list(tokens_in(root)) == []


def test_what_a_person_typed_becomes_one_line(root: Path, index: sqlite3.Connection) -> None:
    ask(root, index, made(label="a\nb" * 100))
    (token,) = tokens_in(root)
    assert "\n" not in token.label and len(token.label) <= 60
