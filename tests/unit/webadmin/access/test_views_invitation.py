"""An invitation: its holder chooses a password, once, in time."""

import re

import pytest

from ingest.spool.people import Person as SomePerson
from ingest.spool.people import hash_of, read_person, write_person
from tests.unit.webadmin.site import PASSWORD, QUICK_HASH, Site
from tests.unit.webadmin.watching import answering

TOKEN, CHOSEN = "a-token-that-nobody-guesses-at-all", "chosen by herself"
LATER, EARLIER = "2999-01-01T00:00:00.000000Z", "2026-01-01T00:00:00.000000Z"


def _invite(site: Site, until: str = LATER, **words: str) -> None:
    rose = SomePerson("rose", "viewer", invitation_hash=hash_of(TOKEN), invited_until=until, **words)  # type: ignore[arg-type]
    write_person(site.root, rose)


def test_the_holder_of_a_link_chooses_a_password_and_is_in(site: Site) -> None:
    _invite(site)
    visitor, page = site.visitor(), f"/join/{TOKEN}"
    assert "Welcome, rose" in visitor.get(page).text
    assert visitor.post(page, {"password": "short"}, page=page).status_code == 400
    with answering(site):
        answer = visitor.post(page, {"password": CHOSEN}, page=page)
    assert answer.headers["Location"] == "/overview" and visitor.get("/overview").status_code == 200
    assert site.visitor().log_in("rose", CHOSEN).status_code == 302
    assert site.visitor().get(page).status_code == 404, "a link is for one use"
    rose = read_person(site.root, "rose")
    assert rose and rose.invitation_hash == ""


@pytest.mark.parametrize("token", ["x", TOKEN + "x", hash_of(TOKEN)])
def test_no_other_link_opens_and_says_whom_to_ask(site: Site, token: str) -> None:
    _invite(site)
    answer = site.visitor().get(f"/join/{token}")
    assert answer.status_code == 404 and "Ask the admin who sent it for another one." in answer.text


def test_an_invitation_ends(site: Site) -> None:
    _invite(site, EARLIER)
    assert site.visitor().get(f"/join/{TOKEN}").status_code == 404


def test_of_two_who_use_a_link_at_once_the_second_is_refused(site: Site) -> None:
    _invite(site)
    page = f"/join/{TOKEN}"
    first, second = site.visitor(), site.visitor()
    token = re.search(r'name="csrf_token" value="([^"]+)"', second.get(page).text)
    assert token
    with answering(site):
        first.post(page, {"password": CHOSEN}, page=page)
        late = second.client.post(page, data={"password": "of a thief!", "csrf_token": token[1]})
    assert late.status_code == 404
    assert site.visitor().log_in("rose", CHOSEN).status_code == 302


def test_a_new_password_does_not_pass_by_the_second_factor(site: Site) -> None:
    _invite(site, password_hash=QUICK_HASH, second_factor="sealed")
    visitor, page = site.visitor(), f"/join/{TOKEN}"
    with answering(site):
        answer = visitor.post(page, {"password": CHOSEN}, page=page, follow_redirects=True)
    assert "Your password is set. Log in with it." in answer.text and visitor.get("/overview").status_code == 302
    assert site.visitor().log_in("rose", PASSWORD).status_code == 401


def test_without_a_watcher_nobody_is_let_in_yet(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.requests.answers.PATIENCE_S", 0.0)
    _invite(site)
    visitor, page = site.visitor(), f"/join/{TOKEN}"
    answer = visitor.post(page, {"password": CHOSEN}, page=page, follow_redirects=True)
    assert "The watcher has not answered yet." in answer.text
    site.watch()
    assert site.visitor().log_in("rose", CHOSEN).status_code == 302
