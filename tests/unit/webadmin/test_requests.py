"""Changes: every one is a request file, written whole; the page tells how it ended, also when nobody answers."""

import io
import os
import re
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.index.rows import number_of
from ingest.requests import answers
from ingest.requests.answers import read_answer, recent_answers
from ingest.requests.carrying_out import done_file, write_done
from ingest.requests.writing import IDS_PER_REQUEST, ask, ask_about_items, ask_to_process
from ingest.spool.stamp import new_id, utc_text
from tests.unit.webadmin.site import NOW, Person, Site, accepted, photo, rejected


def answer_to(question: str) -> dict[str, str]:
    """Return what a browser sends when a person agrees: the hidden fields of the question's form."""
    form = question[question.index('action="/files/act"') :]
    return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">', form))


def test_a_request_waits_and_the_page_says_so(site: Site, admin: Person) -> None:
    item = site.put(rejected(), photo())
    admin.send(f"/files/{item.id}/act", {"action": "requeue"})
    assert site.requests()[0] | {"at": ""} == {"action": "requeue", "ids": [item.id], "by": "anna", "at": ""}
    page = admin.get(f"/files/{item.id}").text
    assert "The watcher has not answered yet." in page
    site.watch()
    request_id = next(iter(recent_answers(site.root, 1))).id
    assert "1 done, 0 refused" in admin.get(f"/system/requests/{request_id}").text


def test_deleting_asks_first(site: Site, admin: Person) -> None:
    item = site.put(accepted(), photo())
    page = admin.send("/files/act", {"action": "delete", "id": item.id})
    assert "Delete 1 file?" in page.text
    assert site.requests() == []


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


def test_large_selections_become_several_requests(site: Site) -> None:
    ids = [f"20251205T154647.{number:06d}Z-4f2a" for number in range(IDS_PER_REQUEST + 1)]
    requests = ask_about_items(site.root, "delete", "anna", ids)
    assert [len(request["ids"]) for request in site.requests()] == [IDS_PER_REQUEST, 1]
    assert len(requests) == 2


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


def test_what_is_no_id_is_not_asked_for(site: Site, admin: Person) -> None:
    answer = admin.send("/files/act", {"action": "requeue", "id": ["../../etc", "x", ""]})
    assert answer.status_code == 302
    assert site.requests() == []


def test_an_upload_lies_complete_before_its_request(site: Site) -> None:
    request_id = ask_to_process(site.root, "anna", b"content", "a/b.jpg", None)
    names = sorted(file.name for file in (site.root / "requests").iterdir() if file.is_file())
    assert names == [f"{request_id}.json", f"{request_id}.upload"]
    mode = (site.root / "requests" / f"{request_id}.upload").stat().st_mode
    assert stat.S_IMODE(mode) & 0o007 == 0
    site.watch()
    answer = read_answer(site.root, request_id)
    assert answer
    assert answer.done[0]["outcome"] == "taken"


def test_a_full_or_closed_requests_folder_is_a_sentence(site: Site, tmp_path: Path) -> None:
    (site.root / "requests" / "done").rmdir()
    (site.root / "requests").rmdir()
    with pytest.raises(CamspoolError, match="could not be written"):
        ask(site.root, "requeue", "anna", ids=[])
    assert os.listdir(tmp_path / "spool")


def test_pages_work_without_an_index_and_without_folders(site: Site, admin: Person) -> None:
    for path in ("/overview", "/files", "/files?q=x", "/cameras", "/profiles", "/set-up", "/system"):
        assert admin.get(path).status_code == 200, path
    assert "Nothing has arrived yet" in admin.get("/files").text
    assert (
        "This could not be measured" in admin.get("/overview").text or "never run here" in admin.get("/overview").text
    )


def test_the_upload_tool_tries_without_storing(site: Site, admin: Person) -> None:

    form = {"files": (io.BytesIO(photo()), "../../evil/E1000001.JPG"), "way": "try", "folder": "../x/./y"}
    page = admin.send("/upload", form, content_type="multipart/form-data").text
    assert "x/y/E1000001.JPG" in page
    assert "Tried only" in page
    assert not any((site.root / "incoming").iterdir())
    assert site.requests() == []


def test_sending_through_ftps_without_a_port_is_a_sentence(site: Site, admin: Person) -> None:

    form = {"files": (io.BytesIO(photo()), "E1.JPG"), "way": "ftps"}
    page = admin.send("/upload", form, content_type="multipart/form-data")
    assert page.status_code == 200
    assert "no verdict" in page.text
