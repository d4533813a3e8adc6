"""Lets a test tell its counts and tables: they are printed at the end of the run, also when everything passed."""

from collections.abc import Callable

import pytest

Tell = Callable[[str], None]

_TOLD = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Make the place where the lines are kept."""
    config.stash[_TOLD] = []


@pytest.fixture(scope="session")
def tell(request: pytest.FixtureRequest) -> Tell:
    """Return the function that keeps a line for the end of the run."""
    return request.config.stash[_TOLD].append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what the tests told."""
    if config.stash[_TOLD]:
        terminalreporter.section("what was tried")
        for line in config.stash[_TOLD]:
            terminalreporter.write_line(line)
