"""A token is valid as long as its person is an admin; when it was used is noted."""

import sqlite3
import time
from pathlib import Path

import pytest

from tests.unit.webadmin.api.asking import give_token
from tests.unit.webadmin.site import Site
from webadmin.access import tokens


def find(site: Site, cache: Path, token: str) -> bool:
    return tokens.find(cache, site.root, site.settings.admin.password_file, token) is not None


def test_a_token_is_found_and_its_use_is_noted(site: Site, tmp_path: Path) -> None:
    token, told = give_token(site)
    assert find(site, tmp_path, token) and not find(site, tmp_path, f"{token}x")
    assert tokens.last_uses(tmp_path)[told.id] == pytest.approx(time.time(), abs=60)


def test_without_its_admin_it_is_none(site: Site, tmp_path: Path) -> None:
    token, _ = give_token(site)
    site.settings.admin.password_file.write_text("")
    assert not find(site, tmp_path, token) and tokens.last_uses(tmp_path) == {}


def test_a_use_that_cannot_be_noted_is_no_obstacle(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    token, _ = give_token(site)
    monkeypatch.setattr(tokens, "_note_use", full)
    assert find(site, tmp_path, token)
