"""The one vsftpd template: what each version, port and setting makes of it. vsftpd itself tries the result."""

from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.ftps.programs import FOLDER, OPENSSL_CONF, OPENSSL_OLD_TLS_CONF
from ingest.ftps.render import installed_version, parse_version, render_pam, render_vsftpd
from ingest.ftps.validate import check_configuration
from ingest.settings.values import Ftps

OLD, NEW = (3, 0, 3), (3, 0, 5)


def options(text: str) -> dict[str, str]:
    """Return a configuration's options; fail on what vsftpd could not read, or would read twice."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, equals, value = line.partition("=")
            assert equals, line
            assert name not in found, f"{name} is set twice"
            assert value == value.strip(), f"{line!r}: vsftpd takes white space as part of the value"
            found[name] = value
    return found


@pytest.mark.parametrize("implicit", [False, True])
@pytest.mark.parametrize("version", [OLD, NEW])
def test_uploads_cannot_overwrite_and_nothing_but_uploading_is_allowed(
    version: tuple[int, ...], implicit: bool
) -> None:
    made = options(render_vsftpd(Ftps(), implicit=implicit, vsftpd_version=version))
    assert made["guest_enable"] == "YES"
    assert made["virtual_use_local_privs"] == made["anon_other_write_enable"] == made["download_enable"] == "NO"
    allowed = set(made["cmds_allowed"].split(","))
    assert allowed >= {"AUTH", "USER", "PASS", "PBSZ", "PROT", "PASV", "EPSV", "STOR", "MKD", "CWD", "ALLO", "QUIT"}
    assert not allowed & {"RETR", "DELE", "RNFR", "RNTO", "RMD", "XRMD", "APPE", "REST", "SITE", "STOU", "PORT", "EPRT"}
    assert made["implicit_ssl"] == ("YES" if implicit else "NO")


def test_each_version_gets_the_tls_options_that_it_knows() -> None:
    assert options(render_vsftpd(Ftps(), implicit=False, vsftpd_version=NEW))["ssl_tlsv13"] == "NO"
    assert "ssl_tlsv13" not in options(render_vsftpd(Ftps(), implicit=False, vsftpd_version=OLD))
    assert "MaxProtocol = TLSv1.2" in (FOLDER / "openssl.cnf").read_text("utf-8")


@pytest.mark.parametrize("version", [OLD, NEW])
def test_old_tls_needs_its_setting(version: tuple[int, ...]) -> None:
    usual = options(render_vsftpd(Ftps(), implicit=False, vsftpd_version=version))
    old = options(render_vsftpd(Ftps(old_tls=True), implicit=False, vsftpd_version=version))
    # The version that has no other option says by this one that it knows AUTH TLS; openssl.cnf has the bounds.
    assert (usual["ssl_tlsv1"], old["ssl_tlsv1"]) == ("YES" if version == OLD else "NO", "YES")
    assert "MinProtocol = TLSv1.2" in OPENSSL_CONF.read_text("utf-8")
    assert "MinProtocol = TLSv1\n" in OPENSSL_OLD_TLS_CONF.read_text("utf-8")
    assert "SECLEVEL=0" in old["ssl_ciphers"]
    assert "SECLEVEL" not in usual["ssl_ciphers"]


def test_settings_reach_the_options_they_are_for() -> None:
    ftps = Ftps(
        passive_first=42000, passive_last=42100, passive_address="203.0.113.7", idle_seconds=7, stalled_seconds=8,
        strict_close=False, guest_user="ftp", pam_service="other", certificate=Path("/c"), certificate_key=Path("/k"),
    )  # fmt: skip
    made = options(render_vsftpd(ftps, implicit=False, vsftpd_version=OLD))
    expected = {
        "pasv_min_port": "42000", "pasv_max_port": "42100", "pasv_address": "203.0.113.7", "idle_session_timeout": "7",
        "data_connection_timeout": "4", "strict_ssl_read_eof": "NO", "guest_username": "ftp",
        "pam_service_name": "other", "rsa_cert_file": "/c", "rsa_private_key_file": "/k",
    }  # fmt: skip
    assert expected.items() <= made.items()
    assert "pasv_address" not in options(render_vsftpd(Ftps(), implicit=False, vsftpd_version=OLD))


def test_a_setting_of_two_lines_cannot_add_an_option() -> None:
    with pytest.raises(CamspoolError, match=r"ftps\.pam_service"):
        render_vsftpd(Ftps(pam_service="x\nanonymous_enable=YES"), implicit=False, vsftpd_version=OLD)


def test_the_installed_vsftpd_accepts_what_is_rendered_for_it(local_ftps: Ftps, tmp_path: Path) -> None:
    conf = tmp_path / "vsftpd.conf"
    for implicit in (False, True):
        conf.write_text(render_vsftpd(local_ftps, implicit=implicit, vsftpd_version=installed_version()), "utf-8")
        check_configuration(conf)


def test_pam_asks_the_deployments_password_files_and_then_those_of_single_cameras() -> None:
    rendered = render_pam(Path("/etc/x"), Path("/srv/y"))
    lines = [line for line in rendered.splitlines() if line and not line.startswith("#")]
    assert lines == [
        "auth sufficient pam_pwdfile.so pwdfile=/etc/x",
        "auth sufficient pam_pwdfile.so pwdfile=/etc/x.old",
        "auth sufficient pam_pwdfile.so pwdfile=/srv/y",
        "auth required pam_pwdfile.so pwdfile=/srv/y.old",
        "account required pam_permit.so",
    ]


@pytest.mark.parametrize(("said", "version"), [("vsftpd: version 3.0.3\n", (3, 0, 3)), ("version 3.0.5", (3, 0, 5))])
def test_versions_are_read(said: str, version: tuple[int, ...]) -> None:
    assert parse_version(said) == version


def test_no_version_is_a_sentence() -> None:
    with pytest.raises(CamspoolError, match="apt install vsftpd"):
        parse_version("sh: vsftpd: not found")
