"""What an HTTP answer means for an item."""

import pytest

from ingest.outbox.answers import TargetDownError
from ingest.outbox.posting import Reply
from ingest.outbox.replies import meaning


def reply(status: int, text: str = "", **headers: str) -> Reply:
    return Reply(status, {name.replace("_", "-"): value for name, value in headers.items()}, text)


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_what_is_taken_is_delivered_and_the_status_is_its_proof(status: int) -> None:
    answer = meaning("a", reply(status, "thanks\n a lot"))
    assert (answer.id, answer.outcome, answer.said) == ("a", "delivered", f"{status} thanks a lot")
    assert answer.proof == {"status": str(status)}


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 599, 101])
def test_what_says_nothing_against_the_item_lets_it_wait(status: int) -> None:
    answer = meaning("a", reply(status, "busy"))
    assert (answer.outcome, answer.said) == ("later", f"It answers {status}: busy")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 413, 415, 422, 451, 499])
def test_what_is_refused_is_refused_for_good_and_the_words_are_kept(status: int) -> None:
    answer = meaning("a", reply(status, "no, thanks"))
    assert (answer.outcome, answer.said) == ("failed", f"It answers {status}: no, thanks")


def test_how_long_it_asks_to_wait_is_told() -> None:
    assert meaning("a", reply(429, "busy", retry_after="120")).said == "It answers 429: busy It asks to wait: 120."


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        ("Please log in", "text/html; charset=utf-8"),
        ("Please log in", "TEXT/HTML"),
        ("<p>Please log in", "application/xhtml+xml"),
        ("\ufeff\n<!DOCTYPE html><title>Please log in", "text/plain"),
        ("<html><body>Please log in", ""),
    ],
)
def test_a_page_for_people_acknowledges_nothing(text: str, media_type: str) -> None:
    answer = meaning("a", reply(200, text, content_type=media_type))
    assert answer.outcome == "later"
    assert answer.said.startswith("It answers 200 with a page for people: ")


@pytest.mark.parametrize("text", ['{"ok": true}', "ok", "", "<thanks/>"])
def test_whatever_else_it_says_is_no_page(text: str) -> None:
    assert meaning("a", reply(200, text, content_type="application/json")).outcome == "delivered"


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 307, 308])
def test_a_redirect_lets_all_wait_and_names_where_it_points(status: int) -> None:
    with pytest.raises(TargetDownError) as caught:
        meaning("a", reply(status, location="http://169.254.169.254\x07" + "x" * 300 + "/latest?key=s3cr3t"))
    said = str(caught.value)
    assert said.startswith(f"It answers {status} and points to http://169.254.169.254�xxx")
    assert said.endswith("x…; if that is right, set url to it.")
    assert len(said) < 300


@pytest.mark.parametrize(
    ("location", "named"),
    [
        ("https://example.org/T0K3N/?key=s3cr3t", "https://example.org"),
        ("https://me:s3cr3t@example.org:8443/", "https://example.org:8443"),
        ("//example.org/T0K3N", "//example.org"),
        ("/T0K3N", "another page there"),
        ("http://[s3cr3t/", "another page there"),
    ],
)
def test_a_redirect_is_told_by_its_server_alone_as_the_rest_may_be_a_key(location: str, named: str) -> None:
    with pytest.raises(TargetDownError) as caught:
        meaning("a", reply(301, location=location))
    assert str(caught.value) == f"It answers 301 and points to {named}; if that is right, set url to it."


def test_a_redirect_to_nowhere_lets_all_wait_too() -> None:
    with pytest.raises(TargetDownError, match=r"^It answers 302 and points to nowhere"):
        meaning("a", reply(302))


def test_words_are_one_line_and_cut() -> None:
    said = meaning("a", reply(400, "no\r\n\x1b[31m" + "x" * 1000)).said
    assert said.isprintable()
    assert len(said) < 250
