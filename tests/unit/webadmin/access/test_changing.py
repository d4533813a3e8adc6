"""Asking for a change of a person: with what the watcher needs to know of an admin of the deployment."""

import pytest

from ingest.spool.people import Person as SomePerson
from ingest.spool.people import hash_of, read_person
from tests.unit.webadmin.site import QUICK_HASH, Site
from tests.unit.webadmin.watching import answering
from webadmin.access.changing import ask_of, person_now, wrong_password


def test_a_change_of_an_admin_of_the_deployment_brings_its_hash_and_the_log_keeps_none(site: Site) -> None:
    with site.app.test_request_context("/"):
        anna = person_now("anna")
        assert anna and anna.replaces == hash_of(QUICK_HASH)
        with answering(site):
            answer = ask_of(anna, "zoe", "set_second_factor", second_factor="sealed")
        assert answer.done and answer.request["by"] == "zoe"
        assert QUICK_HASH not in str(answer.request) and "sealed" not in str(answer.request)
        assert read_person(site.root, "anna") == person_now("anna")


def test_a_change_of_who_was_made_here_brings_nothing_but_the_change(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.requests.answers.PATIENCE_S", 0.0)
    with site.app.test_request_context("/"):
        ask_of(SomePerson("rose", "viewer", password_hash=QUICK_HASH), "anna", "change_person", role="field")
    ((request,)) = site.requests()
    assert {"person": "rose", "role": "field"}.items() <= request.items() and QUICK_HASH not in str(request)


@pytest.mark.parametrize(("password", "trouble"), [("", "10"), ("x" * 9, "10"), ("x" * 10, ""), ("x" * 1025, "1024")])
def test_a_password_is_neither_short_nor_endless(password: str, trouble: str) -> None:
    assert trouble in wrong_password(password) and bool(trouble) == bool(wrong_password(password))
