"""The unit files: valid for systemd, and as closed as promised. Nothing runs; systemd judges the text."""

import re
import subprocess
from pathlib import Path

import pytest

UNITS = Path(__file__).resolve().parents[2] / "systemd"
FILES = sorted(file for file in UNITS.glob("camspool*.*") if file.suffix in (".service", ".socket", ".timer"))
BOUNDS = {
    "camspool-watch.service": 0.6,
    "camspool-webadmin.service": 0.4,
    "camspool-ftps@.service": 2.5,
    "camspool-ftps-implicit@.service": 2.5,
    "camspool-retention.service": 0.6,
    "camspool-audit.service": 0.6,
    "camspool-canary.service": 2.5,
    "camspool-relay@.service": 2.5,
}


def setting(file: Path, name: str) -> list[str]:
    return re.findall(rf"(?m)^{name}=(.*)$", file.read_text("utf-8"))


@pytest.mark.parametrize(("name", "bound"), BOUNDS.items())
def test_the_exposure_of_a_unit_is_within_its_bound(name: str, bound: float) -> None:
    words = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(UNITS / name)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    level = re.search(r"Overall exposure level for \S+: ([\d.]+)", said)
    assert level, said
    assert float(level[1]) <= bound, said


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_unit_is_described_and_restarts_have_no_end(file: Path) -> None:
    assert setting(file, "Description")
    if setting(file, "Restart"):
        assert setting(file, "StartLimitIntervalSec") == ["0"], "after five failures it would stay down"


def test_both_ports_are_alike_but_for_their_number_and_configuration() -> None:
    for explicit in ("camspool-ftps.socket", "camspool-ftps@.service"):
        implicit = explicit.replace("camspool-ftps", "camspool-ftps-implicit")
        differing = {
            line.partition("=")[0]
            for one, other in zip(lines(explicit), lines(implicit), strict=True)
            if one != other
            for line in (one,)
        }
        assert differing == {"Description", "ListenStream" if explicit.endswith("socket") else "ExecStart"}


def lines(name: str) -> list[str]:
    return (UNITS / name).read_text("utf-8").splitlines()


def test_a_flood_of_connections_never_stops_a_socket() -> None:
    for socket in UNITS.glob("camspool-ftps*.socket"):
        assert setting(socket, "TriggerLimitIntervalSec") == ["0"]
        assert setting(socket, "Accept") == ["yes"]
        assert int(setting(socket, "MaxConnectionsPerSource")[0]) >= 100, "one carrier NAT can hide a whole project"


def test_every_timer_has_its_service_and_every_service_is_installed_by_a_role() -> None:
    roles = "".join(file.read_text("utf-8") for file in (UNITS.parent / "ansible/roles").glob("*/tasks/*.yml"))
    for timer in UNITS.glob("*.timer"):
        assert timer.with_suffix(".service").exists()
        assert f"'{timer.stem.removeprefix('camspool-')}'" in roles
    for file in FILES:
        task = file.stem.removeprefix("camspool-")
        assert file.name in roles or f"'{task}'" in roles, f"no role installs {file.name}"
