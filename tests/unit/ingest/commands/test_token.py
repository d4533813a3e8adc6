"""`camspool token` makes tokens, lists them without their secret, and revokes them."""

from pathlib import Path

import pytest

from ingest.commands.main import main
from ingest.spool.tokens import find_token, tokens_in


def run(root: Path, *words: str) -> int:
    return main(["--root", str(root), "token", *words])


def test_a_token_is_shown_once_and_revoked_by_its_id(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "list") == 0 and capsys.readouterr().out == "No token is valid.\n"
    assert run(root, "add", "anna", "a map of the office") == 0
    said, token = capsys.readouterr().out.splitlines()
    found = find_token(root, token)
    assert said == "The token a map of the office of anna is valid." and found and found.person == "anna"
    run(root, "list")
    listed = capsys.readouterr().out
    assert found.id in listed and "a map of the office" in listed and token not in listed
    assert run(root, "revoke", found.id) == 0 and capsys.readouterr().out == "The token is valid no more.\n"
    assert list(tokens_in(root)) == []


def test_a_token_for_nothing_is_refused_with_a_sentence(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "add", "anna", "") == 2
    assert "A token has a person" in capsys.readouterr().err
