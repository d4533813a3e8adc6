"""The pages of the outbox: every target, one target, and what can be sent again from each place."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from ingest.outbox.outlook import Outlook, write_outlook
from ingest.spool.deliveries import failed_ids, note_done
from ingest.spool.letters import Letter, write_letter
from ingest.spool.outbox import FILLED, has_mark, make_marks, marked_ids, pause_target, prepare_target, target_folder
from ingest.spool.stamp import new_id, utc_text
from tests.unit.webadmin.outbox.answers import delivery, refuse
from tests.unit.webadmin.site import NOW, Person, Site, accepted, make_site, photo, rejected
from tests.unit.webadmin.watching import answering
from webadmin.outbox import views


def test_without_targets_the_page_says_so_and_how_to_set_one(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    site = make_site(tmp_path_factory.mktemp("none"))
    item = site.put(accepted(), photo())
    admin = site.admin()
    page = admin.get("/outbox").text
    assert "No targets are set." in page
    assert "Where photos go from here" in page
    assert "Send again" not in admin.get("/files").text
    assert "Deliveries</h2>" not in admin.get(f"/files/{item.id}").text


def test_every_target_stands_there_with_what_waits_and_why_it_rests(site: Site, admin: Person) -> None:
    item = site.put(accepted(timedelta(hours=3)))
    make_marks(site.root, [("hook", item.id), ("former", item.id)])
    refuse(site.root, "nas", item.id)
    next_try = utc_text(datetime.now(UTC) + timedelta(minutes=5, seconds=5))
    write_outlook(site.root, "hook", Outlook(utc_text(NOW), None, "It <is> down.", utc_text(NOW), next_try, 3))
    pause_target(site.root, "former", "ben")
    for path in ("/outbox", "/outbox?live=1"):
        page = admin.get(path).text
        rows = [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", row)) for row in re.findall("<tr>.*?</tr>", page, re.S)[1:]]
        assert "nas folder It refuses 1 file for good" in rows[0]
        assert "hook webhook It &lt;is&gt; down." in rows[1]
        assert "the next try is in 5 min" in rows[1]
        assert "the oldest came 3 h ago" in rows[1]
        assert "former not in the settings any more paused" in rows[2]


def test_what_was_here_before_a_target_is_asked_about_until_somebody_decides(site: Site, admin: Person) -> None:
    site.put(accepted(timedelta(days=3)))
    prepare_target(site.root, "nas")
    prepare_target(site.root, "hook")
    for path in ("/outbox", "/outbox/nas"):
        page = admin.get(path).text
        assert page.count("does not go to") == 1
        assert "<code>camspool outbox fill nas</code>" in page
    assert "does not go to" not in admin.get("/outbox/hook").text
    (target_folder(site.root, "nas") / FILLED).touch()
    assert "does not go to" not in admin.get("/outbox").text


@pytest.mark.parametrize("name", ["other", "..", "UPPER", "x" * 40, "%3Cb%3E"])
@pytest.mark.parametrize("end", ["", "/again", "/pause", "/resume"])
def test_a_target_that_nobody_knows_has_no_page(site: Site, admin: Person, name: str, end: str) -> None:
    path = f"/outbox/{name}{end}"
    answer = admin.send(path, {"all": "1"}) if end else admin.get(path)
    assert answer.status_code == 404
    assert site.requests() == []


def test_a_target_shows_what_it_refuses_what_waits_and_what_it_answered(site: Site, admin: Person) -> None:
    refused, waiting, done = (site.put(accepted(timedelta(minutes=n), upload_path=f"{n}.jpg")) for n in (1, 2, 3))
    refuse(site.root, "nas", refused.id, "No <room>.")
    make_marks(site.root, [("nas", waiting.id)])
    note_done(site.root, "nas", [delivery(done.id)])
    page = admin.get("/outbox/nas").text
    first, second, third = (page.index(f"{words}</h2>") for words in ("Refused for good", "Waiting", "Latest answers"))
    assert "No &lt;room&gt;." in page[first:second]
    assert f'href="/files/{refused.id}">1.jpg' in page[first:second]
    assert f'href="/files/{waiting.id}">2.jpg' in page[second:third]
    assert f'href="/files/{done.id}">3.jpg' in page[third:]
    assert "It is there." in page[third:]


def test_long_lists_are_cut_and_say_so(site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "SHOWN_MAX", 2)
    items = sorted(site.put(accepted(timedelta(minutes=n), upload_path=f"{n}.jpg")).id for n in range(6))
    make_marks(site.root, [("nas", item_id) for item_id in items[:3]])
    for item_id in items[3:]:
        refuse(site.root, "nas", item_id)
    page = admin.get("/outbox/nas").text
    assert "The last 2 of 3 are shown." in page
    assert "The first 2 of 3 are shown." in page
    assert re.findall(r'name="id" value="([^"]+)"', page) == items[:3:-1]


def test_what_is_gone_or_undecided_is_shown_by_its_id(site: Site, admin: Person) -> None:
    make_marks(site.root, [("nas", accepted().id)])
    assert "waits for a verdict, or was deleted" in admin.get("/outbox/nas").text


def test_a_target_of_former_settings_is_shown_and_nothing_is_sent_there(site: Site, admin: Person) -> None:
    item = site.put(accepted())
    refuse(site.root, "former", item.id)
    page = admin.get("/outbox/former").text
    assert "No room." in page
    assert "What waits is kept." in page
    assert not re.search("Send again|Pause|Resume", page)


def test_what_is_ticked_goes_there_once_more(site: Site, admin: Person) -> None:
    items = [site.put(accepted(timedelta(minutes=n))) for n in range(3)]
    for item in items:
        refuse(site.root, "nas", item.id)
    with answering(site):
        page = admin.send("/outbox/nas/again", {"id": [items[0].id, items[2].id]}, follow_redirects=True).text
        assert "2 files marked to go there again." in page
        assert marked_ids(site.root, "nas") == sorted([items[0].id, items[2].id])
        assert failed_ids(site.root, "nas") == [items[1].id]
        page = admin.send("/outbox/nas/again", {"all": "1"}, follow_redirects=True).text
    assert "1 file marked to go there again." in page
    assert failed_ids(site.root, "nas") == []


def test_without_a_tick_nothing_is_asked_for(site: Site, admin: Person) -> None:
    page = admin.send("/outbox/nas/again", {"id": "../x"}, follow_redirects=True).text
    assert "Nothing was selected." in page
    assert site.requests() == []


def test_a_file_says_what_became_of_it_and_goes_once_more_from_its_page(site: Site, admin: Person) -> None:
    item = site.put(accepted(), photo())
    note_done(site.root, "nas", [delivery(item.id, proof={"etag": "<b>", "path": "a/b.jpg"})])
    page = admin.get(f"/files/{item.id}").text
    section = page[page.index("Deliveries</h2>") :]
    assert "delivered</span>" in section
    assert "&lt;b&gt;" in section and "a/b.jpg" in section
    with answering(site):
        form = {"id": item.id, "back": "item"}
        answer = admin.send("/outbox/nas/again", form)
        assert answer.headers["Location"] == f"/files/{item.id}"
    assert has_mark(site.root, "nas", item.id)
    page = admin.get(f"/files/{item.id}").text
    assert "1 file marked to go there again." in page
    assert ">waits</span>" in page[page.index("Deliveries</h2>") :]


def test_a_selection_of_the_list_goes_to_one_of_the_targets(site: Site, admin: Person) -> None:
    item, other = site.put(accepted(), photo()), site.put(rejected(), photo())
    page = admin.get("/files").text
    assert re.findall("<option>([a-z]+)</option>", page[page.index("Send again to") :]) == ["nas", "hook"]
    with answering(site):
        form = {"action": "send_again", "target": "nas", "id": [item.id, other.id]}
        page = admin.send("/files/act", form, follow_redirects=True).text
    assert "1 file marked to go there again." in page
    assert "1 file could not be done: The target&#39;s settings do not ask for such an item." in page
    assert marked_ids(site.root, "nas") == [item.id]


def test_that_a_refusal_of_what_was_deleted_is_forgotten_is_said(site: Site, admin: Person) -> None:
    refuse(site.root, "nas", accepted().id)
    with answering(site):
        page = admin.send("/outbox/nas/again", {"all": "1"}, follow_redirects=True).text
    assert "1 file deleted here meanwhile; that the target refused this is forgotten." in page


def test_the_overview_names_targets_in_trouble_and_no_others(site: Site, admin: Person) -> None:
    assert "Deliveries</h2>" not in admin.get("/overview").text
    refuse(site.root, "nas", site.put(accepted()).id)
    site.app.extensions["camspool"]._standings = (-1e9, [])  # what was counted is used for some seconds
    page = admin.get("/overview").text
    section = page[page.index("Deliveries</h2>") :]
    assert 'href="/outbox/nas"' in section
    assert "It refuses 1 file for good" in section
    assert 'href="/outbox/hook"' not in section


def test_letters_stand_among_items_and_lead_to_what_they_are_about(site: Site, admin: Person) -> None:
    at = utc_text(NOW)
    incident = Letter(new_id(), "incident", new_id(), at, {"message": {"title": "Oak <b>is</b> silent"}})
    record = Letter(new_id(), "camera_record", "oak", at, {"name": "Oak"})
    day = Letter(new_id(), "connection_records", "2026-04-09", at, {}, "connections/2026-04-09.jsonl")
    for one in (incident, record, day):
        write_letter(site.root, one)
    make_marks(site.root, [("nas", incident.id), ("nas", record.id)])
    refuse(site.root, "nas", day.id)
    page = admin.get("/outbox/nas").text
    assert f"/incidents/{incident.about}" in page and "Oak &lt;b&gt;is&lt;/b&gt; silent" in page
    assert "/cameras/oak" in page and "Connections of 2026-04-09" in page
    assert "was deleted" not in page
