"""Saving what is on the bench: from a rejected photo to an accepted one, and a sentence where it cannot be."""

import re
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest

from ingest.index.store import enter, forget, open_index
from ingest.requests import answers
from ingest.settings.values import Settings
from ingest.spool.moves import place_of
from ingest.spool.saved_profiles import current, text_in_use, versions
from ingest.spool.sidecar import Sidecar
from ingest.vocabulary import Reason
from tests.unit.webadmin.site import Person, Site, accepted, make_site, photo, rejected
from tests.unit.webadmin.watching import answering

STRANGER = {
    "Make": "Oakfine",
    "Model": "T-9",
    "BodySerialNumber": "7745-0012",
    "DateTimeOriginal": "2026:11:21 01:15:30",
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An admin beside which the operator's own profiles are in a folder of this test."""
    return make_site(tmp_path, Settings(profiles=(tmp_path / "own",)))


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch, _short_patience: None) -> None:
    """A watcher answers here, however busy the machine is."""
    monkeypatch.setattr(answers, "PATIENCE_S", 60.0)


def put_stranger(site: Site, reason: Reason = "no_matching_profile", **changes: str) -> Sidecar:
    """Put a photo of a camera that no profile knows; each is another photo."""
    item = rejected(reason=reason)
    return site.put(replace(item, exif=STRANGER | changes, sha256=sha256(item.id.encode()).hexdigest()), photo())


def form_of(page: str) -> dict[str, str]:
    """Return what the button would send that a person sees on the workshop's page."""
    return dict(re.findall(r'name="(seen|profile|name)"[^>]* value="([^"]*)"', page))


def test_a_profile_is_saved_and_its_page_says_what_becomes_of_the_files(site: Site, admin: Person) -> None:
    items = [put_stranger(site) for _ in range(3)]
    page = admin.get(f"/workshop/{items[0].id}").text
    assert "Save and accept these 3" in page and "disabled" not in page.partition('id="save"')[2]
    with answering(site):
        answer = admin.send(f"/workshop/{items[0].id}/save", {**form_of(page), "why": "new cameras"})
    assert answer.status_code == 303
    (version,) = versions(site.root, "oakfine-t-9")
    assert (version.by, version.why) == ("anna", "new cameras")
    assert text_in_use(site.root, "oakfine-t-9") == version.text
    saved = answer.headers["Location"]
    shown = admin.get(saved).text
    assert "The profile oakfine-t-9 is saved" in shown and "3 of 3 files still wait" in shown
    assert "data-live" in shown and "Look again" in shown and "data-over" not in admin.get(f"{saved}?live=1").text
    decide(site, [replace(items[0], verdict="accepted", reason=None, camera_id="7745-0012"), items[1], items[2]])
    shown = unescape(admin.get(saved).text)
    assert "1 of 3 files were accepted" in shown and "data-live" not in shown
    assert '<a class="camera wrap" href="/cameras/7745-0012">' in shown and "Not accepted" in shown
    assert "data-over" in admin.get(f"{saved}?live=1").text
    assert 'href="/profiles/oakfine-t-9">oakfine-t-9</a>' in admin.get(f"/system/requests/{version.id}").text


def decide(site: Site, sidecars: list[Sidecar]) -> None:
    """Give verdicts as the watcher would."""
    with closing(open_index(site.root)) as index:
        forget(index, [one.id for one in sidecars])
        enter(index, [(one, place_of(one)) for one in sidecars])
    for file in (site.root / "incoming").iterdir():
        file.unlink()


