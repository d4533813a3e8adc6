"""Talking with a real provider: what is not for us, not asked for or not the provider's is refused."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests

from ingest.errors import CamspoolError
from ingest.settings.values import Provider
from tests.integration.gateway import open_folder
from tests.integration.provider import CLIENT, PASSWORD, PEOPLE, SECRET, provider
from webadmin.provider.relay import carry_out
from webadmin.provider.talking import Begun, begin, finish

ROSE, VERA, ZOE, ANN = PEOPLE
BACK = "http://127.0.0.1:9/log-in/provider/back"


@pytest.fixture(scope="module")
def known() -> Iterator[Provider]:
    """The settings of a provider that answers."""
    with open_folder() as folder, provider(folder, BACK) as running:
        yield Provider(running.issuer, "", CLIENT)


def _code(begun: Begun, name: str) -> str:
    """Log in at the provider as a browser does; return the code that it sends back."""
    with requests.Session() as browser:
        page = browser.get(begun.address, timeout=30)
        page = _fill_in(browser, page, login=name)
        page = _fill_in(browser, page, username=name, password=PASSWORD)
        while page.is_redirect and not page.headers["Location"].startswith(BACK):
            page = browser.get(urljoin(page.url, page.headers["Location"]), timeout=30, allow_redirects=False)
        answer = parse_qs(urlsplit(page.headers["Location"]).query)
    assert answer["state"] == [begun.state]
    return answer["code"][0]


def _fill_in(browser: requests.Session, page: requests.Response, **fields: str) -> requests.Response:
    while page.is_redirect:
        page = browser.get(urljoin(page.url, page.headers["Location"]), timeout=30, allow_redirects=False)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found, page.text
    return browser.post(page.url, {"csrf_token": found[1], **fields}, timeout=30, allow_redirects=False)


def test_the_provider_says_who_came_back_once(known: Provider) -> None:
    begun = begin(known, BACK)
    code = _code(begun, ROSE)
    claims = finish(known, SECRET, BACK, code, begun.nonce, begun.verifier)
    assert (claims["sub"], claims["email"]) == (ROSE, "rose@example.org")
    with pytest.raises(CamspoolError, match="did not let you in"):
        finish(known, SECRET, BACK, code, begun.nonce, begun.verifier)


@pytest.mark.parametrize("wrong", ["secret", "nonce", "verifier", "client"])
def test_a_code_with_something_else_than_what_was_begun_lets_nobody_in(known: Provider, wrong: str) -> None:
    begun = begin(known, BACK)
    code, asked = _code(begun, VERA), known if wrong != "client" else replace(known, client_id="another")
    secret = SECRET if wrong != "secret" else "x"
    nonce, verifier = (
        "x" if wrong == name else value for name, value in (("nonce", begun.nonce), ("verifier", begun.verifier))
    )
    with pytest.raises(CamspoolError, match="did not let you in"):
        finish(asked, secret, BACK, code, nonce, verifier if wrong != "verifier" else "x" * 64)


def test_a_slash_at_the_end_of_the_provider_s_address_makes_no_difference(known: Provider) -> None:
    written = replace(known, issuer=f"{known.issuer}/")
    begun = begin(written, BACK)
    assert finish(written, SECRET, BACK, _code(begun, ANN), begun.nonce, begun.verifier)["sub"] == ANN


def test_a_provider_that_calls_itself_another_is_not_asked(known: Provider) -> None:
    with pytest.raises(CamspoolError, match="calls itself another"):
        begin(replace(known, issuer=known.issuer.replace("127.0.0.1", "localhost")), BACK)
    with pytest.raises(CamspoolError, match="does not answer as it should"):
        begin(replace(known, issuer=f"{known.issuer}/realms/none"), BACK)


def test_the_relay_does_both_halves(known: Provider, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("relay") / "secret"
    secret.write_text(SECRET)
    begun = Begun(**carry_out(json.dumps({"order": "begin", "back": BACK}).encode(), known, secret))
    words = {
        "order": "finish",
        "back": BACK,
        "code": _code(begun, ZOE),
        "nonce": begun.nonce,
        "verifier": begun.verifier,
    }
    assert carry_out(json.dumps(words).encode(), known, secret)["claims"]["sub"] == ZOE
