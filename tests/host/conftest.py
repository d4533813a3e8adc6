"""Boots one host of each Debian suite for all tests of it, and prints the figures at the end."""

import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.host.gateway import Gateway
from tests.host.image import REPOSITORY
from tests.host.machine import booted
from tests.host.playbook import Operator
from tests.host.wheels import wheels

LOGINS = {"bookworm": "root", "trixie": "debian"}
"""How the operator logs in: as root, and as a user who may use sudo."""

_FIGURES: list[tuple[str, str, str]] = []


@pytest.fixture(scope="session", autouse=True)
def orderly_end() -> Iterator[None]:
    """Let a run that is terminated take its hosts down like one that is interrupted by hand."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of this checkout as it is now: what is deployed does not change while tests run."""
    copy = tmp_path_factory.mktemp("checkout") / "camspool"
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=REPOSITORY, capture_output=True, check=True
    )
    for name in listed.stdout.decode().split("\0"):
        if name and (REPOSITORY / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, copy / name)
    return copy


@pytest.fixture(scope="session", params=list(LOGINS))
def gateway(
    request: pytest.FixtureRequest, checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gateway]:
    """A gateway, deployed to a fresh host. The tests of one host share it, in the order in which they stand."""
    suite = request.param
    with booted(suite, LOGINS[suite]) as machine:
        operator = Operator(machine, checkout, tmp_path_factory.mktemp("operator"))
        operator.variables["ingest_wheels"] = str(wheels(suite))
        found = Gateway(machine, operator, operator.play())
        assert found.first.status == 0, found.first.said
        yield found
    _FIGURES.extend((suite, name, figure) for name, figure in found.figures.items())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures."""
    if _FIGURES:
        terminalreporter.section("hosts")
        for suite, name, figure in _FIGURES:
            terminalreporter.write_line(f"{suite:10} {name:45} {figure}")
