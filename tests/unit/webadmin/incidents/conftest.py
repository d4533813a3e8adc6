"""Some tests of incidents need a spool alone."""

from pathlib import Path

import pytest

from tests.spools import make_spool


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The root of an empty spool."""
    return make_spool(tmp_path)
