"""The page of programs makes a token, shows it once, and revokes it."""

import re

import pytest

from ingest.spool.tokens import find_token, tokens_in
from tests.unit.webadmin.api.asking import Program, give_token
from tests.unit.webadmin.site import Person, Site
from tests.unit.webadmin.watching import answering

HOSTILE = "map <script>alert(1)</script>"


def test_a_token_is_made_shown_once_and_revoked(site: Site, admin: Person) -> None:
    assert "No program reads from here." in admin.get("/programs").text
    with answering(site):
        page = admin.send("/programs", {"label": HOSTILE}).text
    found = re.search(r"camspool_[A-Za-z0-9_-]{43}", page)
    assert found and "<script>alert" not in page
    token = find_token(site.root, found[0])
    assert token and (token.person, token.label) == ("anna", HOSTILE)
    assert Program(site.app.test_client(), found[0]).get("/status").status_code == 200
    listed = admin.get("/programs").text
    assert found[0] not in listed and "&lt;script&gt;" in listed and "never" not in listed
    with answering(site):
        answer = admin.send(f"/programs/{token.id}/revoke", {}, follow_redirects=True)
    assert "The token is valid no more." in answer.text and list(tokens_in(site.root)) == []


def test_a_token_says_what_it_is_for(admin: Person) -> None:
    assert "Say what the token is for" in admin.send("/programs", {"label": " "}, follow_redirects=True).text


def test_a_token_of_somebody_who_is_let_in_no_more_is_marked(site: Site, admin: Person) -> None:
    give_token(site, "zoe")
    assert "is let in no more" in admin.get("/programs").text and "never" in admin.get("/programs").text


def test_without_a_watcher_the_token_is_shown_and_said_to_wait(
    site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.requests.answers.PATIENCE_S", 0.0)
    page = admin.send("/programs", {"label": "map"}).text
    assert "The watcher has not answered yet" in page and "camspool_" in page
    assert all("camspool_" not in str(one) for one in site.requests())
