"""A program that reads the API."""

import pytest

from tests.unit.webadmin.api.asking import Program, program_of
from tests.unit.webadmin.site import Site


@pytest.fixture
def program(site: Site) -> Program:
    """A program with a token of the admin."""
    return program_of(site)
