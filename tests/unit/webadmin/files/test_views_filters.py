"""Filters with names on the list of files."""

from html import unescape

import pytest

from ingest.spool.filters import filters_in
from tests.unit.webadmin.site import Person, Site, photo, rejected
from tests.unit.webadmin.watching import answering

HOSTILE = "<i>foxes</i>"


def test_a_filter_is_saved_for_all_and_forgotten(site: Site, admin: Person) -> None:
    site.put(rejected(), photo())
    query = "?verdict=rejected&q=E1000159"
    assert "Save this filter" in admin.get(f"/files{query}").text and "Save this filter" not in admin.get("/files").text
    with answering(site):
        page = admin.post("/filters", {"name": HOSTILE, "query": query}, page="/upload", follow_redirects=True).text
    assert HOSTILE not in page and "Forget the filter" in page
    (saved,) = filters_in(site.root)
    seen = unescape(site.let_in("vera", "viewer").get("/files").text)
    assert f'<a href="/files{query}">{HOSTILE}</a>' in seen and "Forget" not in seen
    with answering(site):
        admin.post(f"/filters/{saved.id}/forget", {}, page="/upload")
    assert list(filters_in(site.root)) == []


@pytest.mark.parametrize(
    "form", [{"name": "", "query": "?q=a"}, {"name": "all", "query": "?"}, {"name": "x", "query": "?z=1"}]
)
def test_what_filters_nothing_gets_no_name(site: Site, admin: Person, form: dict[str, str]) -> None:
    page = admin.post("/filters", form, page="/upload", follow_redirects=True).text
    assert "Nothing was changed. Filter the list first" in page and site.requests() == []


def test_what_is_saved_is_a_list_of_ours(site: Site, admin: Person) -> None:
    with answering(site):
        admin.post("/filters", {"name": "odd", "query": "?q=a&next=//evil.example&reason=nonsense"}, page="/upload")
    (saved,) = filters_in(site.root)
    assert saved.query == "q=a"
