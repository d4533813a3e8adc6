"""The admin of each test."""

from pathlib import Path

import pytest

from tests.unit.webadmin.site import Person, Site, make_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An admin on an empty spool."""
    return make_site(tmp_path)


@pytest.fixture
def admin(site: Site) -> Person:
    """Somebody who is logged in to it."""
    return site.admin()
