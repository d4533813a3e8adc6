"""What somebody asks for is asked in their name, and told in the words of the answer."""

from flask import get_flashed_messages
from flask_login import login_user

from ingest.requests.answers import Answer
from ingest.spool.people import Person as SomePerson
from tests.unit.webadmin.site import Site
from tests.unit.webadmin.watching import answering
from webadmin.access.sessions import LoggedIn
from webadmin.asking import answer_to, tell_answer


def test_a_request_is_answered_or_waits(site: Site) -> None:
    with site.app.test_request_context("/"):
        login_user(LoggedIn("session", SomePerson("anna", "admin")))
        waiting = answer_to("test_message")
        assert waiting.done_at is None and site.requests()[0]["by"] == "anna"
        with answering(site):
            assert answer_to("test_message").done[0]["message"] == "A test message is on its way."


def test_an_answer_is_told_in_its_own_words_and_one_that_waits_with_a_link(site: Site) -> None:
    said = [{"outcome": "done", "message": "It is so."}, {"outcome": "refused", "message": "No <b>."}]
    with site.app.test_request_context("/"):
        tell_answer(Answer("20260601T120000.000000Z-0001", {}, said, None))
        told = get_flashed_messages(with_categories=True)
    assert told[:2] == [("good", "It is so."), ("bad", "No <b>.")]
    assert told[2][0] == "wait" and "/system/requests/20260601T120000.000000Z-0001" in told[2][1]
