"""The release that is deployed: named by its content, the same for equal sources, complete."""

import importlib.util
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def release() -> ModuleType:
    specification = importlib.util.spec_from_file_location("release", REPOSITORY / "ansible/release.py")
    assert specification and specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def checkout(release: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, so that the name stays the same while others write."""
    copy = tmp_path_factory.mktemp("checkout")
    for file in release.source_files(REPOSITORY):
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / file, copy / file)
    return copy


def test_the_name_changes_with_the_content_and_with_nothing_else(release: ModuleType, checkout: Path) -> None:
    before = release.release_name(checkout)
    (checkout / "ingest/__pycache__").mkdir(exist_ok=True)
    (checkout / "ingest/__pycache__/x.pyc").write_bytes(b"x")
    assert release.release_name(checkout) == before
    (checkout / "ingest/added.py").write_text("")
    assert release.release_name(checkout) != before
    (checkout / "ingest/added.py").unlink()
    assert release.release_name(checkout) == before


def test_the_archive_has_all_that_a_host_needs(release: ModuleType, checkout: Path, tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    (packages / "a.whl").write_text("")
    release.build(checkout, tmp_path / "release.tar", packages)
    (tmp_path / "out").mkdir()
    subprocess.run(["tar", "-xf", str(tmp_path / "release.tar"), "-C", str(tmp_path / "out")], check=True)
    assert (tmp_path / "out/requirements.txt").read_bytes() == (checkout / "requirements.txt").read_bytes()
    assert (tmp_path / "out/packages/a.whl").exists()
    (wheel,) = (tmp_path / "out").glob("camspool-*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {"ingest/ftps/connection.sh", "ingest/ftps/openssl.cnf", "webadmin/app.py"}
    wanted |= {str(file.relative_to(checkout)) for file in (checkout / "profiles").rglob("profile.toml")}
    wanted |= {str(file.relative_to(checkout)) for file in (checkout / "webadmin/templates").rglob("*.html")}
    assert wanted <= inside


def test_a_folder_of_packages_that_is_not_there_is_a_sentence(
    release: ModuleType, checkout: Path, tmp_path: Path
) -> None:
    with pytest.raises(SystemExit, match="ingest_wheels is /nowhere"):
        release.build(checkout, tmp_path / "release.tar", Path("/nowhere"))


def test_a_source_that_cannot_be_built_is_a_sentence(release: ModuleType, checkout: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(checkout, broken)
    (broken / "pyproject.toml").write_text("[build-system")
    with pytest.raises(SystemExit, match="cannot be built"):
        release.build(broken, tmp_path / "release.tar", None)


def test_the_command_prints_the_name() -> None:
    said = subprocess.run(
        [sys.executable, str(REPOSITORY / "ansible/release.py"), "name"], capture_output=True, text=True, check=True
    )
    assert said.stdout.count("-") == 1 and said.stdout.endswith("\n")
