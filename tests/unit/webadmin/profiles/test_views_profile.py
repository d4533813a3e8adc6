"""The page of one profile, and who leads to it."""

from dataclasses import replace
from html import unescape

import pytest

from ingest.profiles.catalogue import load_catalogue
from ingest.settings.values import SHIPPED_PROFILES
from tests.unit.webadmin.site import Person, Site, accepted, photo
from webadmin.wording import coded

SENTENCE = "This camera type is supported from its documentation; nobody has confirmed it from the field yet."
PROFILES = load_catalogue([SHIPPED_PROFILES]).profiles


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_the_page_tells_menu_names_faults_and_evidence_of_every_profile(admin: Person, profile: object) -> None:
    one = next(known for known in PROFILES if known is profile)
    page = unescape(admin.get(f"/profiles/{one.id}").text)
    told = (one.notes, coded(one.evidence), "Names that it sends", "What is known to go wrong")
    for words in (f"<h1>{one.name}</h1>", *(unescape(text) for text in told)):
        assert words in page
    assert (SENTENCE in page) is not one.confirmed


def test_there_is_no_page_of_what_is_no_profile(admin: Person) -> None:
    for name in ("oak", "draft", "..%2finstar", "INSTAR"):
        assert admin.get(f"/profiles/{name}").status_code == 404


def test_the_lists_lead_to_it_and_say_what_is_not_confirmed(admin: Person) -> None:
    for path in ("/profiles", "/set-up"):
        page = admin.get(path).text
        assert all(f'href="/profiles/{one.id}"' in page for one in PROFILES if one.id != "canary"), path
        assert "not confirmed" in page


def test_a_file_says_that_its_camera_type_is_not_confirmed(site: Site, admin: Person) -> None:
    known = site.put(accepted(), photo())
    strange = site.put(replace(accepted(upload_path="GOPR0001.JPG"), profile="gopro"), photo())
    gone = site.put(replace(accepted(upload_path="2.JPG"), profile="oak"), photo())
    page = unescape(admin.get(f"/files/{strange.id}").text)
    assert f"{SENTENCE} Are ID, time and place of this file right?" in page
    assert '<a href="/profiles/gopro">gopro</a>' in page
    assert SENTENCE not in unescape(admin.get(f"/files/{known.id}").text)
    assert "/profiles/oak" not in admin.get(f"/files/{gone.id}").text


def test_the_card_of_a_make_leads_to_its_page_and_doubts_it(site: Site, admin: Person) -> None:
    (site.root / "cameras" / "Gate.json").write_text('{"make": "Reolink RLC-810A"}')
    page = unescape(admin.send("/set-up/card", {"camera": "Gate"}).text)
    assert 'href="/profiles/reolink"' in page
    assert SENTENCE in page
