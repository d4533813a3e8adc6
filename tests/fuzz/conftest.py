"""What the targets tell is printed at the end, as the faults' counts are."""

from tests.faults.conftest import pytest_configure, pytest_terminal_summary, tell  # noqa: F401
