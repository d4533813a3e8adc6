"""The unit files: valid for systemd, and as closed as promised. Nothing runs; systemd judges the text."""

import re
import subprocess
from pathlib import Path

import pytest

from ingest.spool.root import FOLDERS

UNITS = Path(__file__).resolve().parents[2] / "systemd"
FILES = sorted(file for file in UNITS.glob("camspool*.*") if file.suffix in (".service", ".socket", ".timer"))
BOUNDS = {
    "camspool-watch.service": 0.6,
    "camspool-outbox.service": 1.5,
    "camspool-alerts.service": 0.6,
    "camspool-webadmin.service": 0.4,
    "camspool-ftps@.service": 2.5,
    "camspool-ftps-implicit@.service": 2.5,
    "camspool-retention.service": 0.6,
    "camspool-audit.service": 0.6,
    "camspool-canary.service": 2.5,
    "camspool-figures.service": 0.6,
    "camspool-firewall.service": 2.0,
    "camspool-failed@.service": 0.6,
    "camspool-backup.service": 2.0,
    "camspool-backup-test.service": 2.0,
    "camspool-relay@.service": 2.5,
    "camspool-provider@.service": 2.5,
}


GET_OUT = (
    *("camspool-outbox", "camspool-ftps@", "camspool-ftps-implicit@"),
    *("camspool-backup", "camspool-backup-test", "camspool-provider@"),
)


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


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_unit_that_fails_calls_the_alerts(file: Path) -> None:
    """But for those of one connection or one file, whose end is told elsewhere, and the call itself."""
    assert setting(file, "OnFailure") == ([] if "@" in file.name else ["camspool-failed@%n.service"])


@pytest.mark.parametrize("unit", ["nginx", "fail2ban"])
def test_debian_s_services_come_back_and_call_the_alerts_too(unit: str) -> None:
    added = UNITS / f"{unit}.service.d/camspool.conf"
    assert setting(added, "Restart") == ["on-failure"] and setting(added, "StartLimitIntervalSec") == ["0"]
    assert setting(added, "OnFailure") == ["camspool-failed@%n.service"]


def test_only_the_outbox_the_backup_and_the_provider_s_log_ins_get_to_other_machines() -> None:
    """vsftpd answers whoever connects; the canary and the relay get to this machine's own ports."""
    for file in UNITS.glob("camspool-*.service"):
        families = setting(file, "RestrictAddressFamilies")
        assert families, file.name
        is_bound = setting(file, "IPAddressDeny") == ["any"] and setting(file, "IPAddressAllow") in ([], ["localhost"])
        has_network = "AF_INET" in families[0].split() and not is_bound
        assert has_network == (file.stem in GET_OUT), file.name


def test_the_outbox_writes_where_marks_are_and_knows_no_secret_but_those_of_targets() -> None:
    unit = UNITS / "camspool-outbox.service"
    assert setting(unit, "ReadWritePaths") == ["/srv/camspool/outbox"]
    hidden = {path.lstrip("-") for line in setting(unit, "InaccessiblePaths") for path in line.split()}
    keys = {"ftps.password", "ftps.passwd", "admins", "admin.secret", "admin.password", "tls"}
    assert hidden >= {f"/etc/camspool/{key}" for key in keys}
    assert not any(path.startswith("/etc/camspool/targets") for path in hidden)


def test_a_target_s_program_may_get_limits_and_a_cage() -> None:
    allowed = " ".join(setting(UNITS / "camspool-outbox.service", "SystemCallFilter")).split()
    calls = ("create_ruleset", "add_rule", "restrict_self")
    assert {"setrlimit", "prlimit64", *(f"landlock_{call}" for call in calls)} <= set(allowed)


def test_the_watcher_and_the_outbox_write_into_each_other_s_folders() -> None:
    made = {line.split()[1]: line.split()[2:] for line in lines("camspool.tmpfiles") if line.startswith("d ")}
    assert made["/srv/camspool/outbox"] == ["2770", "camspool-outbox", "camspool"]
    assert made["/etc/camspool/targets"] == ["0750", "root", "camspool-outbox"]
    for name in ("camspool-watch.service", "camspool-outbox.service"):
        assert setting(UNITS / name, "UMask") == ["0007"]


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
    files = (UNITS.parent / "ansible/roles").glob("*/*/*.yml")
    roles = "".join(file.read_text("utf-8") for file in files if file.parent.name in ("tasks", "vars"))
    for timer in UNITS.glob("*.timer"):
        assert timer.with_suffix(".service").exists()
        assert timer.name in roles or f"'{timer.stem.removeprefix('camspool-')}'" in roles
    for file in FILES:
        task = file.stem.removeprefix("camspool-")
        assert file.name in roles or f"'{task}'" in roles, f"no role installs {file.name}"


def test_a_host_has_every_folder_of_the_spool_before_the_watcher_starts() -> None:
    """The spool itself belongs to root, so the watcher cannot make one that is missing."""
    made = re.findall(r"^d /srv/camspool/(\S+)", (UNITS / "camspool.tmpfiles").read_text("utf-8"), re.MULTILINE)
    assert set(made) >= set(FOLDERS)
