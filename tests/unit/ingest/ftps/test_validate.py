"""What vsftpd says to a configuration is told in its own words, and nothing stays behind."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.ftps.process_tree import descendants
from ingest.ftps.validate import check_configuration


def test_an_option_that_vsftpd_does_not_know_is_named(conf: Path) -> None:
    conf.write_text(conf.read_text("utf-8") + "reverse_lookup_enable=YES\n", "utf-8")
    with pytest.raises(CamspoolError, match="unrecognised variable in config file: reverse_lookup_enable"):
        check_configuration(conf)


def test_a_certificate_that_cannot_be_loaded_is_told(conf: Path, tmp_path: Path) -> None:
    (tmp_path / "cert.pem").write_text("nothing", "utf-8")
    conf.write_text(conf.read_text("utf-8") + f"rsa_cert_file={tmp_path}/cert.pem\n", "utf-8")
    with pytest.raises(CamspoolError, match="cannot load RSA certificate"):
        check_configuration(conf)


@pytest.mark.parametrize("more", ["", "no_such_option=YES\n"])
def test_no_process_stays_behind_whatever_vsftpd_says(conf: Path, more: str) -> None:
    conf.write_text(conf.read_text("utf-8") + more, "utf-8")
    before = descendants()
    try:
        check_configuration(conf)
    except CamspoolError:
        assert more
    # vsftpd's own child ends on its own, once the one that we wait for has gone.
    deadline = time.monotonic() + 30
    while descendants() - before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert descendants() <= before


def test_the_command_ends_with_a_sentence_and_a_status_that_ansible_sees(conf: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "ingest.ftps.validate"]
    assert subprocess.run([*words, conf], capture_output=True, check=False).returncode == 0
    bad = tmp_path / "bad.conf"
    bad.write_text("colour=red\n", "utf-8")
    ran = subprocess.run([*words, bad], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr == f"vsftpd does not accept {bad}: unrecognised variable in config file: colour.\n"
