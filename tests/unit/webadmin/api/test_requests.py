"""What people asked for is told, newest first, with how it ended."""

from ingest.requests.answers import Summary
from ingest.requests.writing import ask
from tests.unit.webadmin.api.asking import Program
from tests.unit.webadmin.site import Site
from webadmin.api.requests import request_of


def test_requests_are_told_page_by_page(site: Site, program: Program) -> None:
    done = [ask(site.root, "edit_camera", "anna", camera_id=name, record={}) for name in ("oak", "../x")]
    site.watch()
    waiting = ask(site.root, "test_message", "zoe")
    first = program.read("/requests?limit=2")
    second = program.read(f"/requests?limit=2&after={first['next']}")
    told = first["requests"] + second["requests"]
    assert [one["id"] for one in told] == [waiting, *reversed(done)] and second["next"] is None
    assert [(one["by"], one["done"], one["refused"]) for one in told] == [("zoe", 0, 0), ("anna", 0, 1), ("anna", 1, 0)]
    assert told[0]["done_at"] is None and told[2]["camera_id"] == "oak"


def test_words_that_are_none_are_left_out() -> None:
    told = request_of(Summary("id", {"action": 7, "by": "anna"}, 0, 1, None))
    assert told.action is None and told.by == "anna" and told.refused == 1
