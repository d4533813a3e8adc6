"""The guard: what answers without a log-in, and what is said to those who may not."""

from tests.unit.webadmin.api.asking import Program, give_token
from tests.unit.webadmin.site import Site


def test_what_a_page_fetches_by_itself_is_refused_and_not_led_to_the_door(site: Site) -> None:
    answer = site.visitor().get("/overview?live=1", headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 401
    assert "Your session has ended. Log in again." in answer.text


def test_who_may_not_is_told_so_and_keeps_a_way_back(site: Site) -> None:
    answer = site.let_in("vera", "viewer").get("/people")
    assert answer.status_code == 403
    assert "This is not allowed." in answer.text and "/overview" in answer.text


def test_the_menu_of_a_role_has_what_it_may_open(site: Site) -> None:
    admin, viewer, field = site.admin(), site.let_in("vera", "viewer"), site.let_in("rose", "field")
    assert all(f'href="{path}"' in admin.get("/overview").text for path in ("/people", "/upload", "/files"))
    shown = viewer.get("/overview").text
    assert 'href="/files"' in shown and 'href="/people"' not in shown and 'href="/upload"' not in shown
    shown = field.get("/visits").text
    assert 'href="/visits"' in shown and 'href="/files"' not in shown


def test_a_program_is_told_as_a_program(site: Site) -> None:
    site.let_in("rose", "field")
    token, _ = give_token(site, "rose")
    answer = Program(site.app.test_client(), token).get("/items")
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    assert "page People" in answer.text


def test_who_must_have_a_second_factor_sets_it_up_before_anything_else(site: Site) -> None:
    vera = site.let_in("vera", "viewer", second_factor_due=True)
    for path in ("/overview", "/me", "/files"):
        assert vera.get(path).headers["Location"] == "/me/second-factor"
    assert vera.get("/overview?live=1", headers={"X-Requested-With": "fetch"}).status_code == 403
    assert vera.get("/me/second-factor").status_code == 200
    assert vera.send("/log-out", {}).status_code in (302, 400)
