"""What is asked of a target is a request, and the next page says how it ended."""

from ingest.spool.outbox import is_paused, prepare_target
from tests.unit.webadmin.outbox.answers import refuse
from tests.unit.webadmin.site import Person, Site, accepted
from tests.unit.webadmin.watching import answering


def test_a_target_rests_and_goes_on_and_the_page_says_so(site: Site, admin: Person) -> None:
    prepare_target(site.root, "nas")
    with answering(site):
        page = admin.send("/outbox/nas/pause", {}, follow_redirects=True).text
        assert is_paused(site.root, "nas")
        assert "nas rests until somebody lets it go on; what is for it waits." in page
        assert ">Resume</button>" in page
        page = admin.send("/outbox/nas/resume", {}, follow_redirects=True).text
    assert not is_paused(site.root, "nas")
    assert "nas goes on." in page
    assert ">Pause</button>" in page
    log = admin.get("/system").text
    assert "pause target nas" in log


def test_as_long_as_nobody_answers_the_page_leads_to_the_request(site: Site, admin: Person) -> None:
    page = admin.send("/outbox/nas/pause", {}, follow_redirects=True).text
    (request,) = site.requests()
    assert request | {"at": ""} == {"action": "pause_target", "target": "nas", "by": "anna", "at": ""}
    assert "The watcher has not answered yet." in page
    site.watch()
    request_page = admin.get(f"/system/requests/{next((site.root / 'requests/done').glob('*.json')).stem}").text
    assert 'href="/outbox/nas"' in request_page


def test_all_that_was_refused_is_asked_for_without_naming_it(site: Site, admin: Person) -> None:
    refuse(site.root, "nas", site.put(accepted()).id)
    admin.send("/outbox/nas/again", {"all": "1"})
    (request,) = site.requests()
    assert (request["target"], request["all_failed"], "ids" in request) == ("nas", True, False)
