"""The list of files: what goes soon, what waits, and what is asked before it is done."""

import re
from datetime import timedelta

import pytest

from tests.unit.webadmin.site import Person, Site, accepted, photo, rejected
from webadmin.files import views


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
