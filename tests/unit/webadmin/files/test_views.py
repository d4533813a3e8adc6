"""The list of files: what goes soon, what waits, and what is asked before it is done."""

import re
from datetime import timedelta
from html import unescape

import pytest

from ingest.spool.names import LOCAL, incoming_name
from ingest.spool.stamp import new_id
from tests.unit.webadmin.files.partial import put_partial
from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo, rejected
from webadmin.files import views
from webadmin.files.listing import PAGE


def test_what_is_deleted_within_three_days_is_said_aloud(site: Site, admin: Person) -> None:
    site.put(rejected(timedelta(days=28)), photo())
    site.put(rejected(timedelta(days=2), upload_path="later.jpg"), photo())
    page = admin.get("/files").text
    assert '<span class="badge attention">deleted in 2 days</span>' in page
    assert "1 goes within 3 days" in page
    assert page.count("in 28 days") == 1
    assert page.count("badge attention") == 1


def test_what_is_due_but_still_there_is_not_called_deleted(site: Site, admin: Person) -> None:
    item = site.put(rejected(timedelta(days=30, hours=6)), photo())
    page = admin.get("/files").text
    assert '<span class="badge attention">due</span> <small>goes with the next clean-up</small>' in page
    assert not re.search("deleted [^<]* ago", page)
    page = admin.get(f"/files/{item.id}").text
    assert "It is due: it goes with the next clean-up." in page
    assert "It will be deleted" not in page


def test_deleting_asks_first(site: Site, admin: Person) -> None:
    item = site.put(accepted(), photo())
    page = admin.send("/files/act", {"action": "delete", "id": item.id})
    assert "Delete 1 file?" in page.text
    assert site.requests() == []


def test_a_download_that_holds_less_than_was_asked_for_is_refused(
    site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        site.put(rejected(upload_path=f"{number}.jpg"), photo(number))
    form = {"action": "download", "everything": "1", "verdict": "rejected", "newest": str(2**62)}
    assert admin.send("/files/act", form).mimetype == "application/zip"
    monkeypatch.setattr(views, "ARCHIVE_MAX", 2)
    answer = admin.send("/files/act", form, follow_redirects=True)
    assert "One download holds at most 2 files." in answer.text


def test_what_waits_for_a_verdict_stands_at_the_head_of_the_list(site: Site, admin: Person) -> None:
    site.put(accepted(upload_path="decided.jpg"), photo())
    for path in (b"INSTAR/fox.jpg", b"badger.jpg"):
        (site.root / "incoming" / incoming_name(new_id(), LOCAL, path)).write_bytes(photo())
    page = admin.get("/files").text
    assert "1 file matches, 2 wait for a verdict." in page
    assert page.index("badger.jpg") < page.index("INSTAR/fox.jpg") < page.index("decided.jpg")
    incoming = admin.get("/files?verdict=incoming&q=FOX").text
    assert "INSTAR/fox.jpg" in incoming
    assert not re.search("badger.jpg|decided.jpg", incoming)
    assert "INSTAR/fox.jpg" not in admin.get(f"/files?camera={CAMERA}").text


def test_what_waits_for_its_rest_stands_there_too_and_says_until_when(site: Site, admin: Person) -> None:
    put_partial(site.root, b"INSTAR/begun.jpg")
    page = admin.get("/files?verdict=incoming").text
    assert "1 cut upload waits for the rest." in page and "waits for its rest until" in page
    assert "INSTAR/begun.jpg" in page
    put_partial(site.root, b"other.jpg")
    assert "2 cut uploads wait for the rest." in admin.get("/files").text
    assert "begun.jpg" not in admin.get("/files?q=other").text
    assert "begun.jpg" not in admin.get("/files?verdict=accepted").text


def test_the_numbers_beside_the_verdicts_and_reasons_lead_to_as_many_files(site: Site, admin: Person) -> None:
    for number, reason in enumerate((None, "duplicate", "missing_location", "missing_location")):
        item = rejected(upload_path=f"{number}.jpg", reason=reason) if reason else accepted()
        site.put(item, photo())
    page = admin.get("/files").text
    assert "4 files match." in page
    assert re.search(r">Accepted <small>1</small>.*>Rejected <small>3</small>", page, re.DOTALL)
    assert re.findall(r">([A-Z][a-z ]+) <b>(\d)</b>", page) == [("Missing location", "2"), ("Duplicate", "1")]
    assert "2 files match." in admin.get("/files?verdict=rejected&reason=missing_location").text
    assert "1 file matches." in admin.get("/files?verdict=accepted").text


def test_the_second_page_goes_on_where_the_first_one_ended(site: Site, admin: Person) -> None:
    for number in range(PAGE + 3):
        site.put(accepted(timedelta(minutes=number), upload_path=f"photo-{number:03d}.jpg"))
    first = admin.get("/files").text
    found = re.search(r'href="([^"]+)">Next page<', first)
    assert found
    second = admin.get(unescape(found[1])).text
    assert [re.findall(r">(photo-\d+).jpg</a>", page) for page in (first, second)] == [
        [f"photo-{number:03d}" for number in range(PAGE)], ["photo-050", "photo-051", "photo-052"],
    ]  # fmt: skip
    assert "Next page" not in second
    assert "Previous page" in second


def test_without_a_tick_nothing_is_done_and_it_is_said(site: Site, admin: Person) -> None:
    site.put(rejected(), photo())
    answer = admin.send("/files/act", {"action": "delete", "confirmed": "1"}, follow_redirects=True)
    assert "Nothing was selected. Tick the files first." in answer.text
    assert site.requests() == []
