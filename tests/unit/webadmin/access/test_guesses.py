"""Guessing is stopped where it comes from, and locks nobody else out."""

import pytest

from tests.unit.webadmin.site import Person, Site
from webadmin.access.guesses import place_of

STRANGER, OTHER = "198.51.100.7", "203.0.113.9"


def _guess(person: Person, number: int, address: str = STRANGER, name: str = "anna") -> list[int]:
    came = {"environ_base": {"REMOTE_ADDR": address}}
    return [person.log_in(name, f"guess {one}", **came).status_code for one in range(number)]


def test_strangers_who_guess_a_name_do_not_lock_its_owner_out(site: Site) -> None:
    owner = site.admin()
    owner.send("/log-out", {})
    assert _guess(site.visitor(), 11)[-1] == 429
    # From elsewhere, and in a browser that is known even from the strangers' own address.
    assert site.visitor().log_in(environ_base={"REMOTE_ADDR": OTHER}).status_code == 302
    assert site.visitor().log_in(environ_base={"REMOTE_ADDR": STRANGER}).status_code == 429
    assert owner.log_in(environ_base={"REMOTE_ADDR": STRANGER}).status_code == 302


def test_an_address_that_guesses_many_names_is_stopped_and_a_known_browser_there_is_not(site: Site) -> None:
    owner = site.admin()
    owner.send("/log-out", {})
    for number in range(4):
        _guess(site.visitor(), 10, name=f"somebody{number}")
    assert _guess(site.visitor(), 1, name="zoe") == [429]
    assert owner.log_in(environ_base={"REMOTE_ADDR": STRANGER}).status_code == 302


def test_a_known_browser_has_a_count_of_its_own_and_no_more(site: Site) -> None:
    thief = site.admin()
    thief.send("/log-out", {})
    assert _guess(thief, 11) == [401] * 10 + [429]
    assert _guess(thief, 1, OTHER) == [429], "whoever has the browser guesses no more from elsewhere"


def test_a_made_up_mark_of_a_browser_is_a_strangers(site: Site) -> None:
    visitor = site.visitor()
    for number in range(11):
        visitor.client.set_cookie("camspool-known", f"eyJhbm5hIjoi{number}In0.x.y")
        status = _guess(visitor, 1)
    assert status == [429]


def test_a_mark_counts_for_the_name_that_logged_in_with_it(site: Site) -> None:
    rose = site.let_in("rose", "viewer")
    rose.send("/log-out", {})
    assert _guess(rose, 11, name="anna")[-1] == 429
    assert rose.log_in("rose", environ_base={"REMOTE_ADDR": STRANGER}).status_code == 302


@pytest.mark.parametrize(("address", "place"), [("2001:db8:1:2::9", "2001:db8:1:2::/64"), ("192.0.2.7", "192.0.2.7")])
def test_the_addresses_of_one_customer_are_one_place(address: str, place: str) -> None:
    assert place_of(address) == place
