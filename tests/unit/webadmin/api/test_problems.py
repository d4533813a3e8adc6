"""A problem is JSON with a status, a title and a sentence."""

import pytest

from tests.unit.webadmin.site import Site
from webadmin.api.problems import is_for_api, problem


@pytest.mark.parametrize(
    ("path", "answer"), [("/api/v1/items", True), ("/api/nowhere", True), ("/apis", False), ("/", False)]
)
def test_programs_ask_below_one_address(site: Site, path: str, answer: bool) -> None:
    with site.app.test_request_context(path):
        assert is_for_api() == answer


def test_a_problem_says_what_the_address_allows(site: Site) -> None:
    with site.app.test_request_context("/api/v1/items"):
        told = problem(405, "Method Not Allowed", "It only reads.", {"HEAD", "GET"})
    assert told.json == {"status": 405, "title": "Method Not Allowed", "detail": "It only reads."}
    assert told.headers["Allow"] == "GET, HEAD" and "WWW-Authenticate" not in told.headers
