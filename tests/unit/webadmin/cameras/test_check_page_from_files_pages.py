"""What the check page says of the last photo."""

import re
from datetime import timedelta

from tests.unit.webadmin.site import CAMERA, Site, accepted, photo, rejected
from webadmin.cameras.check_links import check_token


def test_the_check_page_calls_a_photo_that_came_twice_good(site: Site) -> None:
    site.put(accepted(timedelta(minutes=9)), photo())
    site.put(rejected(timedelta(minutes=2), reason="duplicate"), photo())
    with site.app.app_context():
        shown = site.visitor().get(f"/check/{check_token(CAMERA)}").text
    assert re.search('<li class="good"><b>Photo</b>Photo sent once more .* ago; it is here already.</li>', shown)


def test_the_check_page_does_not_show_an_old_position_as_good(site: Site) -> None:
    site.put(accepted(timedelta(minutes=9)), photo())
    site.put(rejected(timedelta(minutes=2)), photo(2))
    with site.app.app_context():
        shown = site.visitor().get(f"/check/{check_token(CAMERA)}").text
    assert '<li class="bad"><b>GPS</b>no position in the last photo' in shown
    assert "52.09877" not in shown
