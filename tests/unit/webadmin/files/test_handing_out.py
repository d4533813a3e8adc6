"""Files of the spool are handed out by nginx where it stands in front, and by us elsewhere."""

from dataclasses import replace

import pytest
from werkzeug.exceptions import NotFound

from tests.unit.webadmin.site import Site
from webadmin.context import context
from webadmin.files.handing_out import send_original


def test_a_file_is_sent_with_nothing_in_it_allowed_to_run(site: Site) -> None:
    (site.root / "accepted" / "a.jpg").write_bytes(b"bytes")
    with site.app.test_request_context("/"):
        answer = send_original("accepted/a.jpg", "image/jpeg", as_attachment=False)
        answer.direct_passthrough = False
        assert answer.data == b"bytes" and "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Disposition"] == 'inline; filename="a.jpg"'
        answer.close()
        with pytest.raises(NotFound):
            send_original("accepted/gone.jpg", "image/jpeg", as_attachment=True)


def test_nginx_is_told_which_file_it_is(site: Site) -> None:
    with site.app.test_request_context("/"):
        here = context()
        here.surroundings = replace(here.surroundings, behind_proxy=True)
        answer = send_original("accepted/ü a.jpg", "image/jpeg", as_attachment=True)
    assert answer.headers["X-Accel-Redirect"] == "/originals/accepted/%C3%BC%20a.jpg" and answer.data == b""
