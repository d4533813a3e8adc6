"""`camspool run` before it starts anything: ports that are taken or impossible are named by their setting."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.commands.main import main
from ingest.commands.run import check_ports
from ingest.errors import CamspoolError
from ingest.settings.values import Admin, Ftps, Settings


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def free() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def settings(port: int, implicit_port: int, admin: str = "127.0.0.1:1", bind: str = "127.0.0.1") -> Settings:
    return Settings(ftps=Ftps(bind=bind, port=port, implicit_port=implicit_port), admin=Admin(bind=admin))


def test_free_ports_are_left_free(free: int) -> None:
    check_ports(settings(free, free, f"127.0.0.1:{free}"), with_admin=True)
    with socket.create_server(("127.0.0.1", free)):
        pass


def test_a_port_that_is_taken_is_named_by_its_setting(free: int, taken: int) -> None:
    said = rf"^Port {taken} of 127\.0\.0\.1 is in use by another program; stop that, or change "
    with pytest.raises(CamspoolError, match=rf"{said}ftps\.port\.$"):
        check_ports(settings(taken, free), with_admin=False)
    with pytest.raises(CamspoolError, match=rf"{said}ftps\.implicit_port\.$"):
        check_ports(settings(free, taken), with_admin=False)
    with pytest.raises(CamspoolError, match=rf"{said}admin\.bind\.$"):
        check_ports(settings(free, free, f"127.0.0.1:{taken}"), with_admin=True)


def test_the_admins_port_matters_only_with_the_admin(free: int, taken: int) -> None:
    check_ports(settings(free, free, f"127.0.0.1:{taken}"), with_admin=False)


@pytest.mark.parametrize("bind", ["localhost", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:0", "127.0.0.1:70000", ""])
def test_an_admin_without_a_port_is_told_what_is_expected(free: int, bind: str) -> None:
    with pytest.raises(CamspoolError, match=r"^admin\.bind has no port; expected an address such as 127\.0\.0\.1:8080"):
        check_ports(settings(free, free, bind), with_admin=True)


def test_an_address_that_is_not_this_machines_is_named(free: int) -> None:
    with pytest.raises(CamspoolError, match=r"^ftps\.port: cannot listen on 192\.0\.2\.1 port \d+: Cannot assign"):
        check_ports(settings(free, free, bind="192.0.2.1"), with_admin=False)
    with pytest.raises(CamspoolError, match=r"^ftps\.port: cannot listen on no\.such\.invalid "):
        check_ports(settings(free, free, bind="no.such.invalid"), with_admin=False)


def test_addresses_of_version_6_can_be_listened_on(free: int) -> None:
    check_ports(settings(free, free, f"[::1]:{free}", bind="::1"), with_admin=True)


def test_the_spool_is_made_and_nothing_started_when_a_port_is_taken(
    tmp_path: Path, free: int, taken: int, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "camspool.toml"
    config.write_text(
        f'root = "{tmp_path}/new/spool"\n[ftps]\nbind = "127.0.0.1"\nport = {free}\nimplicit_port = {taken}\n'
        'guest_user = "root"\n'
    )
    assert main(["--config", str(config), "run", "--without-admin"]) == 2
    said = capsys.readouterr()
    assert f"Port {taken} of 127.0.0.1 is in use" in said.err
    assert "Camspool runs" not in said.out
    assert (tmp_path / "new" / "spool" / "incoming").is_dir()
