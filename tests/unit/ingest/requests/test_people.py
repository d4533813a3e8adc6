"""People on somebody's word: each change is made once, and only what the action is for."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ingest.requests.actions import ACTIONS
from ingest.requests.result import Result
from ingest.spool.people import Person, hash_of, people_in, read_person, write_person
from ingest.spool.tokens import Token, new_token, token_id, tokens_in, write_token

MARK, OTHER_MARK, UNTIL = hash_of("token"), hash_of("other"), "2026-06-08T12:00:00.000000Z"
INVITATION: dict[str, Any] = {"invitation_hash": MARK, "invited_until": UNTIL}
NEW_HASH, DEPLOYED = "$argon2id$new", "$argon2id$deployed"


def _do(root: Path, index: sqlite3.Connection, action: str, request_id: str = "r1", **words: Any) -> Result:
    request = {"action": action, "by": "anna", **words}
    (result,) = ACTIONS[action](root, index, request_id, request, lambda: None)
    return result


def test_somebody_is_added_once_however_often_it_is_carried_out(root: Path, index: sqlite3.Connection) -> None:
    words: dict[str, Any] = {
        "person": "rose",
        "role": "field",
        "accounts": ["camera", "../x"],
        "tags": " a,b ,a",
        **INVITATION,
    }
    for _ in range(2):
        assert _do(root, index, "add_person", **words).outcome == "added"
    (rose,) = people_in(root)
    assert (rose.role, rose.accounts, rose.tags, rose.made_by) == ("field", ("camera",), ("a", "b"), "anna")
    assert (rose.invitation_hash, rose.invited_until, rose.password_hash) == (MARK, UNTIL, "")
    assert _do(root, index, "add_person", "r2", **words).outcome == "refused"


@pytest.mark.parametrize(
    "changed",
    [{"person": "../x"}, {"person": 7}, {"role": "king"}, {"role": None}, {"invitation_hash": "x"}],
)
def test_what_makes_nobody_is_refused(root: Path, index: sqlite3.Connection, changed: dict[str, Any]) -> None:
    words = {"person": "rose", "role": "viewer", **INVITATION, **changed}
    assert _do(root, index, "add_person", **words).outcome == "refused"
    assert list(people_in(root)) == []


def test_each_action_changes_what_it_is_for(root: Path, index: sqlite3.Connection) -> None:
    write_person(root, Person("rose", "viewer", password_hash="$argon2id$old"))
    words: dict[str, Any] = {"person": "rose"}
    _do(
        root,
        index,
        "change_person",
        "r1",
        **words,
        role="field",
        tags="north",
        second_factor_due=True,
        password_hash="x",
    )
    _do(root, index, "set_second_factor", "r2", **words, second_factor="sealed", role="admin")
    _do(root, index, "invite_person", "r3", **words, **INVITATION)
    rose = read_person(root, "rose")
    assert rose == Person(
        "rose", "field", tags=("north",), password_hash="$argon2id$old", second_factor="sealed",
        second_factor_due=True, invitation_hash=MARK, invited_until=UNTIL, request="r3",
    )  # fmt: skip
    _do(root, index, "set_second_factor", "r4", **words)
    assert (read_person(root, "rose") or rose).second_factor == ""


def test_a_password_by_invitation_is_set_once(root: Path, index: sqlite3.Connection) -> None:
    write_person(root, Person("rose", "viewer", **INVITATION))
    words = {"person": "rose", "password_hash": NEW_HASH}
    assert _do(root, index, "set_password", "r1", **words, invitation_hash=OTHER_MARK).outcome == "refused"
    for _ in range(2):  # after a crash it is carried out again
        assert _do(root, index, "set_password", "r2", **words, invitation_hash=MARK).outcome == "changed"
    late = _do(root, index, "set_password", "r3", person="rose", password_hash="$argon2id$thief", invitation_hash=MARK)
    assert late.outcome == "refused" and "Ask for another one." in str(late.message)
    rose = read_person(root, "rose")
    assert rose and (rose.password_hash, rose.invitation_hash, rose.invited_until) == (NEW_HASH, "", "")


def test_what_is_no_hash_becomes_nobodys_password(root: Path, index: sqlite3.Connection) -> None:
    write_person(root, Person("rose", "viewer"))
    assert _do(root, index, "set_password", person="rose", password_hash="secret").outcome == "refused"


def test_an_admin_of_the_deployment_begins_here_with_its_hash(root: Path, index: sqlite3.Connection) -> None:
    words = {"person": "anna", "replaces": hash_of(DEPLOYED), "deployed_hash": DEPLOYED}
    assert _do(root, index, "set_second_factor", "r1", **words, second_factor="s").outcome == "changed"
    anna = read_person(root, "anna")
    assert anna and (anna.role, anna.password_hash, anna.replaces) == ("admin", DEPLOYED, hash_of(DEPLOYED))
    _do(root, index, "set_password", "r2", **words, password_hash=NEW_HASH)
    anna = read_person(root, "anna")
    assert anna and (anna.password_hash, anna.second_factor) == (NEW_HASH, "s")


@pytest.mark.parametrize("action", ["change_person", "invite_person", "set_password", "set_second_factor"])
@pytest.mark.parametrize("name", ["nobody", "../x"])
def test_nobody_is_changed_into_somebody(root: Path, index: sqlite3.Connection, action: str, name: str) -> None:
    words = {"role": "viewer", "password_hash": NEW_HASH, **INVITATION}
    assert _do(root, index, action, person=name, **words).outcome == "refused"
    assert list(people_in(root)) == []


def test_who_is_removed_takes_their_programs_along_and_nobody_elses(root: Path, index: sqlite3.Connection) -> None:
    write_person(root, Person("rose", "viewer"))
    for person in ("rose", "zoe"):
        hashed = new_token()[1]
        write_token(root, Token(token_id(hashed), person, "map", hashed, UNTIL))
    for _ in range(2):
        assert _do(root, index, "remove_person", person="rose").outcome == "removed"
    assert list(people_in(root)) == [] and [one.person for one in tokens_in(root)] == ["zoe"]
    assert _do(root, index, "remove_person", person="../requests").outcome == "refused"


def test_ended_sessions_are_put_down_on_one_line(root: Path, index: sqlite3.Connection) -> None:
    result = _do(root, index, "end_sessions", person="rose", words="1 session\nended")
    assert (result.id, result.outcome, result.message) == ("rose", "ended", "1 session�ended")
