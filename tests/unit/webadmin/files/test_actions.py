"""Changes to files: each is a request, and the page tells how it ended, also when nobody answers."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from ingest.index.rows import number_of
from ingest.requests import answers
from ingest.requests.answers import recent_answers
from ingest.spool.stamp import new_id
from tests.unit.webadmin.site import Person, Site, accepted, photo, rejected
from webadmin.files import actions
from webadmin.files.actions import Chosen


def answer_to(question: str) -> dict[str, str]:
    """Return what a browser sends when a person agrees: the hidden fields of the question's form, and the number."""
    form = question[question.index('action="/files/act"') :]
    typed = re.findall(r'<input (name)="number"[^>]* placeholder="(\d+)"', form)
    hidden = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">', form)
    return dict(hidden) | ({"number": typed[0][1]} if typed else {})


@contextmanager
def _a_watcher_for_one_request(site: Site) -> Iterator[None]:
    def watch() -> None:
        while not site.requests():
            time.sleep(0.01)
        site.watch()

    watcher = Thread(target=watch)
    watcher.start()
    yield
    watcher.join()


def _pictures(cache: Path) -> set[str]:
    return {file.stem for file in (cache / "thumbnails").rglob("*.jpg")}


def test_a_request_waits_and_the_page_says_so(site: Site, admin: Person) -> None:
    item = site.put(rejected(), photo())
    admin.send(f"/files/{item.id}/act", {"action": "requeue"})
    assert site.requests()[0] | {"at": ""} == {"action": "requeue", "ids": [item.id], "by": "anna", "at": ""}
    page = admin.get(f"/files/{item.id}").text
    assert "The watcher has not answered yet." in page
    site.watch()
    request_id = next(iter(recent_answers(site.root, 1))).id
    assert "1 done, 0 refused" in admin.get(f"/system/requests/{request_id}").text


def test_everything_that_matches_is_asked_for_again_and_not_sent_by_the_browser(site: Site, admin: Person) -> None:
    items = [site.put(rejected(upload_path=f"{n}.JPG"), photo()) for n in range(3)]
    site.put(accepted(), photo())
    form = {"action": "delete", "everything": "1", "verdict": "rejected", "newest": str(2**62)}
    question = admin.send("/files/act", form).text
    assert "Delete 3 files?" in question
    admin.send("/files/act", answer_to(question))
    assert sorted(site.requests()[0]["ids"]) == sorted(item.id for item in items)


def test_what_comes_back_after_the_question_is_not_deleted_with_the_rest(
    site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = site.put(rejected(upload_path="first.JPG"), photo())
    form = {"action": "delete", "everything": "1", "verdict": "rejected", "newest": str(number_of(first.id))}
    question = admin.send("/files/act", form).text
    assert "Delete 1 file?" in question
    back = site.put(rejected(timedelta(hours=1), upload_path="tried again.JPG"), photo(2))
    anew = admin.send("/files/act", answer_to(question)).text
    assert "Meanwhile the filter matches other files. Look at the number again." in anew
    assert "Delete 2 files?" in anew
    assert site.requests() == []
    monkeypatch.setattr(answers, "PATIENCE_S", 0.1)
    assert admin.send("/files/act", answer_to(anew)).status_code == 302
    assert sorted(site.requests()[0]["ids"]) == sorted([first.id, back.id])


@pytest.mark.parametrize("newest", ["²", "9" * 30, "9" * 5000, "-1", ""])
def test_a_bound_that_is_no_row_number_is_no_error(site: Site, admin: Person, newest: str) -> None:
    site.put(rejected(), photo())
    form = {"action": "delete", "everything": "1", "verdict": "rejected", "newest": newest}
    assert admin.send("/files/act", form).status_code in (200, 302)
    assert site.requests() == []


def test_what_is_no_id_is_not_asked_for(site: Site, admin: Person) -> None:
    answer = admin.send("/files/act", {"action": "requeue", "id": ["../../etc", "x", ""]})
    assert answer.status_code == 302
    assert site.requests() == []


def test_a_deleted_photo_leaves_no_small_picture_behind(
    site: Site, admin: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PATIENCE_S", 60.0)
    gone, kept = (site.put(accepted(upload_path=f"{seed}.jpg"), photo(seed)) for seed in (1, 2))
    for item in (gone, kept):
        assert admin.get(f"/files/{item.id}/thumbnail").status_code == 200
    assert _pictures(tmp_path / "cache") == {gone.id, kept.id}
    with _a_watcher_for_one_request(site):
        page = admin.send(f"/files/{gone.id}/act", {"action": "delete", "confirmed": "1"}, follow_redirects=True)
    assert "1 file deleted." in page.text
    assert _pictures(tmp_path / "cache") == {kept.id}


def test_why_something_was_refused_is_told_beside_what_was_done(
    site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PATIENCE_S", 60.0)
    items = [site.put(rejected(upload_path="a.jpg"), photo()), site.put(accepted(upload_path="b.jpg"), photo(2))]
    with _a_watcher_for_one_request(site):
        form = {"action": "requeue", "id": [item.id for item in items], "reason": "missing_location"}
        answer = admin.send("/files/act", form, follow_redirects=True)
    assert answer.request.full_path == "/files?reason=missing_location"
    assert "1 file sent back for a new verdict." in answer.text
    assert "1 file could not be done: Only rejected items can be tried again; this one is accepted." in answer.text


def test_a_filter_that_matches_more_than_one_step_can_name_says_so(
    site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "IDS_MAX", 2)
    for number in range(3):
        site.put(rejected(upload_path=f"{number}.jpg"), photo())
    form = {"action": "delete", "everything": "1", "verdict": "rejected", "newest": str(2**62)}
    question = admin.send("/files/act", form).text
    assert "Delete 2 files?" in question
    assert "The filter matches more; these are the most that one step can delete." in question


def test_a_question_is_about_the_same_files_in_whatever_order() -> None:
    first, second = new_id(), new_id()
    assert Chosen([first, second], False).mark == Chosen([second, first], False).mark
    assert Chosen([first], False).mark != Chosen([first, second], False).mark
