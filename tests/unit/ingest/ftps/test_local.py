"""The gateway in a folder of this machine: made once, kept ever after."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.ftps.accounts import read_accounts
from ingest.ftps.local import PAM_FOLDER, pam_service_name, prepare
from ingest.settings.file import read_settings


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder whose PAM service goes with it."""
    yield tmp_path / "var"
    (PAM_FOLDER / pam_service_name(tmp_path / "var")).unlink(missing_ok=True)


def test_the_settings_file_is_one_that_camspool_reads(folder: Path) -> None:
    settings = read_settings(prepare(folder))
    assert settings.root == folder / "spool"
    assert (settings.ftps.port, settings.ftps.implicit_port) == (2121, 2990)
    assert (settings.ftps.passive_first, settings.ftps.passive_last) == (42000, 42100)
    assert (settings.ftps.bind, settings.admin.bind) == ("127.0.0.1", "127.0.0.1:8080")
    assert read_accounts(settings.ftps.password_file).keys() == {"camera"}
    pam = (PAM_FOLDER / settings.ftps.pam_service).read_text("utf-8")
    assert str(settings.ftps.password_file) in pam


def test_secrets_are_for_the_owner_alone(folder: Path) -> None:
    prepare(folder)
    for name in ("ftps.passwd", "ftps.password", "admins", "admin.password", "admin.secret", "tls/key.pem"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600, name


def test_a_second_time_changes_nothing(folder: Path) -> None:
    prepare(folder)
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.rglob("*") if file.is_file()}
    prepare(folder)
    assert {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in before} == before


def test_where_other_users_cannot_enter_root_writes_the_uploads(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o700)
    assert read_settings(prepare(folder)).ftps.guest_user == "root"


def test_a_folder_that_was_moved_is_a_sentence(folder: Path) -> None:
    settings = prepare(folder)
    settings.write_text(settings.read_text("utf-8").replace(str(folder), "/elsewhere"), "utf-8")
    with pytest.raises(CamspoolError, match="delete it to have it made again"):
        prepare(folder)


def test_a_path_that_vsftpd_cannot_read_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CamspoolError, match="characters in its path"):
        prepare(tmp_path / "my folder")
