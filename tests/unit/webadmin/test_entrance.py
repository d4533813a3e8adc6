"""The door: who comes in, how long, and how guessing is slowed down across workers."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import url_for

from ingest.errors import CamspoolError
from tests.unit.webadmin.site import PASSWORD, Site, accepted, photo
from webadmin.access import entrance, sessions
from webadmin.app import create_app
from webadmin.state import state_of


def test_every_endpoint_but_the_listed_ones_needs_a_log_in(site: Site) -> None:
    item = site.put(accepted(), photo())
    visitor = site.visitor()
    values = {"item_id": item.id, "camera_id": "861943070068027", "request_id": item.id, "token": "x", "filename": "x"}
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


def test_guessing_is_stopped_by_all_workers_together(site: Site) -> None:
    workers = [site.app, create_app(site.settings)]
    answers = []
    for number in range(12):
        visitor = replace(site, app=workers[number % 2]).visitor()
        answers.append(visitor.log_in(password=f"guess {number}").status_code)
    assert answers == [401] * 10 + [429] * 2
    assert replace(site, app=workers[1]).visitor().log_in().status_code == 429


def test_guessing_at_the_same_moment_gains_nothing(site: Site) -> None:
    def guess(number: int) -> int:
        return site.visitor().log_in(password=f"guess {number}").status_code

    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(guess, range(24)))
    # A limit is looked at before an attempt and counted after it: as many as work at once may slip through.
    assert answers.count(401) <= 10 + 8
    assert answers.count(429) >= 6


def test_an_address_that_guesses_many_names_is_stopped(site: Site) -> None:
    answers = [site.visitor().log_in(name=f"admin{number}", password="x").status_code for number in range(32)]
    assert answers == [401] * 30 + [429] * 2


def test_right_passwords_are_not_counted(site: Site) -> None:
    assert {site.visitor().log_in().status_code for _ in range(15)} == {302}


def test_logging_out_ends_the_session_for_copies_of_the_cookie_too(site: Site) -> None:
    admin = site.admin()
    copy = site.visitor()
    cookie = admin.client.get_cookie("camspool")
    assert cookie
    copy.client.set_cookie(cookie.key, cookie.value)
    assert copy.get("/overview").status_code == 200
    admin.send("/log-out", {})
    assert copy.get("/overview").status_code == 302


def test_a_session_ends_when_nobody_uses_it_and_after_a_week(site: Site, tmp_path: Path) -> None:
    for column, seconds in (("seen_at", sessions.IDLE_S), ("began_at", sessions.LONGEST_S)):
        admin = site.admin()
        with state_of(tmp_path / "cache") as state:
            state.execute(f"UPDATE sessions SET {column} = {column} - {seconds + 1}")  # noqa: S608
        assert admin.get("/overview").status_code == 302


def test_a_changed_password_ends_the_sessions_that_the_old_one_opened(site: Site, tmp_path: Path) -> None:
    admin = site.admin()
    (tmp_path / "admins").write_text(f"anna:{PasswordHasher(time_cost=1, memory_cost=64).hash('new')}\n")
    assert admin.get("/overview").status_code == 302


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


def test_a_form_without_its_token_changes_nothing(site: Site) -> None:
    item = site.put(accepted(), photo())
    admin = site.admin()
    for path in ("/files/act", f"/files/{item.id}/act", "/log-out", "/upload", "/set-up/password"):
        answer = admin.client.post(path, data={"action": "delete", "confirmed": "1", "id": item.id})
        assert answer.status_code == 400
        assert "Nothing was changed" in answer.text
    assert site.requests() == []


def test_a_missing_or_short_secret_stops_the_start_with_a_sentence(site: Site, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("short")
    with pytest.raises(CamspoolError, match="too short"):
        create_app(site.settings)
    (tmp_path / "secret").unlink()
    with pytest.raises(CamspoolError, match="cannot be read"):
        create_app(site.settings)


def test_a_missing_password_file_is_a_sentence_and_not_an_open_door(site: Site, tmp_path: Path) -> None:
    (tmp_path / "admins").unlink()
    answer = site.visitor().log_in()
    assert answer.status_code == 503
    assert "camspool admin-password NAME" in answer.text


def test_behind_a_proxy_cookies_are_secure(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMSPOOL_BEHIND_PROXY", "1")
    visitor = replace(site, app=create_app(site.settings)).visitor()
    answer = visitor.get("/log-in", base_url="https://cams.example/")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-camspool=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert answer.headers["Strict-Transport-Security"]


def test_behind_a_proxy_only_the_last_hop_says_who_guesses(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMSPOOL_BEHIND_PROXY", "1")
    proxied = replace(site, app=create_app(site.settings))
    proxied.app.config["WTF_CSRF_ENABLED"] = False

    def guess(number: int, hops: str) -> int:
        form = {"name": f"name{number}", "password": "x"}
        return proxied.visitor().client.post("/log-in", data=form, headers={"X-Forwarded-For": hops}).status_code

    assert [guess(number, f"1.2.3.{number}, 100.64.0.9") for number in range(31)] == [401] * 30 + [429]
    assert guess(99, "1.2.3.4, 100.64.0.10") == 401
