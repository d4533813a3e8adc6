"""The door by the provider where there is none, where it does not answer, and for answers that nobody asked for."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.settings.values import Provider
from tests.unit.webadmin.site import Person, Site

NOWHERE = Provider("http://127.0.0.1:9", "", "camspool")
"""Nobody listens on the port `discard` of this machine."""


@pytest.fixture
def visitor(site: Site, tmp_path: Path) -> Person:
    """Somebody at the door of a gateway whose provider does not answer."""
    here = site.app.extensions["camspool"]
    (tmp_path / "provider.secret").write_text("s")
    provider = replace(NOWHERE, client_secret_file=tmp_path / "provider.secret")
    here.settings = replace(here.settings, provider=provider)
    return site.visitor()


@pytest.mark.parametrize("path", ["/log-in/provider", "/log-in/provider/back?code=x&state=y"])
def test_without_a_provider_there_is_no_such_door(site: Site, path: str) -> None:
    assert site.visitor().get(path).status_code == 404


def test_a_provider_that_does_not_answer_is_a_sentence(visitor: Person) -> None:
    answer = visitor.get("/log-in/provider")
    assert answer.status_code == 503 and "http://127.0.0.1:9 does not answer as it should" in answer.text


def _begun(visitor: Person, **changes: object) -> None:
    whole = {"state": "s", "nonce": "n", "verifier": "v", "next": "", "at": 4e9}
    with visitor.client.session_transaction() as session:
        session["provider"] = {**whole, **changes}


@pytest.mark.parametrize("query", ["state=s&code=x", "state=other&code=x", "code=x", ""])
def test_an_answer_that_was_not_asked_for_here_lets_nobody_in(visitor: Person, query: str) -> None:
    page = visitor.get(f"/log-in/provider/back?{query}", follow_redirects=True).text
    assert "did not begin here, or took too long" in page


def test_an_answer_is_taken_once_and_in_time(visitor: Person) -> None:
    _begun(visitor, at=0)
    assert "took too long" in visitor.get("/log-in/provider/back?state=s&code=x", follow_redirects=True).text
    _begun(visitor)
    first, second = (visitor.get("/log-in/provider/back?state=s&code=x", follow_redirects=True).text for _ in range(2))
    assert "does not answer as it should" in first and "did not begin here" in second


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("error=access_denied", "The provider did not let you in: access_denied."),
        ("error=<b>%0a", "The provider did not let you in: &lt;b&gt;"),
        ("code=x&iss=https://evil.example", "Another provider than this gateway"),
    ],
)
def test_what_the_provider_refuses_or_another_sends_lets_nobody_in(visitor: Person, query: str, sentence: str) -> None:
    _begun(visitor)
    assert sentence in visitor.get(f"/log-in/provider/back?state=s&{query}", follow_redirects=True).text
