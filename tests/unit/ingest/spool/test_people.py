"""People as they are kept: who counts, what cannot be read, and what is no name."""

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.spool.people import (
    Person,
    forget_person,
    hash_of,
    holding,
    invited,
    is_mark,
    is_name,
    people_in,
    read_person,
    write_person,
)

ROSE = Person("rose", "field", ("camera",), ("north",), password_hash="$argon2id$x", second_factor_due=True)
DEPLOYED = "$argon2id$deployed"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "people").mkdir()
    return tmp_path


def test_a_person_comes_back_as_written_and_is_forgotten(root: Path) -> None:
    write_person(root, ROSE)
    write_person(root, Person("Adam", "viewer"))
    assert read_person(root, "rose") == ROSE
    assert [one.name for one in people_in(root)] == ["Adam", "rose"]
    assert forget_person(root, "rose") and not forget_person(root, "rose")
    assert read_person(root, "rose") is None


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"[]",
        b'{"name": "rose"}',
        b'{"name": "zoe", "role": "admin"}',
        b'{"name": "rose", "role": "king"}',
        b'{"name": "rose", "role": "admin", "password_hash": null}',
        b'{"name": "rose", "role": "admin", "tags": 7}',
    ],
)
def test_a_record_that_cannot_be_read_lets_nobody_in(root: Path, damaged: bytes) -> None:
    (root / "people" / "rose.json").write_bytes(damaged)
    assert read_person(root, "rose") is None and list(people_in(root)) == []


def test_what_a_newer_release_has_added_is_passed_over(root: Path) -> None:
    text: dict[str, Any] = {"name": "rose", "role": "viewer", "passkeys": [1]}
    (root / "people" / "rose.json").write_text(json.dumps(text))
    assert read_person(root, "rose") == Person("rose", "viewer")


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "é", "a b", "x" * 65, None, 7])
def test_what_cannot_be_a_name_names_no_file(root: Path, name: Any) -> None:
    assert not is_name(name) and read_person(root, name) is None


def test_the_deployment_and_what_was_made_here_agree_on_who_somebody_is() -> None:
    changed = Person("anna", "viewer", password_hash="$argon2id$own", replaces=hash_of(DEPLOYED))
    assert holding("anna", None, None) is None
    assert holding("rose", ROSE, None) == ROSE
    deployed = holding("anna", None, DEPLOYED)
    assert deployed and (deployed.role, deployed.password_hash) == ("admin", DEPLOYED)
    held = holding("anna", changed, DEPLOYED)
    assert held and (held.role, held.password_hash) == ("admin", "$argon2id$own")
    assert holding("anna", changed, "$argon2id$given anew") == Person(
        "anna", "admin", password_hash="$argon2id$given anew", replaces=hash_of("$argon2id$given anew")
    )
    assert holding("anna", changed, None) is None, "the host has taken her away"
    shadowed = holding("rose", ROSE, DEPLOYED)
    assert shadowed and shadowed.password_hash == DEPLOYED, "the deployment's name is nobody else's"


def test_an_invitation_is_found_by_its_token_while_it_holds(root: Path) -> None:
    write_person(root, Person("rose", "viewer", invitation_hash=hash_of("token"), invited_until="2026-06-02"))
    write_person(root, Person("zoe", "viewer"))
    found = invited(root, "token", "2026-06-01")
    assert found and found.name == "rose"
    assert invited(root, "token", "2026-06-02") is None and invited(root, "", "2026-06-01") is None


def test_a_mark_is_64_hexadecimal_digits() -> None:
    assert is_mark(hash_of("x")) and not is_mark("x") and not is_mark(None) and not is_mark(hash_of("x").upper())
