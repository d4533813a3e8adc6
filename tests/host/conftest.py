"""Boots one host of each Debian suite for all tests of it, and prints the figures at the end.

Every test runs on Debian 13. Those that what Debian brings can decide, such as its systemd, vsftpd, nginx, nftables,
fail2ban, certbot or pip, are marked `each_debian` and run on Debian 12 too.
"""

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
from tests.host.telling import Telling
from tests.host.wheels import package_index, wheels

LOGINS = {"bookworm": "root", "trixie": "debian"}
"""How the operator logs in: as root, and as a user who may use sudo."""

_FULL = "trixie"

_FIGURES: list[tuple[str, str, str]] = []
_TOLD = Telling()


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known."""
    config.addinivalue_line("markers", "each_debian: what Debian brings can decide it, so it runs on each suite.")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each test the hosts that it runs on."""
    if "gateway" in metafunc.fixturenames:
        on_each = metafunc.definition.get_closest_marker("each_debian")
        metafunc.parametrize("gateway", list(LOGINS) if on_each else [_FULL], indirect=True, scope="session")


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


@pytest.fixture(scope="session")
def gateway(
    request: pytest.FixtureRequest, checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gateway]:
    """A gateway, deployed to a fresh host. The tests of one host share it, in the order in which they stand.

    The first release's packages come from an index, as for a host with a network; those of later ones from a folder.
    """
    suite: str = request.param
    with booted(suite, LOGINS[suite]) as machine:
        operator = Operator(machine, checkout, tmp_path_factory.mktemp("operator"))
        with package_index(wheels(suite), machine.outside, tmp_path_factory.mktemp("index")) as pip_conf:
            (machine.root / "etc/pip.conf").write_text(pip_conf)
            found = Gateway(machine, operator, operator.play())
        assert found.first.status == 0, found.first.said
        operator.variables["ingest_wheels"] = str(wheels(suite))
        yield found
    _FIGURES.extend((suite, name, figure) for name, figure in found.figures.items())


@pytest.fixture(scope="session")
def telling() -> Telling:
    """Return what is printed at the end of what an operator sees."""
    return _TOLD


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures, and what an operator sees in each case."""
    if _TOLD.cases:
        terminalreporter.section("what an operator sees")
        for case, words in _TOLD.cases:
            terminalreporter.write_line(f"{case}\n    {words}")
    if _FIGURES:
        terminalreporter.section("hosts")
        for suite, name, figure in _FIGURES:
            terminalreporter.write_line(f"{suite:10} {name:45} {figure}")
