"""What everybody can do with themselves: password, second factor, sessions."""

import re

import pyotp
import pytest

from ingest.spool.people import read_person
from tests.unit.webadmin.site import PASSWORD, Person, Site
from tests.unit.webadmin.watching import answering
from webadmin.access import second_factor
from webadmin.access.second_factor import unseal

MOMENT = 1_780_000_005.0


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes of one moment, however slow the machine is."""
    monkeypatch.setattr(second_factor, "time", type("Clock", (), {"time": staticmethod(lambda: MOMENT)}))


def _send(person: Person, path: str, **form: str) -> str:
    return person.post(path, form, page="/me", follow_redirects=True).text


def test_a_new_password_ends_the_other_sessions_and_not_this_one(site: Site) -> None:
    rose = site.let_in("rose", "field")
    elsewhere = site.visitor()
    elsewhere.log_in("rose")
    with answering(site):
        assert "the present password is another one" in _send(rose, "/me/password", present="x", new="y" * 12)
        assert "Use 10 characters or more." in _send(rose, "/me/password", present=PASSWORD, new="short")
        assert "rose has a new password." in _send(rose, "/me/password", present=PASSWORD, new="of my own choice")
    assert rose.get("/me").status_code == 200 and elsewhere.get("/me").status_code == 302
    assert site.visitor().log_in("rose").status_code == 401
    assert site.visitor().log_in("rose", "of my own choice").status_code == 302


def test_an_admin_of_the_deployment_has_a_password_of_their_own_too(site: Site) -> None:
    anna = site.admin()
    with answering(site):
        assert "anna has a new password." in _send(anna, "/me/password", present=PASSWORD, new="of my own choice")
    assert site.visitor().log_in("anna").status_code == 401
    assert site.visitor().log_in("anna", "of my own choice").status_code == 302


@pytest.mark.parametrize("name", ["rose", "anna"])
def test_a_second_factor_is_set_up_and_asked_for_and_dropped(site: Site, name: str) -> None:
    person = site.admin() if name == "anna" else site.let_in("rose", "viewer")
    secret = _secret(person)
    assert _secret(person) == secret, "looking twice at the page makes no other secret"
    with answering(site):
        wrong = person.post("/me/second-factor", {"code": "000000"}, page="/me/second-factor", follow_redirects=True)
        assert "This code is not what the app should show." in wrong.text
        code = pyotp.TOTP(secret).at(MOMENT)
        done = person.post("/me/second-factor", {"code": code}, page="/me/second-factor", follow_redirects=True)
        assert f"{name} logs in with a second factor." in done.text
        kept = read_person(site.root, name)
        assert kept and unseal(site.app.config["SECRET_KEY"], kept.second_factor) == secret
        assert site.visitor().log_in(name).headers["Location"].startswith("/log-in/code")
        assert "another one" in _send(person, "/me/second-factor/drop", present="x")
        assert "logs in without a second factor" in _send(person, "/me/second-factor/drop", present=PASSWORD)
    assert site.visitor().log_in(name).headers["Location"] in ("/overview", "/visits")


def test_who_must_have_a_second_factor_cannot_drop_it(site: Site) -> None:
    vera = site.let_in("vera", "viewer", second_factor_due=True)
    secret = _secret(vera)
    with answering(site):
        code = pyotp.TOTP(secret).at(MOMENT)
        vera.post("/me/second-factor", {"code": code}, page="/me/second-factor")
    assert vera.get("/overview").status_code == 200
    assert "Do without" not in vera.get("/me").text
    assert vera.post("/me/second-factor/drop", {"present": PASSWORD}, page="/me").status_code == 403


def test_my_sessions_are_seen_and_ended_and_nobody_elses(site: Site) -> None:
    rose, vera = site.let_in("rose", "viewer"), site.let_in("vera", "viewer")
    phone = site.visitor()
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
    phone.log_in("rose", headers={"User-Agent": agent}, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    page = rose.get("/me").text
    assert "Chrome on Android" in page and "203.0.113.9" in page and "this one" in page
    (mark,) = re.findall(r"/me/sessions/([0-9a-f]{64})/end", page)
    _send(vera, f"/me/sessions/{mark}/end")
    assert phone.get("/me").status_code == 200, "a session of somebody else goes on"
    with answering(site):
        said = _send(rose, f"/me/sessions/{mark}/end")
    assert "1 session of rose ended: Chrome on Android, 203.0.113.9." in said
    assert phone.get("/me").status_code == 302 and rose.get("/me").status_code == 200


def test_all_sessions_but_this_one_end_together(site: Site) -> None:
    rose = site.let_in("rose", "viewer")
    others = [site.visitor() for _ in range(2)]
    for one in others:
        one.log_in("rose")
    with answering(site):
        assert "2 sessions of rose ended" in _send(rose, "/me/sessions/end-others")
    assert [one.get("/me").status_code for one in (rose, *others)] == [200, 302, 302]
    assert "ended" not in _send(rose, "/me/sessions/end-others")


def test_the_present_password_is_not_guessed_by_who_finds_an_open_browser(site: Site) -> None:
    rose = site.let_in("rose", "viewer")
    for number in range(10):
        rose.post("/me/password", {"present": f"guess {number}", "new": "y" * 12}, page="/me")
    assert rose.post("/me/password", {"present": PASSWORD, "new": "y" * 12}, page="/me").status_code == 429


def _secret(person: Person) -> str:
    found = re.search(r'id="secret">([A-Z2-7]+)<', person.get("/me/second-factor").text)
    assert found
    return found[1]
