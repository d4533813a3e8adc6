"""Links to a camera's check page: made for somebody, listed, revoked; their pages show what the links say."""

import re
from datetime import timedelta

from ingest.spool.check_links import links_in
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo, rejected
from tests.unit.webadmin.watching import answering

PAGE = f"/cameras/{CAMERA}"
PLACE = "52.09877"


def _make(site: Site, admin: Person, **form: str) -> str:
    words = {"label": "ranger Rose", "days": "30", **form}
    with answering(site):
        page = admin.post(f"{PAGE}/check-links", words, page=PAGE, follow_redirects=True).text
    found = re.findall(r'<a class="wrap" href="http://127\.0\.0\.1:8080(/check/[^"]+)"', page)
    assert found, page
    return str(found[0])


def test_a_link_shows_what_its_maker_chose_and_says_what_it_shows(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    plain, full = _make(site, admin), ""
    page = site.visitor().get(plain).text
    assert "Photo received" in page and PLACE not in page and "Clock" not in page
    assert "This page shows what arrived, of this camera only." in page and "The link for ranger Rose ends" in page
    full = _make(site, admin, label="keeper", days="", position="1", health="1")
    page = site.visitor().get(full).text
    assert PLACE in page and "Clock" in page and "The link is for keeper." in page
    assert "what arrived, where the camera stands, battery, signal, card and clock, of this camera only" in page


def test_a_problem_that_names_a_place_is_told_in_other_words_where_the_place_is_not_shown(
    site: Site, admin: Person
) -> None:
    site.put(rejected(reason="implausible_location"), photo())
    page = site.visitor().get(_make(site, admin)).text
    assert "Photo rejected" in page and "The photo has no position." not in page


def test_a_link_is_revoked_from_the_page_and_from_the_list(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    links = [_make(site, admin, label=f"ranger {number}") for number in range(2)]
    listed = admin.get("/check-links").text
    assert "ranger 0" in listed and "ranger 1" in listed
    for number, back in ((0, ""), (1, "1")):
        link = next(one for one in links_in(site.root) if one.label == f"ranger {number}")
        with answering(site):
            said = admin.post(f"/check-links/{link.id}/revoke", {"back": back}, page=PAGE, follow_redirects=True).text
        assert f"The link for ranger {number} opens nothing any more." in said
    for link_address in links:
        answer = site.visitor().get(link_address)
        assert answer.status_code == 404
    assert admin.post(f"/check-links/{'ab' * 16}/revoke", {}, page=PAGE).status_code == 404


def test_a_link_says_whom_it_is_for_and_when_it_ends(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    for form in ({"label": " ", "days": "7"}, {"label": "x", "days": "8"}, {"label": "x", "days": "-1"}):
        page = admin.post(f"{PAGE}/check-links", form, page=PAGE, follow_redirects=True).text
        assert "Nothing was changed. Say whom the link is for" in page
    assert admin.post("/cameras/a b/check-links", {"label": "x", "days": "7"}, page=PAGE).status_code == 404
    assert site.requests() == []


def test_the_link_on_cards_is_revoked_and_the_next_card_has_another(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    pattern = r'<p class="wrap"><a href="http://127\.0\.0\.1:8080(/check/[^"]+)"'
    before = re.search(pattern, admin.get(PAGE).text)
    assert before and "Photo received" in site.visitor().get(before[1]).text
    with answering(site):
        said = admin.post(f"{PAGE}/check-links/revoke-cards", {}, page=PAGE, follow_redirects=True).text
    assert "printed until now open nothing any more" in said
    over = site.visitor().get(before[1])
    assert over.status_code == 404 and "Ask who gave it to you for another one." in over.text
    after = re.search(pattern, admin.get(PAGE).text)
    assert after and "Photo received" in site.visitor().get(after[1]).text


def test_the_page_of_a_silent_camera_is_red_at_its_top_and_green_nowhere(site: Site, admin: Person) -> None:
    site.put(accepted(timedelta(days=9)), photo())
    page = site.visitor().get(_make(site, admin, position="1", health="1")).text
    states = re.findall(r'<li class="(\w+)"><b>([^<]+)</b>', page)
    assert states[0] == ("bad", "Silent") and "good" not in {state for state, _ in states}
    assert "Nothing has come from this camera for 9 days." in page
