"""Changes: every one is a request file, written whole; the page tells how it ended, also when nobody answers."""

import io
import os
import stat
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from tests.unit.webadmin.site import Person, Site, accepted, photo, rejected
from webadmin import requesting
from webadmin.requesting import IDS_PER_REQUEST, ask, ask_about_items, ask_to_process, read_answer, recent_answers


def test_a_request_waits_and_the_page_says_so(site: Site, admin: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    item = site.put(rejected(), photo())
    monkeypatch.setattr(requesting, "PATIENCE_S", 0.1)
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
    assert "Delete 3 files?" in admin.send("/files/act", form).text
    admin.send("/files/act", {**form, "confirmed": "1"})
    assert sorted(site.requests()[0]["ids"]) == sorted(item.id for item in items)


def test_large_selections_become_several_requests(site: Site) -> None:
    ids = [f"20251205T154647.{number:06d}Z-4f2a" for number in range(IDS_PER_REQUEST + 1)]
    requests = ask_about_items(site.root, "delete", "anna", ids)
    assert [len(request["ids"]) for request in site.requests()] == [IDS_PER_REQUEST, 1]
    assert len(requests) == 2


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
