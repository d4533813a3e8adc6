"""The packages that cameras get in through: nothing pushes them out, and updates still come. Asked of real apt."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment, StrictUndefined

ROLES = Path(__file__).resolve().parents[2] / "ansible" / "roles"
PACKAGE = """Package: {name}
Version: {version}
Architecture: all
Maintainer: A test <test@example.org>
Conflicts: ftp-server
Provides: ftp-server
Filename: ./{name}.deb
Size: 1
SHA256: {digest}
Description: a package of the tests

"""


@dataclass(frozen=True)
class Apt:
    """apt with this machine's packages, an archive of the test's own, and what the role has written."""

    options: tuple[str, ...]

    def would(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Say what `apt-get -y` would do."""
        command = ["apt-get", *self.options, "--simulate", "--yes", *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def _kept() -> str:
    packages = yaml.safe_load((ROLES / "ftps/defaults/main.yml").read_text("utf-8"))["ftps_packages"]
    template = (ROLES / "base/templates/kept_packages.j2").read_text("utf-8")
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, autoescape=False)  # noqa: S701 - no HTML
    return environment.from_string(template).render(ftps_packages=packages, ansible_managed="Ansible")


def _apt(folder: Path, configuration: str) -> Apt:
    archive, lists = folder / "archive", folder / "lists"
    for made in (archive, lists / "partial"):
        made.mkdir(parents=True)
    offered = [("vsftpd", "9:1"), ("another-ftpd", "1")]
    stanzas = (PACKAGE.format(name=name, version=version, digest="0" * 64) for name, version in offered)
    (archive / "Packages").write_text("".join(stanzas), "utf-8")
    (folder / "sources.list").write_text(f"deb [trusted=yes] file:{archive} ./\n", "utf-8")
    (folder / "apt.conf").write_text(configuration, "utf-8")
    settings = {
        "Dir::Etc::SourceList": str(folder / "sources.list"),
        "Dir::Etc::SourceParts": "-",
        "Dir::State::Lists": str(lists),
        "Dir::Cache::pkgcache": "",
        "Dir::Cache::srcpkgcache": "",
        "APT::Sandbox::User": "root",
        "Debug::NoLocking": "true",
    }
    options = (
        "-c",
        str(folder / "apt.conf"),
        *(part for key, to in settings.items() for part in ("-o", f"{key}={to}")),
    )
    subprocess.run(["apt-get", *options, "update"], capture_output=True, check=True, timeout=60)
    return Apt(options)


@pytest.fixture
def kept(tmp_path: Path) -> Apt:
    """apt on a gateway."""
    return _apt(tmp_path, _kept())


def test_without_the_role_another_ftp_server_pushes_vsftpd_out(tmp_path: Path) -> None:
    """What this is about, so that the other tests prove something."""
    assert "Remv vsftpd" in _apt(tmp_path, "").would("install", "another-ftpd").stdout


def test_another_ftp_server_is_refused(kept: Apt) -> None:
    refused = kept.would("install", "another-ftpd")
    assert refused.returncode != 0
    assert "Remv vsftpd" not in refused.stdout


@pytest.mark.parametrize("package", ["vsftpd", "libpam-pwdfile"])
def test_none_of_them_is_removed_in_passing(kept: Apt, package: str) -> None:
    refused = kept.would("remove", package)
    assert refused.returncode != 0
    assert "Essential packages were removed" in refused.stderr


@pytest.mark.parametrize("words", [["upgrade"], ["dist-upgrade"], ["install", "vsftpd"]])
def test_their_updates_are_installed(kept: Apt, words: list[str]) -> None:
    done = kept.would(*words)
    assert done.returncode == 0, done.stderr
    assert "Inst vsftpd" in done.stdout and "(9:1 " in done.stdout
    assert "Remv" not in done.stdout
