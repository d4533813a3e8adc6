"""Signed links: each opens one camera's check page, and none can be made up."""

import pytest

from tests.unit.webadmin.site import CAMERA, Site
from webadmin.cameras.check_links import check_token, read_token


def test_a_check_link_opens_one_camera_and_cannot_be_forged(site: Site) -> None:
    with site.app.app_context():
        token = check_token(CAMERA)
        assert read_token(token) == CAMERA
        for forged in (token[:-1] + "x", token.replace("861943", "861944"), CAMERA, "", "~", "x~y", "é~é"):
            assert read_token(forged) is None


def test_a_link_signed_for_what_is_no_camera_opens_nothing(site: Site) -> None:
    with site.app.app_context():
        assert read_token(check_token("../../secret")) is None


def test_a_new_secret_ends_all_links(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with site.app.app_context():
        token = check_token(CAMERA)
        monkeypatch.setitem(site.app.config, "SECRET_KEY", b"t" * 40)
        assert read_token(token) is None
    assert site.visitor().get(f"/check/{token}").status_code == 404
