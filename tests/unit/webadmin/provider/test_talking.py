"""What a provider says of itself is looked at before anybody is sent there."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from ingest.errors import CamspoolError
from ingest.settings.values import Provider
from webadmin.provider.talking import begin, is_safe

BACK = "https://here.example/log-in/provider/back"


@contextmanager
def _saying(content: str | dict[str, object]) -> Iterator[Provider]:
    """Run a server that says this of itself; `ISSUER` in it becomes its address."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = content if isinstance(content, str) else json.dumps(content)
            answer = told.replace("ISSUER", f"http://127.0.0.1:{self.server.server_port}").encode()  # type: ignore[attr-defined]
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield Provider(f"http://127.0.0.1:{server.server_port}", "", "camspool")
        server.shutdown()
        thread.join()


GOOD: dict[str, object] = {
    "issuer": "ISSUER/",
    "authorization_endpoint": "ISSUER/go?tenant=a",
    "token_endpoint": "https://tokens.example/t",
    "jwks_uri": "ISSUER/keys",
}


def test_people_are_sent_with_a_state_a_nonce_and_a_challenge_of_their_own() -> None:
    with _saying(GOOD) as provider:
        first, second = begin(provider, BACK), begin(provider, BACK)
    asked = {key: one for key, (one,) in parse_qs(urlsplit(first.address).query).items()}
    assert first.address.startswith(f"{provider.issuer}/go?")
    assert asked["tenant"] == "a" and asked["response_type"] == "code" and asked["redirect_uri"] == BACK
    assert (asked["state"], asked["nonce"], asked["client_id"]) == (first.state, first.nonce, "camspool")
    assert asked["code_challenge_method"] == "S256" and first.verifier not in first.address
    assert "openid" in asked["scope"].split()
    for one in ("state", "nonce", "verifier"):
        assert getattr(first, one) != getattr(second, one) and len(getattr(first, one)) >= 30


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({**GOOD, "issuer": "https://other.example"}, "calls itself another"),
        ({**GOOD, "issuer": None}, "calls itself another"),
        ({**GOOD, "token_endpoint": "http://tokens.example/t"}, "no safe address for token_endpoint"),
        ({**GOOD, "authorization_endpoint": "javascript:alert(1)"}, "no safe address for authorization_endpoint"),
        ({key: value for key, value in GOOD.items() if key != "jwks_uri"}, "no safe address for jwks_uri"),
        ("[]", "something else than an object"),
        ("<html>", "does not answer as it should"),
    ],
)
def test_a_provider_that_says_something_odd_of_itself_is_not_trusted(
    content: str | dict[str, object], sentence: str
) -> None:
    with _saying(content) as provider, pytest.raises(CamspoolError, match=sentence):
        begin(provider, BACK)


@pytest.mark.parametrize(
    ("address", "issuer", "is_good"),
    [
        ("https://a.example/x", "https://b.example", True),
        ("http://a.example/x", "https://a.example", False),
        ("http://127.0.0.1:5/x", "http://127.0.0.1:5", True),
        ("http://127.0.0.1:6/x", "http://127.0.0.1:5", False),
        ("http://a.example", "http://a.example", False),
        ("https://", "https://a.example", False),
        ("", "https://a.example", False),
    ],
)
def test_addresses_are_by_tls_but_for_those_of_a_provider_on_this_machine(
    address: str, issuer: str, is_good: bool
) -> None:
    assert is_safe(address, issuer) == is_good
