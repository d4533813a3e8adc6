"""The door: who comes in, where a log-in leads to, and when guessing stops."""

import re
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import url_for

from tests.unit.webadmin.site import PASSWORD, Site, accepted, photo
from webadmin.access import entrance

# A hash that takes no time to check: what these tests count is guesses.
QUICK = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)


def test_every_endpoint_but_the_listed_ones_needs_a_log_in(site: Site) -> None:
    item = site.put(accepted(), photo())
    visitor = site.visitor()
    values = {"item_id": item.id, "camera_id": "861943070068027", "request_id": item.id, "token": "x", "filename": "x"}
    values |= {
        "profile_id": "instar",
        "target": "nas",
        "incident_id": item.id,
        "token_id": "a" * 16,
        "id": item.id,
        "name": "nas",
        "table": "effort",
        "kind": "gpx",
    }
    for rule in site.app.url_map.iter_rules():
        if rule.endpoint in entrance.OPEN_TO_ALL:
            continue
        with site.app.test_request_context():
            path = url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})  # type: ignore[arg-type]
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            answer = visitor.client.open(path, method=method)
            goes_to_door = answer.status_code == 302 and "/log-in" in answer.headers["Location"]
            assert goes_to_door or answer.status_code in (400, 401), (rule.endpoint, method, answer.status)


def test_the_right_password_opens_and_the_wrong_one_says_nothing_about_names(site: Site) -> None:
    visitor = site.visitor()
    wrong, unknown = visitor.log_in(password="wrong"), visitor.log_in(name="nobody")
    assert wrong.status_code == unknown.status_code == 401
    assert "Name or password is wrong." in wrong.text
    assert "Name or password is wrong." in unknown.text
    assert visitor.log_in().status_code == 302
    assert visitor.get("/overview").status_code == 200


def test_an_address_that_guesses_many_names_is_stopped(site: Site, tmp_path: Path) -> None:
    (tmp_path / "admins").write_text("".join(f"admin{number}:{QUICK}\n" for number in range(32)))
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


def test_what_a_page_fetches_by_itself_is_refused_and_not_led_to_the_door(site: Site) -> None:
    answer = site.visitor().get("/overview?live=1", headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 401
    assert "Your session has ended. Log in again." in answer.text
