"""The door: who comes in, with which factors, and where a log-in leads to."""

import re
import time
from pathlib import Path

import pyotp
import pytest

from ingest.spool.people import Person as SomePerson
from ingest.spool.people import write_person
from tests.unit.webadmin.site import PASSWORD, QUICK_HASH, Person, Site
from webadmin.access import second_factor
from webadmin.access.second_factor import seal

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_the_right_password_opens_and_the_wrong_one_says_nothing_about_names(site: Site) -> None:
    visitor = site.visitor()
    wrong, unknown = visitor.log_in(password="wrong"), visitor.log_in(name="nobody")
    assert wrong.status_code == unknown.status_code == 401
    assert "Name or password is wrong." in wrong.text
    assert "Name or password is wrong." in unknown.text
    assert visitor.log_in().status_code == 302
    assert visitor.get("/overview").status_code == 200


def test_an_address_that_guesses_many_names_is_stopped(site: Site, tmp_path: Path) -> None:
    (tmp_path / "admins").write_text("".join(f"admin{number}:{QUICK_HASH}\n" for number in range(32)))
    answers = [site.visitor().log_in(name=f"admin{number}", password="x").status_code for number in range(32)]
    assert answers == [401] * 30 + [429] * 2


def test_right_passwords_are_not_counted(site: Site) -> None:
    assert {site.visitor().log_in().status_code for _ in range(15)} == {302}


def test_logging_in_gives_a_new_session(site: Site) -> None:
    admin = site.admin()
    first = admin.client.get_cookie("camspool")
    admin.log_in()
    assert first != admin.client.get_cookie("camspool")


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_the_log_in_leads_to_no_other_site(site: Site, target: str) -> None:
    answer = site.visitor().post("/log-in", {"name": "anna", "password": PASSWORD, "next": target})
    assert answer.headers["Location"] == "/overview"


def test_the_log_in_leads_back_to_the_page_that_was_asked_for(site: Site) -> None:
    visitor = site.visitor()
    door = visitor.get("/files?reason=duplicate").headers["Location"]
    page = visitor.get(door)
    found = re.search(r'name="next" value="([^"]+)"', page.text)
    assert found
    answer = visitor.post("/log-in", {"name": "anna", "password": PASSWORD, "next": found[1]}, page=door)
    assert answer.headers["Location"] == "/files?reason=duplicate"


def test_a_missing_password_file_is_a_sentence_and_not_an_open_door(site: Site, tmp_path: Path) -> None:
    (tmp_path / "admins").unlink()
    answer = site.visitor().log_in()
    assert answer.status_code == 503
    assert "camspool admin-password NAME" in answer.text


def test_the_proxy_is_told_that_the_admin_answers_and_nothing_else(site: Site) -> None:
    answer = site.visitor().get("/alive")
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "alive\n", "text/plain")


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> float:
    """A moment that does not pass: a code is right for half a minute, and busy machines take longer."""
    moment = 1_780_000_005.0
    monkeypatch.setattr(second_factor, "time", type("Clock", (), {"time": staticmethod(lambda: moment)}))
    return moment


def _halfway(site: Site, sealed: str = "") -> Person:
    """Return somebody who has shown a password and has to show a code."""
    factor = sealed or seal(site.app.config["SECRET_KEY"], SECRET)
    write_person(site.root, SomePerson("rose", "viewer", password_hash=QUICK_HASH, second_factor=factor))
    visitor = site.visitor()
    assert visitor.log_in("rose").status_code == 302
    return visitor


def test_with_a_second_factor_the_password_alone_opens_nothing(site: Site, noon: float) -> None:
    _halfway(site)
    visitor = site.visitor()
    answer = visitor.post("/log-in", {"name": "rose", "password": PASSWORD, "next": "/files?q=a"})
    assert answer.headers["Location"] == "/log-in/code?next=/files?q%3Da"
    assert visitor.get("/files").status_code == 302
    door = answer.headers["Location"]
    wrong = visitor.post("/log-in/code", {"code": "000000", "next": "/files?q=a"}, page=door)
    assert wrong.status_code == 401 and "Wait for the next one." in wrong.text
    code = pyotp.TOTP(SECRET).at(noon)
    right = visitor.post("/log-in/code", {"code": f" {code[:3]} {code[3:]}", "next": "/files?q=a"}, page=door)
    assert right.headers["Location"] == "/files?q=a"
    assert visitor.get("/files").status_code == 200
    # Whoever looks over a shoulder has a code that was used.
    second = site.visitor()
    second.log_in("rose")
    assert second.post("/log-in/code", {"code": code}, page="/log-in/code").status_code == 401


def test_without_a_password_nobody_is_asked_for_a_code(site: Site) -> None:
    visitor = site.visitor()
    assert visitor.get("/log-in/code").headers["Location"] == "/log-in"
    assert visitor.post("/log-in/code", {"code": "123456"}).headers["Location"] == "/log-in"


def test_who_waits_too_long_between_password_and_code_begins_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = _halfway(site)
    assert visitor.get("/log-in/code").status_code == 200
    later = time.time() + 601
    monkeypatch.setattr("webadmin.access.views_log_in.time", type("Clock", (), {"time": staticmethod(lambda: later)}))
    assert visitor.get("/log-in/code").headers["Location"] == "/log-in"


def test_a_second_factor_that_another_gateway_sealed_says_how_to_get_in(site: Site) -> None:
    visitor = _halfway(site, seal(b"another key", SECRET))
    answer = visitor.post("/log-in/code", {"code": "123456"}, page="/log-in/code")
    assert answer.status_code == 503 and "camspool admin-password NAME" in answer.text


def test_codes_are_not_guessed(site: Site) -> None:
    visitor = _halfway(site)
    answers = [visitor.post("/log-in/code", {"code": str(n)}, page="/log-in/code").status_code for n in range(12)]
    assert answers == [401] * 10 + [429] * 2
