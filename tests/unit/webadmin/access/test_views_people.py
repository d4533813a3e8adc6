"""The page of people: somebody is added, changed, helped and removed, and nobody locks themselves out."""

import re

import pytest

from ingest.requests.answers import recent_answers
from ingest.spool.people import Person as SomePerson
from ingest.spool.people import read_person, write_person
from tests.unit.webadmin.site import QUICK_HASH, Person, Site
from tests.unit.webadmin.watching import answering

HOSTILE = "<b>x</b>"


def _add(site: Site, admin: Person, name: str, **form: str) -> str:
    with answering(site):
        return admin.post("/people", {"name": name, **form}, page="/people", follow_redirects=True).text


def _send(site: Site, admin: Person, path: str, **form: str) -> str:
    with answering(site):
        return admin.post(f"/people/{path}", form, page="/people", follow_redirects=True).text


def test_somebody_is_added_and_the_link_is_shown_once(site: Site, admin: Person) -> None:
    page = _add(site, admin, "rose", role="field", account="camera", tags="north, reserve A", second_factor_due="1")
    link = re.search(r'id="invitation">(http://127\.0\.0\.1:8080/join/[\w-]{32})<', page)
    assert link and "rose is added, as field." in page
    rose = read_person(site.root, "rose")
    assert rose and (rose.accounts, rose.tags, rose.second_factor_due) == (("camera",), ("north", "reserve A"), True)
    assert link[1].rpartition("/")[2] not in (site.root / "people" / "rose.json").read_text()
    assert "/join/" not in admin.get("/people/rose").text
    listed = admin.get("/people").text
    assert "invited" in listed and "camera, north, reserve A" in listed
    kept = [one.request for one in recent_answers(site.root, 10)]
    assert kept[0]["action"] == "add_person" and "invitation_hash" not in kept[0]


@pytest.mark.parametrize("name", ["", "a b", HOSTILE, "../x", "anna"])
def test_a_name_that_cannot_be_or_is_taken_changes_nothing(site: Site, admin: Person, name: str) -> None:
    page = admin.post("/people", {"name": name, "role": "viewer"}, page="/people", follow_redirects=True).text
    assert "Nothing was changed." in page and HOSTILE not in page
    assert site.requests() == []


def test_a_role_is_changed_at_once(site: Site, admin: Person) -> None:
    rose = site.let_in("rose", "viewer")
    assert rose.get("/files").status_code == 200
    assert "rose is changed." in _send(site, admin, "rose/change", role="field", account="camera")
    assert rose.get("/files").status_code == 403 and rose.get("/visits").status_code == 200
    assert "A person is one of" in _send(site, admin, "rose/change", role="king")


def test_nobody_takes_away_their_own_rights(site: Site) -> None:
    rose = site.let_in("rose", "admin")
    for path, form in (("rose/change", {"role": "viewer"}), ("rose/remove", {})):
        page = rose.post(f"/people/{path}", form, page="/people", follow_redirects=True).text
        assert "Nobody takes away their own rights" in page
    assert site.requests() == []


def test_an_admin_of_the_deployment_is_taken_away_on_the_host(site: Site) -> None:
    rose = site.let_in("rose", "admin")
    for path, form in (("anna/change", {"role": "viewer"}), ("anna/remove", {})):
        page = rose.post(f"/people/{path}", form, page="/people", follow_redirects=True).text
        assert "camspool admin-password anna --remove" in page
    assert site.requests() == []


def test_a_lost_phone_and_a_forgotten_password_are_mended_by_another_admin(site: Site, admin: Person) -> None:
    write_person(site.root, SomePerson("rose", "viewer", password_hash=QUICK_HASH, second_factor="sealed"))
    assert "logs in without a second factor" in _send(site, admin, "rose/drop-second-factor")
    page = _send(site, admin, "rose/invite")
    assert "/join/" in page and "rose can choose a password by the link." in page
    assert site.visitor().log_in("rose").status_code == 302, "the present password holds until another one is chosen"


def test_sessions_are_ended_by_an_admin_and_put_down(site: Site, admin: Person) -> None:
    phone, desk = site.let_in("rose", "viewer"), site.visitor()
    desk.log_in("rose")
    marks = re.findall(r'name="session" value="([0-9a-f]{64})"', admin.get("/people/rose").text)
    assert len(marks) == 2
    assert "1 session of rose ended" in _send(site, admin, "rose/sessions/end", session=marks[0])
    assert sorted(one.get("/overview").status_code for one in (phone, desk)) == [200, 302]
    assert "1 session of rose ended" in _send(site, admin, "rose/sessions/end")
    assert [one.get("/overview").status_code for one in (phone, desk)] == [302, 302]
    assert [one.request["action"] for one in recent_answers(site.root, 10)] == ["end_sessions"] * 2
    _send(site, admin, "anna/sessions/end")
    assert admin.get("/overview").status_code == 200, "the session in which it is asked goes on"


def test_who_is_removed_is_out_at_once_with_their_programs(site: Site, admin: Person) -> None:
    from tests.unit.webadmin.api.asking import Program, give_token

    rose = site.let_in("rose", "viewer")
    token, _ = give_token(site, "rose")
    assert Program(site.app.test_client(), token).get("/status").status_code == 200
    assert "rose is let in no more." in _send(site, admin, "rose/remove")
    assert rose.get("/overview").status_code == 302
    assert Program(site.app.test_client(), token).get("/status").status_code == 401
    assert admin.get("/people/rose").status_code == 404
    site.let_in("rose", "viewer")
    assert Program(site.app.test_client(), token).get("/status").status_code == 401, "a new Rose has none of it"


def test_the_page_offers_the_tags_and_accounts_that_there_are(site: Site, admin: Person) -> None:
    (site.root / "cameras" / "gate.json").write_text('{"tags": ["south", "<i>"]}')
    page = admin.get("/people").text
    assert 'name="account" value="camera"' in page and "&lt;i&gt;, south" in page
