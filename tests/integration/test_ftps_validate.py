"""A configuration is tried by the vsftpd that would read it."""

import os
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.ftps.validate import check_configuration


def test_a_draft_that_belongs_to_another_user_is_judged_by_its_content(tmp_path: Path) -> None:
    conf = tmp_path / "vsftpd.conf"
    conf.write_text("listen=NO\nno_such_option=YES\n")
    os.chown(conf, 65534, -1)
    with pytest.raises(CamspoolError, match=f"{conf}: unrecognised variable in config file: no_such_option"):
        check_configuration(conf)
