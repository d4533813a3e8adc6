"""What vsftpd needs, for the tests that start it."""

from pathlib import Path

import pytest

from ingest.ftps.programs import INTAKE_CONF
from ingest.ftps.render import installed_version, render_vsftpd
from ingest.settings.values import Ftps
from tests.unit.ingest.ftps.server import Tls


@pytest.fixture
def local_ftps(tls: Tls) -> Ftps:
    """Settings of FTPS that hold on this machine."""
    return Ftps(bind="127.0.0.1", guest_user="ftp", certificate=tls.certificate, certificate_key=tls.key)


@pytest.fixture
def conf(tmp_path: Path, local_ftps: Ftps) -> Path:
    """A configuration that the installed vsftpd accepts."""
    file = tmp_path / "vsftpd.conf"
    file.write_text(render_vsftpd(local_ftps, implicit=False, vsftpd_version=installed_version()), "utf-8")
    (tmp_path / INTAKE_CONF.name).write_bytes(INTAKE_CONF.read_bytes())
    return file
