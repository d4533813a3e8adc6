"""What FTPS needs on this machine is prepared, or named when it is missing."""

import pwd
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.ftps import listener
from ingest.ftps.intake import intake_variables
from ingest.ftps.listener import (
    acceptor_command,
    can_reach,
    listen_command,
    prepare_folders,
    write_configurations,
)
from ingest.ftps.programs import LAUNCHER
from ingest.settings.values import Ftps, Limits, Settings
from ingest.spool.write_through import NOT_WRITTEN_THROUGH, is_write_through, set_write_through
from tests.spools import make_spool


@pytest.fixture
def open_root() -> Iterator[Path]:
    """A spool that other users may enter: pytest's own folders are closed to them."""
    with tempfile.TemporaryDirectory(prefix="camspool-test-") as name:
        Path(name).chmod(0o755)
        yield make_spool(Path(name))


def test_each_port_gets_the_configuration_of_its_mode(local_ftps: Ftps, tmp_path: Path) -> None:
    files = write_configurations(Settings(ftps=local_ftps), tmp_path)
    modes = {mode: "implicit_ssl=YES" in file.read_text("utf-8").splitlines() for mode, file in files.items()}
    assert modes == {"explicit": False, "implicit": True}


def test_what_vsftpd_does_not_accept_is_named_before_anything_listens(local_ftps: Ftps, tmp_path: Path) -> None:
    settings = Settings(ftps=replace(local_ftps, certificate=tmp_path / "missing.pem"))
    with pytest.raises(CamspoolError, match=r"vsftpd-explicit\.conf: .*cannot load RSA certificate"):
        write_configurations(settings, tmp_path)


def test_a_program_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CamspoolError, match="The program systemd-socket-activate is missing"):
        write_configurations(Settings(), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wanted", [True, False])
@pytest.mark.parametrize("intake", [Path("/intake.so"), None], ids=["with the intake", "without"])
def test_uploads_belong_to_the_guest_and_a_sentence_says_when_a_power_cut_may_take_some(
    open_root: Path, wanted: bool, intake: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "find_intake", lambda: intake)
    uploads, connections = open_root / "uploads", open_root / "connections"
    can_be = set_write_through(uploads, True)
    said = prepare_folders(Settings(root=open_root, ftps=Ftps(guest_user="ftp", write_through=wanted)))
    assert uploads.stat().st_uid == pwd.getpwnam("ftp").pw_uid
    assert stat.S_IMODE(uploads.stat().st_mode) == 0o2771
    assert stat.S_IMODE(connections.stat().st_mode) == 0o2770
    assert said == (NOT_WRITTEN_THROUGH if wanted and not intake and not can_be else None)
    assert not is_write_through(uploads)


def test_a_guest_that_is_no_user_is_named_and_nothing_is_changed(open_root: Path) -> None:
    before = (open_root / "uploads").stat()
    with pytest.raises(CamspoolError, match=r"no system user nobody-of-this-name, named by ftps\.guest_user"):
        prepare_folders(Settings(root=open_root, ftps=Ftps(guest_user="nobody-of-this-name")))
    assert (open_root / "uploads").stat() == before


def test_a_folder_above_that_is_closed_to_the_guest_is_a_sentence(open_root: Path) -> None:
    assert can_reach("ftp", open_root)
    open_root.chmod(0o700)
    assert not can_reach("ftp", open_root / "uploads")
    assert can_reach("root", open_root / "uploads")
    with pytest.raises(CamspoolError, match=r"The user ftp cannot enter .*uploads: a folder above it is closed"):
        prepare_folders(Settings(root=open_root, ftps=Ftps(guest_user="ftp")))


@pytest.mark.parametrize(("bind", "address"), [("0.0.0.0", "0.0.0.0:990"), ("::", "[::]:990")])  # noqa: S104 - a word
def test_both_ways_to_listen_hand_the_same_words_on(bind: str, address: str) -> None:
    settings = Settings(root=Path("/spool"), ftps=Ftps(bind=bind, guest_user="ftp"), limits=Limits(reserve_bytes=7))
    passed_on = ["/spool", "/conf", "ftp", "7"]
    as_a_host = listen_command(settings, Path("/conf"), 990)
    variables = [f"{name}={value}" for name, value in intake_variables(settings).items()]
    told = [f"--setenv={variable}" for variable in variables]
    assert as_a_host[as_a_host.index("-l") + 1 :] == [address, *told, str(LAUNCHER), *passed_on]
    as_here = acceptor_command(settings, Path("/conf"), 990)
    assert as_here[: len(variables) + 1] == ["env", *variables]
    assert as_here[-6:] == [bind, "990", *passed_on]
