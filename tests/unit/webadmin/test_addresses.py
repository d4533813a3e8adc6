"""Addresses that are given to other people are never what a visitor's browser calls this host."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.webadmin.site import CAMERA, Site, accepted, make_site, photo
from webadmin.addresses import bound_to, whole_address

EVIL = "evil.example"


def test_a_made_up_host_is_in_no_link_of_a_page(site: Site) -> None:
    site.put(accepted(), photo())
    admin = site.admin()
    for page in (f"/cameras/{CAMERA}", "/programs", "/people", "/set-up", "/overview"):
        assert EVIL not in admin.get(page, headers={"Host": EVIL, "X-Forwarded-Host": EVIL}).text


def test_the_settings_say_how_people_open_the_admin(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    admin = replace(site.settings.admin, url="https://traps.example.org/")
    site.app.extensions["camspool"].settings = replace(site.settings, admin=admin)
    with site.app.test_request_context("/", headers={"Host": EVIL}):
        assert whole_address("entrance.alive") == "https://traps.example.org/alive"


def test_behind_its_proxy_the_host_is_what_the_proxy_says(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    here = site.app.extensions["camspool"]
    monkeypatch.setattr(here, "surroundings", replace(here.surroundings, behind_proxy=True))
    with site.app.test_request_context("/", base_url="https://traps.example.org"):
        assert whole_address("entrance.alive") == "https://traps.example.org/alive"


def test_without_either_it_is_the_address_that_is_answered_at(site: Site) -> None:
    with site.app.test_request_context("/", headers={"Host": EVIL}):
        assert whole_address("entrance.alive") == "http://127.0.0.1:8080/alive"
    assert bound_to("[::]:8080").endswith(":8080") and "::" not in bound_to("[::]:8080")
