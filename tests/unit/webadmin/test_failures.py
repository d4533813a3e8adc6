"""What goes wrong is a page with a sentence; a traceback goes to the log and never to the browser."""

import logging

import pytest
from flask import abort

from ingest.errors import CamspoolError
from tests.unit.webadmin.site import Person, Site
from webadmin.context import TooBroadError


def _failing(site: Site, error: Exception) -> Person:
    """Return an admin whose page /fails raises this."""

    def fail() -> str:
        raise error

    site.app.add_url_rule("/fails", "fails", fail)
    return site.admin()


def test_a_fault_of_ours_shows_a_sentence_and_logs_the_traceback(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    admin = _failing(site, ZeroDivisionError("the secret of the cellar"))
    with caplog.at_level(logging.ERROR, "camspool"):
        answer = admin.get("/fails")
    assert answer.status_code == 500
    assert "This is a fault of Camspool, not yours. The log has the details." in answer.text
    assert "cellar" not in answer.text
    assert "ZeroDivisionError: the secret of the cellar" in caplog.text
    assert "The page GET /fails failed" in caplog.text


def test_a_path_cannot_write_lines_of_its_own_into_the_log(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    def fail(rest: str) -> str:
        raise ValueError(rest)

    site.app.add_url_rule("/fails/<rest>", "fails", fail)
    with caplog.at_level(logging.ERROR, "camspool"):
        site.admin().get("/fails/a%0aERROR%20forged")
    assert "The page GET /fails/a\\nERROR forged failed" in caplog.messages


def test_a_sentence_of_ours_is_shown_as_text(site: Site) -> None:
    answer = _failing(site, CamspoolError("The disk <b>/srv</b> is full.")).get("/fails")
    assert answer.status_code == 503
    assert "This does not work right now" in answer.text
    assert "The disk &lt;b&gt;/srv&lt;/b&gt; is full." in answer.text


def test_a_search_that_is_too_broad_says_what_helps(site: Site) -> None:
    answer = _failing(site, TooBroadError()).get("/fails")
    assert answer.status_code == 503
    assert "Add a camera, a day or a longer word." in answer.text


def test_a_form_without_its_token_changes_nothing_and_says_what_to_do(site: Site, admin: Person) -> None:
    answer = admin.client.post("/cameras/861943070068027/edit", data={"name": "Oak"})
    assert answer.status_code == 400
    assert "Nothing was changed" in answer.text
    assert "Load the page again and repeat." in answer.text
    assert site.requests() == []


def test_an_address_with_nothing_behind_it_says_so_and_leads_on(admin: Person) -> None:
    answer = admin.get("/nowhere")
    assert answer.status_code == 404
    assert "There is nothing at this address. It may have been deleted, or the link is wrong." in answer.text
    assert '<a href="/overview">To the overview</a>' in answer.text


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (403, "This is not allowed."),
        (405, "This address does not take that kind of request."),
        (429, "Too many attempts. Wait a quarter of an hour, then try again."),
        (418, "This server is a teapot, not a coffee machine"),
    ],
)
def test_each_code_has_its_sentence(site: Site, code: int, sentence: str) -> None:
    def fail() -> str:
        abort(code)

    site.app.add_url_rule("/fails", "fails", fail)
    answer = site.admin().get("/fails")
    assert answer.status_code == code
    assert sentence in answer.text


def test_a_stranger_is_led_to_the_door(site: Site) -> None:
    answer = site.visitor().get("/static/x.css")
    assert answer.status_code == 404
    assert '<a href="/overview">To the log-in</a>' in answer.text
