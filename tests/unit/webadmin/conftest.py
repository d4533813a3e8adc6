"""The admin of each test."""

from pathlib import Path

import pytest

from ingest.requests import answers
from tests.unit.webadmin.site import Person, Site, make_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An admin on an empty spool."""
    return make_site(tmp_path)


@pytest.fixture
def admin(site: Site) -> Person:
    """Somebody who is logged in to it."""
    return site.admin()


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """No watcher runs beside these tests, so no page has an answer to wait for."""
    monkeypatch.setattr(answers, "PATIENCE_S", 0.1)
