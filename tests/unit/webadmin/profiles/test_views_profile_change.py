"""Undo, "yes, this is right" and "take it back", by the buttons of a profile's page and of a file's."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from ingest.requests import answers
from ingest.settings.values import Settings
from ingest.spool.saved_profiles import Version, current, text_in_use, write_version
from ingest.spool.stamp import new_id
from tests.unit.ingest.requests.profiles import text
from tests.unit.webadmin.site import Person, Site, accepted, make_site, photo
from tests.unit.webadmin.watching import answering

AT = "2026-11-27T09:00:00.000000Z"
YES = "Yes, ID, time and place are right"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An admin beside which the operator's own profiles are in a folder of this test."""
    return make_site(tmp_path, Settings(profiles=(tmp_path / "own",)))


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch, _short_patience: None) -> None:
    """A watcher answers here, however busy the machine is."""
    monkeypatch.setattr(answers, "PATIENCE_S", 60.0)


def saved(site: Site, *texts: str) -> list[Version]:
    """Save versions of a profile one after the other."""
    made = [Version(new_id(), one, "anna", AT, f"why {n}", number=n) for n, one in enumerate(texts, 1)]
    for version in made:
        write_version(site.root, "acme", version)
    return made


def press(site: Site, person: Person, page: str, action: str) -> str:
    """Press the button of a form as a browser does, and return the page that it leads to."""
    form = re.search(rf'<form method="post" action="{action}".*?</form>', person.get(page).text, re.DOTALL)
    assert form, f"{page} has no form {action}"
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
    with answering(site):
        answer = person.client.post(action, data=fields)
    assert answer.status_code == 303
    return unescape(person.get(answer.headers["Location"]).text)


def test_the_history_shows_who_when_why_and_what_changed(site: Site, admin: Person) -> None:
    saved(site, text(), text(source="exif.ImageDescription"))
    page = unescape(admin.get("/profiles/acme").text)
    assert "Version 2" in page and "why 2" in page and "by anna" in page
    assert '<del>- camera_id = { from = "exif.BodySerialNumber" }</del>' in page
    assert '<ins>+ camera_id = { from = "exif.ImageDescription" }</ins>' in page
    assert page.count("Undo version") == 1 and "It was saved here" in page


def test_a_change_is_undone_and_the_undoing_too(site: Site, admin: Person) -> None:
    first, second = saved(site, text(), text(source="exif.ImageDescription"))
    page = press(site, admin, "/profiles/acme", "/profiles/acme/undo")
    assert "The profile acme is as it was before" in page and "version 2 was undone" in page
    assert text_in_use(site.root, "acme") == first.text
    press(site, admin, "/profiles/acme", "/profiles/acme/undo")
    assert text_in_use(site.root, "acme") == second.text


def test_a_profile_that_is_not_in_use_any_more_keeps_its_history_and_can_come_back(site: Site, admin: Person) -> None:
    saved(site, text())
    page = press(site, admin, "/profiles/acme", "/profiles/acme/undo")
    assert "This profile is not in use: it was undone" in page
    page = press(site, admin, "/profiles/acme", "/profiles/acme/undo")
    assert "<h1>Acme</h1>" in page


def test_somebody_who_looks_at_an_old_page_undoes_nothing(site: Site, admin: Person) -> None:
    first, second = saved(site, text(), text(source="exif.ImageDescription"))
    with answering(site):
        answer = admin.send("/profiles/acme/undo", {"version": first.id})
    assert "Not done: anna saved the profile" in unescape(admin.get(answer.headers["Location"]).text)
    assert current(site.root, "acme") == second


def test_one_click_on_a_files_page_confirms_its_profile_and_one_takes_it_back(site: Site, admin: Person) -> None:
    item = site.put(replace(accepted(upload_path="GOPR0001.JPG"), profile="gopro"), photo())
    page = unescape(admin.get(f"/files/{item.id}").text)
    assert YES in page and f'href="/workshop/{item.id}">Something is wrong' in page
    page = press(site, admin, f"/files/{item.id}", "/profiles/gopro/confirm")
    assert "The profile gopro counts as confirmed now" in page and YES not in page
    page = unescape(admin.get("/profiles/gopro").text)
    assert "Confirmed by anna" in page and f'href="/files/{item.id}"' in page and YES not in page
    page = press(site, admin, "/profiles/gopro", "/profiles/gopro/unconfirm")
    assert "is taken back" in page and YES in page


def test_a_profiles_page_asks_about_the_newest_file_that_it_read(site: Site, admin: Person) -> None:
    assert "as soon as a file of such a camera is accepted" in admin.get("/profiles/gopro").text
    site.put(replace(accepted(upload_path="GOPR0001.JPG"), profile="gopro"), photo())
    assert "Confirmed by anna" in press(site, admin, "/profiles/gopro", "/profiles/gopro/confirm")


def test_a_file_that_was_rejected_or_is_of_a_confirmed_profile_asks_nothing(site: Site, admin: Person) -> None:
    rejected = replace(accepted(), profile="gopro", verdict="rejected", reason="missing_datetime")
    for item in (site.put(rejected, photo()), site.put(accepted(), photo())):
        assert YES not in unescape(admin.get(f"/files/{item.id}").text)


def test_what_no_page_sends_changes_nothing(site: Site, admin: Person) -> None:
    for path, form in (
        ("/profiles/acme/undo", {"version": "../x"}),
        ("/profiles/acme/confirm", {"item": "x"}),
        ("/profiles/A B/unconfirm", {}),
    ):
        assert admin.send(path, form).status_code in (400, 404)
    assert site.requests() == []


def test_without_a_watcher_the_page_says_that_it_waits(
    site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PATIENCE_S", 0.1)
    answer = admin.send("/profiles/gopro/unconfirm", {})
    assert "has not answered yet" in admin.get(answer.headers["Location"]).text
