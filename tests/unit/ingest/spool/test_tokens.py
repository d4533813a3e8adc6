"""A token is found by whoever shows it whole, and its file tells nobody how it reads."""

from pathlib import Path

import pytest

from ingest.spool.tokens import (
    FOLDER,
    Token,
    find_token,
    forget_token,
    hash_of,
    new_token,
    token_id,
    tokens_in,
    write_token,
)

AT = "2026-06-01T12:00:00.000000Z"


def put(root: Path, person: str = "anna", label: str = "a dashboard", at: str = AT) -> tuple[str, Token]:
    token, hashed = new_token()
    told = Token(token_id(hashed), person, label, hashed, at)
    write_token(root, told)
    return token, told


def test_a_token_is_found_and_its_file_does_not_tell_it(root: Path) -> None:
    token, told = put(root)
    assert find_token(root, token) == told and hash_of(token) == told.token_hash
    (file,) = (root / FOLDER).iterdir()
    assert token.removeprefix("camspool_") not in file.read_text()


@pytest.mark.parametrize("change", [lambda one: one[:-1], lambda one: one + "A", lambda one: one[9:], lambda _: ""])
def test_what_is_no_token_of_ours_finds_none(root: Path, change: object) -> None:
    token, _ = put(root)
    assert find_token(root, change(token)) is None  # type: ignore[operator]
    assert find_token(root, new_token()[0]) is None


def test_another_token_whose_hash_begins_alike_is_none(root: Path) -> None:
    token, told = put(root)
    write_token(root, Token(told.id, told.person, told.label, told.id + "0" * 48, AT))
    assert find_token(root, token) is None


def test_a_token_that_is_forgotten_is_valid_no_more(root: Path) -> None:
    token, told = put(root)
    assert forget_token(root, told.id) and not forget_token(root, told.id) and find_token(root, token) is None


@pytest.mark.parametrize("id_", ["", "../anna", "A" * 16, "a" * 17])
def test_what_is_no_id_forgets_nothing(root: Path, id_: str) -> None:
    put(root)
    assert not forget_token(root, id_) and len(list(tokens_in(root))) == 1


def test_all_are_listed_by_person_and_age_and_damaged_files_are_passed_over(root: Path) -> None:
    put(root, "zoe"), put(root, "anna", "new", "2026-06-02T12:00:00.000000Z"), put(root, "anna", "old")
    for name, text in (("a" * 16, "{"), ("b" * 16, "[]"), ("c" * 16, '{"id": 1}'), ("note", "{}")):
        (root / FOLDER / f"{name}.json").write_text(text)
    assert [(one.person, one.label) for one in tokens_in(root)] == [
        ("anna", "old"),
        ("anna", "new"),
        ("zoe", "a dashboard"),
    ]
