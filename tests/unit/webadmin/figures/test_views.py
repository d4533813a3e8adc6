"""Figures are for this machine and for admins; a proxy's visitors are elsewhere."""

import pytest

from tests.unit.webadmin.site import Person, Site
from webadmin.figures.views import is_of_this_machine


def test_this_machine_and_admins_get_figures(site: Site, admin: Person) -> None:
    for answer in (site.visitor().get("/metrics"), admin.get("/metrics")):
        assert answer.status_code == 200 and "camspool_queue_items" in answer.text
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        assert answer.headers["Cache-Control"] == "no-store"


def test_others_get_none(site: Site) -> None:
    answer = site.visitor().client.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert answer.status_code == 401 and "camspool_" not in answer.text


@pytest.mark.parametrize("address", ["127.0.0.1, 192.0.2.7", "localhost", "::ffff:192.0.2.7"])
def test_what_is_no_address_of_this_machine_is_none(address: str) -> None:
    assert not is_of_this_machine(address)
