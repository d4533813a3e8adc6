"""How this machine reaches its own FTPS, and what is said where it does not know the password."""

from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.ftps.own import own_host, own_server, read_ftps_password
from ingest.ftps.sender import FtpsServer
from ingest.settings.values import Ftps


@pytest.mark.parametrize(
    ("bind", "host"),
    [("0.0.0.0", "127.0.0.1"), ("::", "127.0.0.1"), ("", "127.0.0.1"), ("10.0.0.7", "10.0.0.7"), ("::1", "::1")],  # noqa: S104 - names of addresses
)
def test_it_is_reached_where_it_listens(bind: str, host: str) -> None:
    assert own_host(Ftps(bind=bind)) == host


def test_each_mode_has_its_port_and_both_the_account_of_the_cameras() -> None:
    ftps = Ftps(bind="10.0.0.7", port=2121, implicit_port=2990, account="north")
    assert own_server(ftps, "secret", implicit=False) == FtpsServer("10.0.0.7", 2121, False, "north", "secret")
    assert own_server(ftps, "secret", implicit=True) == FtpsServer("10.0.0.7", 2990, True, "north", "secret")


def test_the_password_is_what_stands_in_its_file_without_the_line_end(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("a pass wörd\n", "utf-8")
    assert read_ftps_password(tmp_path / "password") == "a pass wörd"


def test_a_password_that_cannot_be_read_is_a_sentence_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(CamspoolError, match=r"not known here: .*/missing cannot be read \(No such file or directory\)"):
        read_ftps_password(tmp_path / "missing")
    (tmp_path / "password").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(CamspoolError, match=r"password cannot be read \(it is not text\)"):
        read_ftps_password(tmp_path / "password")
