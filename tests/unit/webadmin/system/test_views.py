"""The machine's page: what admins did."""

from datetime import timedelta

import pytest

from ingest.requests.answers import recent_answers
from ingest.requests.carrying_out import done_file, write_done
from ingest.requests.writing import ask
from ingest.spool.stamp import new_id, utc_text
from tests.unit.webadmin.site import NOW, Person, Site, photo, rejected


def test_a_month_of_large_clean_ups_is_summed_up_once(site: Site, admin: Person) -> None:
    item, nights = site.put(rejected(attempts=2), photo()), [new_id(NOW - timedelta(days=day)) for day in range(30)]
    for night in nights:
        results = [{"id": new_id(NOW), "outcome": "deleted", "message": ""} for _ in range(50)]
        refused = {"id": item.id, "outcome": "refused", "message": "It cannot be changed."}
        write_done(site.root, night, {"action": "retention", "done_at": utc_text(NOW), "results": [*results, refused]})
    again = ask(site.root, "requeue", "anna", ids=[item.id])
    page = admin.get("/system").text
    assert page.count("50 done, 1 refused") == 29
    assert "anna: waits" in page
    for night in nights:
        done_file(site.root, night).write_text("an answer never changes, so nobody reads this")
    assert admin.get("/system").text.count("50 done, 1 refused") == 29
    assert [answer.id for answer in recent_answers(site.root, 300, naming=item.id)] == [again]
    site.watch()
    assert "anna: 1 done" in admin.get("/system").text
    assert "Requeue</a> by anna" in admin.get(f"/files/{item.id}").text


def test_what_people_did_is_not_pushed_out_by_the_gateways_own_test(site: Site, admin: Person) -> None:
    ask(site.root, "requeue", "anna", ids=[])
    for _ in range(40):
        ask(site.root, "delete", "canary", ids=[])
    site.watch()
    page = admin.get("/system").text
    assert "anna" in page
    assert "canary" not in page


@pytest.mark.parametrize("request_id", ["..%2f..%2fetc%2fpasswd", "20251205T154647.120034Z-zzzz", "x" * 3000, "%00"])
def test_what_is_not_an_id_is_no_request(admin: Person, request_id: str) -> None:
    assert admin.get(f"/system/requests/{request_id}").status_code == 404