def test_somebody_who_has_not_seen_the_last_version_hears_of_it_and_can_go_back(site: Site, admin: Person) -> None:
    item = put_stranger(site)
    address = f"/workshop/{item.id}"
    page = admin.get(address).text
    with answering(site):
        assert admin.send(f"{address}/save", form_of(page)).status_code == 303
    decide(site, [])
    site.put(item, photo())
    with answering(site):
        choice = {"image.camera_id": "exif.BodySerialNumber", **form_of(page)}
        answer = admin.send(f"{address}/save", choice)
    assert answer.status_code == 409
    assert "Nothing was saved" in answer.text and "anna saved the profile oakfine-t-9 on" in answer.text
    assert 'name="image.camera_id" value="exif.BodySerialNumber"' in answer.text
    assert "Save it all the same" not in answer.text
    assert len(versions(site.root, "oakfine-t-9")) == 1
    page = admin.get(address).text
    last = current(site.root, "oakfine-t-9")
    assert form_of(page)["profile"] == "oakfine-t-9-2", "who begins anew is not led to replace it"
    page = admin.get(f"{address}?profile=oakfine-t-9").text
    assert last and form_of(page)["seen"] == last.id
    assert "anna saved a profile" in page
    with answering(site):
        answer = admin.send(f"{address}/save", form_of(page))
        assert answer.status_code == 303, answer.text


def test_files_that_it_would_take_are_named_and_a_person_may_insist(site: Site, admin: Person) -> None:
    (site.settings.profiles[0] / "own").mkdir(parents=True)
    own = admin.get(f"/workshop/{put_stranger(site).id}/profile.toml").text
    (site.settings.profiles[0] / "own" / "profile.toml").write_text(own)
    kept = site.put(accepted(profile="own", camera_id="9", exif=STRANGER | {"BodySerialNumber": "9"}), photo())
    address = f"/workshop/{put_stranger(site).id}/save"
    with answering(site):
        answer = admin.send(address, {"seen": ""})
        assert answer.status_code == 409
        assert "of 9, which own reads (E1000159.JPG)" in answer.text and f'href="/files/{kept.id}"' in answer.text
        assert "Save it all the same" in answer.text
        assert admin.send(address, {"seen": "", "takes": "1"}).status_code == 303


def test_what_cannot_be_saved_yet_says_why_on_the_button_and_when_it_is_sent(site: Site, admin: Person) -> None:
    settled, open_ = put_stranger(site), put_stranger(site, Model="T-8", BodySerialNumber="")
    told = {
        f"/workshop/{settled.id}?profile=..%2Fx": "cannot be a profile",
        f"/workshop/{settled.id}?profile=canary": "own test",
        f"/workshop/{open_.id}": "Answer the open questions first",
    }
    for address, said in told.items():
        page = admin.get(address).text.partition('id="save"')[2]
        assert "disabled" in page and said in page, address
    for item, form, said in (
        (settled, {"profile": "../x"}, "cannot be a profile"),
        (open_, {}, "Answer the open questions first"),
    ):
        answer = admin.send(f"/workshop/{item.id}/save", form)
        assert answer.status_code == 422 and said in answer.text
    assert site.requests() == []


def test_a_shipped_profile_of_the_name_is_told_before_it_is_replaced(site: Site, admin: Person) -> None:
    page = admin.get(f"/workshop/{put_stranger(site).id}?profile=gopro").text
    assert 'Camspool brings a profile <b class="wrap">gopro</b> of its own' in page


def test_without_a_watcher_the_page_waits_and_other_requests_have_no_such_page(
    site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PATIENCE_S", 0.1)
    item = put_stranger(site)
    answer = admin.send(f"/workshop/{item.id}/save", {"seen": ""})
    shown = admin.get(answer.headers["Location"]).text
    assert "The watcher has not answered yet" in shown and "data-live" in shown
    site.watch()
    assert "is saved" in admin.get(answer.headers["Location"]).text
    for request_id in ("x", item.id):
        assert admin.get(f"/workshop/saved/{request_id}").status_code == 404
    assert admin.send("/workshop/x/save", {}).status_code == 404


def test_files_that_it_would_accept_are_tried_again_too_whatever_they_were_rejected_for(
    site: Site, admin: Person
) -> None:
    item, stays = put_stranger(site), site.put(rejected(reason="missing_location"), photo())
    other = put_stranger(site, "ambiguous_profile")
    assert "Save and accept these 2" in admin.get(f"/workshop/{item.id}").text
    with answering(site):
        answer = admin.send(f"/workshop/{item.id}/save", {"seen": ""})
    assert {one.name.partition("~")[0] for one in (site.root / "incoming").iterdir()} == {item.id, other.id}
    assert (site.root / place_of(stays)).exists()
    assert "2 of 2 files still wait" in admin.get(answer.headers["Location"]).text
